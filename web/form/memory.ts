// What was typed and not yet sent, kept while the page stands: a form that was closed opens as it was left.
import { useSyncExternalStore } from 'react'

type Values = Readonly<Record<string, unknown>>

const begun = new Map<string, Values>()
const hearers = new Set<() => void>()
const heard = () => {
  for (const hear of hearers) hear()
}

export function remember(form: string, values: Values): void {
  if (!begun.has(form)) queueMicrotask(heard)
  begun.set(form, values)
}

export function recall(form: string): Values | undefined {
  return begun.get(form)
}

export function forget(form: string): void {
  begun.delete(form)
  heard()
}

/** Whether anything typed would be lost if the page were left now. */
export function useBegun(): boolean {
  return useSyncExternalStore(
    (hear) => {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    () => begun.size > 0,
  )
}

/** Choices that a person makes again and again (never what people say): the last one, for as long as the window is open. */
export function lastChoice(field: string): string | undefined {
  return sessionStorage.getItem(`again ${field}`) ?? undefined
}

export function keepChoice(field: string, value: unknown): void {
  if (typeof value === 'string') sessionStorage.setItem(`again ${field}`, value)
}
