// Several records chosen in a list, to do the same to all of them.
import { useState } from 'react'
import type { Item } from '../api.ts'

export type Selection = {
  /** Whether the list shows boxes to tick. */
  readonly on: boolean
  readonly chosen: readonly Item[]
  has(item: Item): boolean
  toggle(item: Item): void
  /** Turns choosing on, or off with everything that was chosen. */
  turn(on: boolean): void
  keep(items: readonly Item[]): void
}

export const keyOf = (item: { readonly kind: string; readonly id: string }) => `${item.kind}/${item.id}`

/** `items` is what the list holds now: what has left it is no longer chosen. */
export function useSelection(items: readonly Item[]): Selection {
  const [on, turn] = useState(false)
  const [keys, set] = useState<ReadonlySet<string>>(new Set())
  const chosen = items.filter((item) => keys.has(keyOf(item)))
  return {
    on,
    chosen,
    has: (item) => keys.has(keyOf(item)),
    toggle(item) {
      turn(true)
      const next = new Set(keys)
      if (!next.delete(keyOf(item))) next.add(keyOf(item))
      set(next)
    },
    turn(next) {
      turn(next)
      if (!next) set(new Set())
    },
    keep: (kept) => set(new Set(kept.map(keyOf))),
  }
}
