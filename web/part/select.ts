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
  /** Chooses all that the list holds, read on to its end. */
  all(): void
}

/** So many are dealt with together at most: more are not read on for it. */
const MOST = 500

export const keyOf = (item: { readonly kind: string; readonly id: string }) => `${item.kind}/${item.id}`

/** `items` is what the list holds now: what has left it is no longer chosen; `rest` reads on. */
export function useSelection(items: readonly Item[], rest: (most: number) => Promise<readonly Item[]>): Selection {
  const [on, turn] = useState(false)
  const [keys, set] = useState<ReadonlySet<string>>(new Set())
  const chosen = items.filter((item) => keys.has(keyOf(item)))
  const keep = (kept: readonly Item[]) => set(new Set(kept.map(keyOf)))
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
    keep,
    all: () => void rest(MOST).then(keep),
  }
}
