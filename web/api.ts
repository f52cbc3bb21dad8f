// The server as the desks know it: what it answers, and how it is asked.
export type Schema = {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly widget?: string
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly online?: string
  /** Asked only when other answers are among these; where nothing was answered, `undefined`. */
  readonly when?: Readonly<Record<string, readonly (string | boolean | undefined)[]>>
  readonly needed?: true | 'unknown'
  /** In the order in which they are asked, where that is not their own. */
  readonly choices?: readonly string[]
  /** The group of a long form, and of the facts it leaves behind. */
  readonly page?: string
  readonly personal?: boolean
  /** Begins with what this person chose last. */
  readonly again?: boolean
  /** Facts, as `kind.fact`, that stand in when this one is left empty. */
  readonly prefill?: readonly string[]
  /** What stands in is settled, and said with its source, wherever it is shown whole to whoever fills it in. */
  readonly held?: boolean
  /** Another field of the form: the record that belongs to the one chosen there is found by itself. */
  readonly of?: string
  /** Suggested from where earlier records in like words were sent. */
  readonly earlier?: boolean
  readonly preset?: 'today' | number
}

export type CommandMeta = {
  readonly title: string
  readonly schema: Schema
  readonly grave: boolean
  /** May be given to several records at once. */
  readonly many: boolean
  readonly amends: boolean
  readonly opens: boolean
  /** Facts that whoever does this should have before his eyes. */
  readonly shows: readonly string[]
  readonly desks: Desks
}

/** Role → place on its desk. */
export type Desks = Readonly<Record<string, number>>

type List = { readonly on: Desks; readonly views: Readonly<Record<string, Readonly<Record<string, string>>>> }

export type KindMeta = {
  readonly title: string
  readonly code: string
  /** Comes in as files, or goes out as such, too, with all that it says. */
  readonly files: 'in' | 'in-and-out' | null
  readonly phases: Readonly<Record<string, string>>
  readonly commands: Readonly<Record<string, CommandMeta>>
  readonly events: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, string>>
  readonly options: Readonly<Record<string, string>>
  readonly hints?: Readonly<Record<string, string>>
  readonly pages?: Readonly<Record<string, string>>
  readonly warnings?: Readonly<Record<string, string>>
  readonly cautions?: Readonly<Record<string, string>>
  readonly queues?: Readonly<Record<string, { readonly title: string; readonly empty: string }>>
  readonly views?: Readonly<Record<string, string>>
  readonly columns: readonly string[]
  readonly lists: Readonly<Record<string, List>>
  /** Whether its records have a clock. */
  readonly clocked: boolean
  /** The widget of each field: what an id in a fact refers to is known from it. */
  readonly widgets: Readonly<Record<string, string>>
  /** Fields of the things in a list that stand there beside the name that people read. */
  readonly quiet: readonly string[]
}

export type Meta = {
  readonly city: string
  readonly house: Readonly<Record<string, string>>
  readonly kinds: Readonly<Record<string, KindMeta>>
  readonly domains: readonly {
    readonly name: string
    readonly title: string
    readonly roles: Readonly<Record<string, string>>
    readonly kinds: readonly string[]
  }[]
  readonly codes: Readonly<Record<string, readonly { readonly code: string; readonly name: string }[]>>
  readonly figures: readonly FigureMeta[]
}
type FigureMeta = { readonly id: string; readonly unit: string; readonly name: string; readonly definition: string }

export type Me = {
  readonly id: string
  readonly name: string
  readonly anonymous: boolean
  /** The day it is in the city, whatever this machine believes. */
  readonly today: string
  /** The city's name, and whether it is the example. */
  readonly place: string
  readonly demo: boolean
  /** The kinds of record that this person may see, and the commands with which one may be opened. */
  readonly sees: readonly string[]
  readonly opens: Readonly<Record<string, readonly string[]>>
  readonly posts: readonly { readonly role: string; readonly unit: string; readonly unitName: string }[]
}

export type Facts = Readonly<Record<string, unknown>>
export type Names = Readonly<Record<string, string>>
export type State = 'in-time' | 'warned' | 'overdue' | 'stopped' | 'ended'

export type Item = {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly phase: string
  readonly title: string
  readonly open: boolean
  readonly unit: string | null
  readonly unitName: string | null
  readonly due: string | null
  readonly created: string
  readonly facets: Readonly<Record<string, string>>
  readonly facts: Facts
  readonly clock: {
    readonly state: State
    readonly used: number
    readonly total: number
    readonly sentence: string
  } | null
  /** What may be done to it, where that was asked for. */
  readonly commands?: readonly string[]
}
export type Page = {
  readonly items: readonly Item[]
  readonly names: Names
  readonly next: string | null
  readonly total?: number
}

export type ClockView = {
  readonly name: string
  readonly state: State
  readonly sentence: string
  readonly steps: readonly string[]
  readonly bar: readonly { readonly kind: 'used' | 'paused' | 'left' | 'over'; readonly days: number }[]
}

