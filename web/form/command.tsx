// A command's form: what was typed stays until it is accepted; the same key is sent until it is.
import { useEffect, useRef, useState } from 'react'
import { command, Problem, type Done, type KindMeta, type Meta } from '../api.ts'
import { client } from '../query.ts'
import { Why } from '../part/why.tsx'
import { applies, Fields } from './fields.tsx'
import { t } from '../texts.ts'

export type CommandProps = {
  readonly meta: Meta
  readonly kind: KindMeta
  readonly of: string
  readonly name: string
  /** Absent when the command opens a record. */
  readonly record?: { readonly id: string; readonly version: number } | undefined
  readonly preset?: Readonly<Record<string, unknown>>
  readonly onDone: (done: Done) => void
  readonly onCancel: () => void
}

/** Empty answers are no answers, nor are answers to questions that no longer arise: they are not sent. */
function filled(values: Readonly<Record<string, unknown>>, schema: CommandProps['kind']['commands'][string]['schema']) {
  const required = new Set(schema.required)
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => applies(schema.properties?.[name] ?? {}, values))
      .map(([name, value]) => [name, Array.isArray(value) ? value.filter((one) => one !== '') : value] as const)
      .filter(
        ([name, value]) => value !== undefined && (required.has(name) || !(Array.isArray(value) && value.length === 0)),
      ),
  )
}

export function CommandForm({ meta, kind, of, name, record, preset = {}, onDone, onCancel }: CommandProps) {
  const spec = kind.commands[name]!
  const lists = Object.entries(spec.schema.properties ?? {})
    .filter(([field, schema]) => schema.type === 'array' && spec.schema.required?.includes(field))
    .map(([field]) => [field, []] as const)
  const [values, setValues] = useState<Record<string, unknown>>({ ...Object.fromEntries(lists), ...preset })
  const [error, setError] = useState<Error>()
  const [busy, setBusy] = useState(false)
  const key = useRef(crypto.randomUUID())
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select, textarea, button')?.focus(), [])

  const give = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const done = await command(of, record?.id, name, filled(values, spec.schema), key.current, record?.version)
      key.current = crypto.randomUUID()
      await client.invalidateQueries()
      onDone(done)
    } catch (failure) {
      setError(failure as Error)
      // What was typed stays; the record is read again, so that the next try is about what stands now.
      if (failure instanceof Problem && failure.code === 'stale-version')
        await client.invalidateQueries({ queryKey: ['record', of, record?.id] })
    } finally {
      setBusy(false)
    }
  }
  const problems = Object.fromEntries(
    (error instanceof Problem ? error.fields : []).map(({ field, message }) => [field, message]),
  )
  const shown = error instanceof Problem && error.code === 'stale-version' ? new Error(t.stale) : error
  return (
    <form
      ref={form}
      className="stack command"
      aria-label={spec.title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void give()
      }}
      onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && onCancel()}
    >
      {record ? <h2>{spec.title}</h2> : <h1>{spec.title}</h1>}
      {shown && <Why error={shown === error ? shown : new Problem(409, { detail: t.stale })} />}
      {spec.grave && <p className="overdue">{`${t.grave}${spec.title}`}</p>}
      <Fields
        meta={meta}
        kind={kind}
        schema={spec.schema}
        prefix="f"
        values={values}
        set={setValues}
        problems={problems}
      />
      <p className="row">
        <button type="submit" disabled={busy} className={spec.grave ? 'grave' : ''}>
          {spec.title}
        </button>
        <button type="button" className="second" onClick={onCancel}>
          {t.cancel}
        </button>
      </p>
    </form>
  )
}
