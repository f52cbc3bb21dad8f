// How each widget is asked: one entry a widget, each declaring its own input. What has no widget is a line of text.
import { useEffect, useRef, useState } from 'react'
import { fenOf, yuanInput } from '../../kernel/money.ts'
import { Problem, upload, type KindMeta, type Meta, type Schema } from '../api.ts'
import { t } from '../texts.ts'
import { columnsOf } from './column.ts'
import { Chosen, Find } from './find.tsx'
import { Table } from './table.tsx'

export type WidgetProps = {
  readonly id: string
  readonly name: string
  readonly schema: Schema
  readonly value: unknown
  readonly set: (value: unknown) => void
  readonly meta: Meta
  readonly kind: KindMeta
  readonly invalid: boolean
  readonly problems: Readonly<Record<string, string>>
  /** What stands in the other fields of the form. */
  readonly values: Readonly<Record<string, unknown>>
  /** The record that the form is about; absent when it opens one. */
  readonly record?: { readonly kind: string; readonly id: string } | undefined
  /** Draws the fields of an item of a list. */
  readonly Nested: (props: NestedProps) => React.ReactNode
}

export type NestedProps = {
  readonly meta: Meta
  readonly kind: KindMeta
  readonly schema: Schema
  /** Begins the ids of the inputs. */
  readonly prefix: string
  /** Begins the names under which problems are told. */
  readonly path?: string
  readonly values: Readonly<Record<string, unknown>>
  readonly set: (values: Record<string, unknown>) => void
  readonly problems: Readonly<Record<string, string>>
  readonly record?: WidgetProps['record']
  /** Of all fields these alone. */
  readonly only?: readonly string[]
  /** Facts that are masked for these eyes: what is left empty stays as it is. */
  readonly masked?: Readonly<Record<string, unknown>>
}

type Widget = { readonly group?: boolean; readonly Ask: (props: WidgetProps) => React.ReactNode }

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const orNothing = (given: string): string | undefined => (given === '' ? undefined : given)
const aria = ({ id, invalid }: WidgetProps) => ({ id, 'aria-describedby': `${id}-more`, 'aria-invalid': invalid })

/** More choices than this are not laid side by side. */
const MANY = 12

