// A command's form: what was typed stays until it is accepted; the same key is sent until it is.
import { useLayoutEffect, useRef, useState } from 'react'
import { freshKey } from '../../kernel/key.ts'
import { cleaned } from '../../kernel/sign.ts'
import { command, Problem, type Detail, type Done, type Facts, type KindMeta, type Meta, type Schema } from '../api.ts'
import { client, useMe } from '../query.ts'
import { Why } from '../part/why.tsx'
import { applies } from './applies.ts'
import { Fields } from './fields.tsx'
import type { NestedProps } from './widget.tsx'
import { forget, keepChoice, lastChoice, recall, remember } from './memory.ts'
import { Sections } from './section.tsx'
import { sheetsOf } from './standing.ts'
import { t } from '../texts.ts'

type Values = Readonly<Record<string, unknown>>

type CommandProps = {
  readonly meta: Meta
  readonly kind: KindMeta
  readonly of: string
  readonly name: string
  /** Absent when the command opens a record. */
  readonly record?: { readonly id: string; readonly version: number } | undefined
  readonly preset?: Values
  /** Facts that are masked for these eyes: what is left empty stays as it is. */
  readonly masked?: Facts
  /** Stands between the title and the fields. */
  readonly above?: React.ReactNode
  /** What follows from that which is filled in; stands there, too. */
  readonly heed?: (values: Values) => React.ReactNode
  /** How it is given, when not to this one record. */
  readonly give?: (input: Values, key: string) => Promise<Done | void>
  /** It has been taken; what follows from it is still being read. */
  readonly onTaken?: () => void
  readonly onDone: (done: Done | undefined) => void
  readonly onCancel: () => void
}

export function CommandForm({
  meta,
  kind,
  of,
  name,
  record,
  preset = {},
  masked,
  above,
  heed,
  give,
  onTaken,
  onDone,
  onCancel,
}: CommandProps) {
  const spec = kind.commands[name]!
  const me = useMe()
  const [form] = useState(`${of} ${record?.id ?? JSON.stringify(preset)} ${name}`)
  const [written, write] = useState<Values>(() => recall(form) ?? beginning(of, spec.schema, me.data?.today, preset))
  // A question that comes up while the form is open begins with its preset, too.
  const values = { ...preset, ...written }
  const [error, setError] = useState<Error>()
  const [busy, setBusy] = useState(false)
  const key = useRef<string>(undefined)
  const element = useRef<HTMLFormElement>(null)
  const [seen, see] = useState(record?.version)
  useLayoutEffect(() => firstInput(element.current)?.focus(), [])

  const change = (next: Values) => {
    remember(form, next)
    write(next)
  }
  const send = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const input = filled(values, spec.schema)
      // The same until it has been taken: trying again after a cut gives no second one.
      key.current ??= freshKey(Date.now())
      const done = give
        ? await give(input, key.current)
        : await command(of, record?.id, name, input, key.current, record?.version)
      key.current = undefined
      for (const [field, one] of Object.entries(spec.schema.properties ?? {}))
        if (one.again) keepChoice(`${of} ${field}`, values[field])
      forget(form)
      onTaken?.()
      await client.invalidateQueries()
      onDone(done ?? undefined)
    } catch (failure) {
      setError(failure as Error)
      // What was typed stays; the record is read again, so that the next try is about what stands now.
      if (failure instanceof Problem && failure.code === 'stale-version') {
        await client.invalidateQueries({ queryKey: ['record', of, record?.id] })
        see(client.getQueryData<Detail>(['record', of, record?.id])?.version)
      }
    } finally {
      setBusy(false)
    }
  }
  const problems = Object.fromEntries(
    (error instanceof Problem ? error.fields : []).map(({ field, message }) => [field, message]),
  )
  const stale = error instanceof Problem && error.code === 'stale-version'
  const moved = record !== undefined && record.version !== seen && !busy
  const sheets = sheetsOf(spec.schema, kind)
  const fields: NestedProps = {
    meta,
    kind,
    schema: spec.schema,
    prefix: 'f',
    values,
    set: change,
    problems,
    ...(record && { record: { kind: of, id: record.id } }),
    ...(masked && { masked }),
  }
  return (
    <form
      ref={element}
      className={sheets.length > 0 ? 'stack command long' : 'stack command'}
      aria-label={spec.title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.preventDefault()
          onCancel()
        }
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) element.current?.requestSubmit()
      }}
    >
      {record || give ? <h2>{spec.title}</h2> : <h1>{spec.title}</h1>}
      {error && <Why error={stale ? new Problem(409, { detail: t.stale }) : error} />}
      {moved && !error && (
        <p className="told" role="status">
          {t.stale}
        </p>
      )}
      {spec.grave && <p className="grave-note">{kind.warnings?.[name] ?? t.grave}</p>}
      {above}
      {heed?.(values)}
      {sheets.length > 0 ? <Sections {...fields} sheets={sheets} /> : <Fields {...fields} />}
      <p className="row">
        <button type="submit" aria-disabled={busy} className={spec.grave ? 'grave full' : ''}>
          {busy ? t.sending : spec.title}
        </button>
        <button type="button" className="second" onClick={onCancel}>
          {t.cancel}
        </button>
        <span className="soft small nophone">{t.sendKey}</span>
      </p>
    </form>
  )
}

/** What a form begins with: its presets, the choice made last, today; required lists are there to be added to. */
function beginning(of: string, schema: Schema, today: string | undefined, preset: Values): Values {
  const begun = Object.entries(schema.properties ?? {}).flatMap(([field, one]): [string, unknown][] => {
    if (one.preset === 'today') return [[field, today]]
    if (one.type === 'array' && schema.required?.includes(field)) return [[field, []]]
    const last = one.again ? lastChoice(`${of} ${field}`) : undefined
    return last === undefined ? [] : [[field, last]]
  })
  return { ...Object.fromEntries(begun), ...preset }
}

/** Empty answers are no answers, nor are answers to questions that no longer arise: they are not sent. */
function filled(values: Values, schema: Schema): Values {
  const required = new Set(schema.required)
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => applies(schema.properties?.[name] ?? {}, values))
      .map(([name, value]) => [name, plain(value)] as const)
      .filter(([name, value]) => value !== undefined && (required.has(name) || !isEmpty(value))),
  )
}

/** No line of a list, nothing but blanks. */
function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : typeof value === 'string' && value.trim() === ''
}

/** Without what was pasted along unseen, and without empty lines of a list. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((one) => one !== '').map(plain)
  return typeof value === 'string' ? cleaned(value) : value
}

function firstInput(form: HTMLFormElement | null): HTMLElement | null | undefined {
  return form?.querySelector<HTMLElement>('input, select, textarea') ?? form?.querySelector<HTMLElement>('button')
}
