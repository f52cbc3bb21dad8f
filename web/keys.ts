// Single keys as commands: only while nobody is writing, and only for those who have not turned them off (WCAG 2.1.4).
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { preference } from './look.ts'

/** Whether the key belongs to what has the focus: text that is written, a choice among radios, a button that is pressed. */
function taken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' || key === ' '
  if (/^(TEXTAREA|SELECT)$/.test(target.tagName)) return true
  return (key === 'Enter' || key === ' ') && /^(A|BUTTON|SUMMARY)$/.test(target.tagName)
}

export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>

/** Listens while the component stands; a key that is pressed with another is not ours, but for Shift. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (taken(event)) return
      if (preference('keys') === 'off' && event.key.length === 1) return
      const act = latest.current[event.key]
      if (!act) return
      event.preventDefault()
      act(event)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}

/** Up and down in a list: arrows, or j and k. */
export function moving(by: (step: 1 | -1) => void): Keys {
  return { ArrowDown: () => by(1), j: () => by(1), ArrowUp: () => by(-1), k: () => by(-1) }
}

/** What a key does, in words. */
export type KeyWords = readonly (readonly [key: string, does: string])[]

let ofScreen: KeyWords = []
const hearers = new Set<() => void>()

/** The keys of a screen, which stand in the list under `?` while it is open. */
export function useKeyWords(words: KeyWords): void {
  const text = JSON.stringify(words)
  useEffect(() => {
    const set = (next: KeyWords) => {
      ofScreen = next
      for (const hear of hearers) hear()
    }
    set(JSON.parse(text) as KeyWords)
    return () => set([])
  }, [text])
}

export function useScreenKeys(): KeyWords {
  return useSyncExternalStore(
    (hear) => {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    () => ofScreen,
  )
}
