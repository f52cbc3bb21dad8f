// What has just been done, told once in one place, with the way back to it.
import { useSyncExternalStore } from 'react'

export type Told = {
  readonly text: string
  /** The record it was done to. */
  readonly record?: { readonly kind: string; readonly id: string; readonly title: string }
}

let told: Told | undefined
const hearers = new Set<() => void>()

/** Tells it until something else is told or somebody has had enough of it. */
export function tell(what: Told | undefined): void {
  told = what
  for (const hear of hearers) hear()
}

export function useTold(): Told | undefined {
  return useSyncExternalStore(
    (hear) => {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    () => told,
  )
}