function Choices({
  props,
  choices,
}: {
  readonly props: WidgetProps
  readonly choices: readonly (readonly [string, string])[]
}) {
  const { id, value, set } = props
  if (choices.length > MANY)
    return (
      <select
        {...aria(props)}
        aria-label={props.kind.fields[props.name]}
        value={text(value)}
        onChange={(event) => set(orNothing(event.target.value))}
      >
        <option value="" />
        {choices.map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    )
  return (
    <div className="choices">
      {choices.map(([key, label], place) => (
        <label className="choice" key={key} htmlFor={place === 0 ? id : `${id}-${key}`}>
          <input
            type="radio"
            id={place === 0 ? id : `${id}-${key}`}
            name={id}
            value={key}
            checked={value === key}
            onChange={() => set(key)}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  )
}

/** Any of the choices, in their order. */
function Ticks(props: WidgetProps) {
  const { id, schema, kind, value, set } = props
  const all = schema.items?.choices ?? schema.items?.enum ?? []
  const given = Array.isArray(value) ? (value as string[]) : []
  return (
    <div className="choices">
      {all.map((key, place) => (
        <label className="choice" key={key} htmlFor={place === 0 ? id : `${id}-${key}`}>
          <input
            type="checkbox"
            id={place === 0 ? id : `${id}-${key}`}
            checked={given.includes(key)}
            aria-invalid={props.invalid}
            onChange={({ target }) => {
              const chosen = all.filter((one) => (one === key ? target.checked : given.includes(one)))
              set(chosen.length === 0 ? undefined : chosen)
            }}
          />
          <span>{kind.options[key] ?? key}</span>
        </label>
      ))}
    </div>
  )
}

const line = (type: string): Widget => ({
  Ask: (props) => (
    <input
      {...aria(props)}
      type={type}
      value={text(props.value)}
      onChange={(event) => props.set(orNothing(event.target.value))}
    />
  ),
})

/** A field that refers to a record of some kind: found by typing. */
const reference = (kind: string): Widget => ({
  Ask: (props) =>
    props.schema.type === 'array' ? <Several props={props} kind={kind} /> : <Find {...props} of={kind} />,
})

function Several({ props, kind }: { readonly props: WidgetProps; readonly kind: string }) {
  const given = Array.isArray(props.value) ? (props.value as string[]) : []
  return (
    <div className="stack tight">
      {given.map((one) => (
        <p key={one} className="picked">
          <Chosen of={kind} id={one} kind={props.meta.kinds[kind]!} />
          <button className="plain" type="button" onClick={() => props.set(given.filter((other) => other !== one))}>
            {t.remove}
          </button>
        </p>
      ))}
      <Find
        {...props}
        key={given.length}
        of={kind}
        value={undefined}
        set={(one) => typeof one === 'string' && !given.includes(one) && props.set([...given, one])}
      />
    </div>
  )
}

const WIDGETS: Readonly<Record<string, Widget>> = {
  text: line('text'),
  date: line('date'),
  tel: line('tel'),
  money: { Ask: Money },
  number: {
    Ask: (props) => (
      <input
        {...aria(props)}
        type="number"
        step="any"
        value={text(props.value)}
        onChange={({ target }) => props.set(target.value === '' ? undefined : Number(target.value))}
      />
    ),
  },
  paragraph: {
    Ask: (props) => (
      <textarea
        {...aria(props)}
        rows={4}
        value={text(props.value)}
        onChange={(event) => props.set(orNothing(event.target.value))}
      />
    ),
  },
  choice: {
    group: true,
    Ask: (props) => (
      <Choices
        props={props}
        choices={(props.schema.choices ?? props.schema.enum ?? []).map((key) => [key, props.kind.options[key] ?? key])}
      />
    ),
  },
  choices: { group: true, Ask: Ticks },
  'yes-no': {
    group: true,
    Ask: (props) => (
      <Choices
        props={{
          ...props,
          value: props.value === undefined ? undefined : props.value === true ? 'yes' : 'no',
          set: (given) => props.set(given === 'yes'),
        }}
        choices={[
          ['yes', t.yes],
          ['no', t.no],
        ]}
      />
    ),
  },
  files: { Ask: Files },
  'text-file': { Ask: TextFile },
  list: { group: true, Ask: List },
}

/** Written in yuan, kept in fen; what is no amount stays as it was written, and is refused. */
function Money(props: WidgetProps) {
  const [written, write] = useState(typeof props.value === 'number' ? yuanInput(props.value) : '')
  return (
    <input
      {...aria(props)}
      inputMode="decimal"
      value={written}
      onChange={({ target }) => {
        write(target.value)
        props.set(target.value.trim() === '' ? undefined : (fenOf(target.value) ?? target.value))
      }}
    />
  )
}

function Files(props: WidgetProps) {
  const [names, setNames] = useState<Readonly<Record<string, string>>>({})
  const [state, setState] = useState('')
  const [share, setShare] = useState<number>()
  const given = Array.isArray(props.value) ? (props.value as string[]) : []
  const take = async (files: FileList | null) => {
    let kept = given
    for (const file of files ?? []) {
      setState(`${t.uploading} ${file.name}`)
      try {
        const { id, name } = await upload(file, setShare)
        kept = [...kept, id]
        setNames((before) => ({ ...before, [id]: name }))
        setState(`${t.uploaded} ${name}`)
      } catch (error) {
        setState(`${file.name}: ${error instanceof Problem ? error.message : t.offline}`)
      }
    }
    setShare(undefined)
    props.set(kept.length === 0 ? undefined : kept)
  }
  return (
    <div className="stack tight">
      {given.map((one) => (
        <p key={one} className="picked">
          <span>{names[one] ?? one}</span>
          <button className="plain" type="button" onClick={() => props.set(given.filter((other) => other !== one))}>
            {t.remove}
          </button>
        </p>
      ))}
      <label className="button second file">
        <input {...aria(props)} type="file" multiple onChange={(event) => void take(event.target.files)} />
        {t.chooseFiles}
      </label>
      {share !== undefined && <progress value={share} aria-label={state} />}
      <p role="status" className="soft small">
        {state}
      </p>
    </div>
  )
}

/** A file whose text is what is said; it is not kept as a file. */
function TextFile(props: WidgetProps) {
  const [name, setName] = useState('')
  const take = async (file: File | undefined) => {
    setName(file?.name ?? '')
    props.set(file && orNothing(await file.text()))
  }
  return (
    <div className="stack tight">
      <label className="button second file">
        <input
          {...aria(props)}
          type="file"
          // A file that was mended is chosen again by the same name.
          onClick={({ currentTarget }) => (currentTarget.value = '')}
          onChange={(event) => void take(event.target.files?.[0])}
        />
        {t.chooseFile}
      </label>
      <p role="status" className="soft small">
        {name}
      </p>
    </div>
  )
}

/** Rows that are alike stand in a table; what needs more room stands one under the other. */
function List(props: WidgetProps) {
  const columns = columnsOf(props.schema.items ?? {}, props.kind, props.meta)
  return columns ? <Table {...props} columns={columns} /> : <Stacked {...props} />
}

function Stacked(props: WidgetProps) {
  const { schema, id, set, name } = props
  const items = schema.items ?? {}
  const given = Array.isArray(props.value) ? (props.value as unknown[]) : []
  const list = useRef<HTMLDivElement>(null)
  const [added, setAdded] = useState(0)
  // A new line is written in at once.
  useEffect(() => {
    if (added > 0)
      list.current?.querySelector<HTMLElement>('.item:last-of-type input, .item:last-of-type textarea')?.focus()
  }, [added])
  const change = (place: number, value: unknown) => set(given.map((one, at) => (at === place ? value : one)))
  const label = props.kind.fields[name] ?? name
  return (
    <div ref={list} className="stack tight">
      {given.map((one, place) => (
        <fieldset key={place} className={items.type === 'object' ? 'stack item' : 'row item'}>
          {items.type === 'object' && <legend>{`${label} ${place + 1}`}</legend>}
          {items.type === 'object' ? (
            <props.Nested
              meta={props.meta}
              kind={props.kind}
              schema={items}
              prefix={`${id}.${place}`}
              path={`${name}.${place}.`}
              values={(one ?? {}) as Record<string, unknown>}
              set={(value) => change(place, value)}
              problems={props.problems}
            />
          ) : (
            <input
              id={place === 0 ? id : `${id}.${place}`}
              aria-label={`${label} ${place + 1}`}
              value={text(one)}
              type={items.widget === 'date' ? 'date' : 'text'}
              onChange={(event) => change(place, event.target.value)}
            />
          )}
          <button className="plain" type="button" onClick={() => set(given.filter((_, at) => at !== place))}>
            {t.remove}
          </button>
        </fieldset>
      ))}
      <button
        className="second"
        type="button"
        id={given.length === 0 || items.type === 'object' ? id : `${id}-add`}
        onClick={() => {
          set([...given, items.type === 'object' ? {} : ''])
          setAdded(added + 1)
        }}
      >
        {given.length === 0 ? t.addFirst(label) : t.add}
      </button>
    </div>
  )
}

/** How a field without a widget is asked, by the type of its value. */
const BY_TYPE: Readonly<Record<string, string>> = {
  array: 'list',
  integer: 'number',
  number: 'number',
  boolean: 'yes-no',
}

/** The widget of a field: its own, a code list's, another record's, or a line of text. */
export function widgetOf(schema: Schema, meta: Meta): Widget {
  const codes = schema.widget === undefined ? undefined : meta.codes[schema.widget]
  if (codes)
    return { Ask: (props) => <Choices props={props} choices={codes.map(({ code, name }) => [code, name] as const)} /> }
  // A field whose widget is the name of a kind holds the id of such a record.
  if (schema.widget !== undefined && meta.kinds[schema.widget]) return reference(schema.widget)
  return WIDGETS[schema.widget ?? BY_TYPE[schema.type ?? ''] ?? 'text'] ?? WIDGETS['text']!
}
