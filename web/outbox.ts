// What is done at a desk that must not stop: each order has its key before it is sent, waits in its order while there is no
// network, and is done once however often it is sent.
import { useSyncExternalStore } from 'react'
import { freshKey } from '../kernel/key.ts'
import { command, Problem, type Order } from './api.ts'
import { client } from './query.ts'

export type Waiting = Order & { readonly key: string; readonly title: string }
export type Refused = Waiting & { readonly message: string }
export type Outbox = { readonly waiting: readonly Waiting[]; readonly refused: readonly Refused[] }

/** Milliseconds after which what could not be sent is tried again, unless the network tells that it is back. */
const AGAIN = 2000

let outbox: Outbox = { waiting: [], refused: [] }
let sending = false
const hearers = new Set<() => void>()

function change(next: Partial<Outbox>): void {
  outbox = { ...outbox, ...next }
  for (const hear of hearers) hear()
}

/** `give` puts an order behind those that wait; what was refused stays told until it is read. */
export function useOutbox() {
  const now = useSyncExternalStore(
    (hear) => {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    () => outbox,
  )
  return { ...now, give, read }
}

function give(order: Order, title: string): void {
  change({ waiting: [...outbox.waiting, { ...order, title, key: freshKey(Date.now()) }], refused: [] })
  void send()
}

function read(): void {
  change({ refused: [] })
}

/** One after another: what comes later may rest on what came before. */
async function send(): Promise<void> {
  if (sending) return
  sending = true
  for (let first = outbox.waiting[0]; first; first = outbox.waiting[0]) {
    try {
      await command(first.kind, first.id, first.name, first.input, first.key)
      // It waits until the page shows what came of it: what is pressed meanwhile goes behind it.
      if (outbox.waiting.length === 1) await shown()
      change({ waiting: outbox.waiting.slice(1) })
    } catch (error) {
      if (!(error instanceof Problem) || waits(error)) {
        await later()
        continue
      }
      const refused = { ...first, message: error.message }
      if (outbox.waiting.length === 1) await shown()
      change({ waiting: outbox.waiting.slice(1), refused: [...outbox.refused, refused] })
    }
  }
  sending = false
}

/** The lists read again, or not within a moment. */
function shown(): Promise<unknown> {
  const moment = new Promise((resolve) => setTimeout(resolve, AGAIN))
  return Promise.race([client.invalidateQueries({ queryKey: ['list'] }), moment])
}

/** Nobody has decided about it: the server is away or busy, or the session has ended and may be renewed. */
function waits({ status }: Problem): boolean {
  return status >= 500 || status === 401 || status === 429
}

function later(): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer)
      removeEventListener('online', go)
      resolve()
    }
    const timer = setTimeout(go, AGAIN)
    addEventListener('online', go)
  })
}

// What waits would be lost with the page.
addEventListener('beforeunload', (event) => {
  if (outbox.waiting.length > 0) event.preventDefault()
})