export type Detail = Omit<Item, 'clock'> & {
  readonly revealed: boolean
  readonly clock: readonly ClockView[]
  readonly timeline: readonly {
    readonly version: number
    readonly type: string
    readonly at: string
    readonly actorName: string
    readonly data: Facts
    readonly told: readonly { readonly to: string; readonly text: string }[]
  }[]
  readonly commands: readonly string[]
  readonly chain: readonly {
    readonly relation: 'cause' | 'effect'
    readonly kind: string
    readonly id: string
    readonly title: string
    readonly phase: string
  }[]
  readonly papers: readonly {
    readonly place: string
    readonly number: string
    readonly title: string
    readonly on: string
    readonly holds: boolean
  }[]
  readonly names: Names
}

export type FigureView = FigureMeta & {
  readonly asOf: string
  readonly value: number | null
  readonly numerator: number
  readonly denominator: number | null
}

export type FieldProblem = { readonly field: string; readonly message: string }

/** A refusal, in the person's language: what, why, and at which fields. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly fields: readonly FieldProblem[]

  constructor(status: number, body: { detail?: string; code?: string; fields?: readonly FieldProblem[] }) {
    super(body.detail ?? String(status))
    this.status = status
    this.code = body.code ?? ''
    this.fields = body.fields ?? []
  }
}

/** As whom this window is used: what it sends is not taken once somebody else, or nobody, is signed in. */
let person: string | undefined
const heard = new Set<(ended: boolean) => void>()

export function usedBy(id: string): void {
  person ??= id
  for (const hear of heard) hear(false)
}

/** Calls when the session of this window has ended, and when there is one again; the answer ends it. */
export function onEnd(hear: (ended: boolean) => void): () => void {
  heard.add(hear)
  return () => void heard.delete(hear)
}

/** Tells all who listen that the session has ended. */
export function hearEnd(): void {
  for (const hear of heard) hear(true)
}

/** Milliseconds after which a window that nobody touches is taken to be left alone. */
const ALONE = 60_000
let touched = Date.now()
for (const what of ['keydown', 'pointerdown', 'wheel'])
  addEventListener(what, () => (touched = Date.now()), { capture: true, passive: true })

/** As whom, and whether anybody sits here: what a window left alone asks by itself keeps no session open. */
function about(): Record<string, string> {
  return {
    ...(person !== undefined && { 'x-person': person }),
    ...(Date.now() - touched > ALONE && { 'x-unattended': 'yes' }),
  }
}

function problemFrom(status: number, body: object): Problem {
  const found = new Problem(status, body)
  if (found.code === 'session-ended') hearEnd()
  return found
}

/** Throws a `Problem` for whatever is not a success; a lost connection throws a TypeError, as fetch does. */
export async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const headers = { ...init?.headers, ...about() }
  const response = await fetch(path, { credentials: 'same-origin', ...init, headers })
  const text = await response.text()
  const body = (text === '' ? {} : JSON.parse(text)) as T
  if (!response.ok) throw problemFrom(response.status, body as object)
  return body
}

export function send<T>(path: string, body: unknown): Promise<T> {
  return ask<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

export type Done = {
  readonly done: { readonly kind: string; readonly id: string; readonly version: number }
  readonly reveal?: string
  /** The numbers and codes of the records that came of it, to be told to whoever they were opened for. */
  readonly also?: readonly { readonly kind: string; readonly id: string; readonly reveal: string }[]
}

/** Gives a command; the same key is answered the same, however often it is sent. */
export function command(
  kind: string,
  id: string | undefined,
  name: string,
  input: unknown,
  key: string,
  expects?: number,
): Promise<Done> {
  const path = id === undefined ? `/api/records/${kind}/${name}` : `/api/records/${kind}/${id}/${name}`
  return send(path, { input, key, ...(expects !== undefined && { expects }) })
}

export type Order = { readonly kind: string; readonly id: string; readonly name: string; readonly input: unknown }

/** As many as one request takes with ease. */
const TOGETHER = 100

/** Gives several commands at once; each is answered by itself, in its place. */
export async function commands(orders: readonly Order[], key: string): Promise<readonly (Done | Problem)[]> {
  const given = orders.map((order) => ({ ...order, key: `${key} ${order.kind} ${order.id}` }))
  const all: (Done | Problem)[] = []
  for (let at = 0; at < given.length; at += TOGETHER) {
    const batch = { commands: given.slice(at, at + TOGETHER) }
    const { answers } = await send<{ answers: readonly (Done | Refused)[] }>('/api/batch', batch)
    all.push(...answers.map((answer) => ('done' in answer ? answer : new Problem(answer.status, answer))))
  }
  return all
}

type Refused = { readonly status: number; readonly detail: string; readonly code: string }

/** Sends a file as it is; `progress` hears which share of it has gone. Throws as `ask` does. */
export function upload(file: File, progress: (share: number) => void): Promise<{ id: string; name: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/files')
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name))
    request.setRequestHeader('content-type', 'application/octet-stream')
    for (const [name, value] of Object.entries(about())) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total)
    request.onerror = () => reject(new TypeError('the connection was lost'))
    request.onload = () => {
      const body = JSON.parse(request.responseText || '{}') as { id: string; name: string; detail?: string }
      if (request.status === 200) resolve(body)
      else reject(problemFrom(request.status, body))
    }
    request.send(file)
  })
}

export function listPath(kind: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
  )
  return `/api/records/${kind}?${new URLSearchParams(given)}`
}
