// Fields from a schema, each with its label, hint and problem; what settles itself is one line until somebody wants to change it.
import { useEffect, useMemo, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ask, listPath, type Page, type Schema } from '../api.ts'
import { dateWords, said } from '../part/facts.tsx'
import { useItem, useMe } from '../query.ts'
import { t } from '../texts.ts'
import { applies } from './applies.ts'
import { widgetOf, type NestedProps } from './widget.tsx'

export function Fields(props: NestedProps) {
  const { kind, schema, prefix, path = '', values, set, problems, only } = props
  const required = new Set(schema.required)
  const fields = Object.entries(schema.properties ?? {})
    .filter(([, field]) => field.widget !== 'hidden' && applies(field, values))
    .filter(([name]) => only === undefined || only.includes(name))
    .map(([name, field]) => (
      <Field
        key={name}
        form={props}
        id={`${prefix}-${name}`}
        name={name}
        label={kind.fields[name] ?? name}
        schema={field}
        required={required.has(name) || field.needed === true}
        value={values[name]}
        problem={problems[`${path}${name}`]}
        set={(value) => set({ ...values, [name]: value })}
      />
    ))
  return <div className="fields">{fields}</div>
}

type FieldProps = {
  readonly form: NestedProps
  readonly id: string
  readonly name: string
  readonly label: string
  readonly schema: Schema
  readonly required: boolean
  readonly value: unknown
  readonly problem: string | undefined
  readonly set: (value: unknown) => void
}

function Field(props: FieldProps) {
  const { schema, problem } = props
  const [opened, open] = useState(false)
  const otherwise = useOtherwise(props.form, schema.prefill)
  if (!opened && problem === undefined && schema.of !== undefined && props.value === undefined)
    return <Found {...props} of={schema.of} open={() => open(true)} />
  if (!opened && problem === undefined && schema.preset !== undefined && typeof props.value === 'string')
    return <Settled label={props.label} said={dateWords(props.value)} open={() => open(true)} />
  if (!opened && problem === undefined && schema.held && otherwise && !otherwise.masked && props.value === undefined)
    return <Settled label={props.label} said={otherwise.fact} from={t.heldIn(otherwise.of)} open={() => open(true)} />
  return <Asked {...props} fresh={opened} otherwise={otherwise} />
}

function Asked({
  form,
  id,
  name,
  label,
  schema,
  required,
  value,
  problem,
  set,
  fresh,
  otherwise,
}: FieldProps & { readonly fresh: boolean; readonly otherwise: Otherwise | undefined }) {
  const { meta, kind, problems, values } = form
  const widget = useMemo(() => widgetOf(schema, meta), [schema, meta])
  // Whoever asked to change it wants to write in it.
  useEffect(() => {
    if (fresh) document.getElementById(id)?.focus()
  }, [fresh, id])
  const words = (
    <>
      {label} {!required && !schema.held && <span className="optional">{t.optional}</span>}
    </>
  )
  const more = (
    <div id={`${id}-more`}>
      {kind.hints?.[name] !== undefined && !(schema.held && otherwise) && <p className="hint">{kind.hints[name]}</p>}
      {schema.personal && typeof form.masked?.[name] === 'string' && (
        <p className="hint">{t.kept(form.masked[name])}</p>
      )}
      {otherwise && value === undefined && (
        <p className="hint">
          {schema.held && otherwise.masked
            ? t.heldMasked(otherwise.of, otherwise.fact)
            : t.otherwise(otherwise.of, otherwise.fact)}
        </p>
      )}
      {problem !== undefined && <p className="problem">{problem}</p>}
    </div>
  )
  const input = (
    <widget.Ask
      id={id}
      name={name}
      schema={schema}
      value={value}
      set={set}
      meta={meta}
      kind={kind}
      invalid={problem !== undefined}
      problems={problems}
      values={values}
      record={form.record}
      Nested={Fields}
    />
  )
  const className = [
    'field',
    problem !== undefined && 'wrong',
    (isShort(schema) || (form.only !== undefined && isSmall(schema))) && 'half',
  ]
    .filter(Boolean)
    .join(' ')
  return widget.group ? (
    <fieldset className={className}>
      <legend>{words}</legend>
      {more}
      {input}
    </fieldset>
  ) : (
    <div className={className}>
      <label htmlFor={id}>{words}</label>
      {more}
      {input}
    </div>
  )
}

const SHORT = 60

/** Whether two such fields stand side by side where there is room. */
function isShort({ widget, type, maxLength = Number.POSITIVE_INFINITY }: Schema): boolean {
  return (
    ['date', 'number', 'tel'].includes(widget ?? '') ||
    (widget === undefined && type === 'string' && maxLength <= SHORT)
  )
}

const FEW = 4

/** Whether two such fields stand side by side in a long form. */
function isSmall({ widget, type, enum: choices = [], maxLength = Number.POSITIVE_INFINITY }: Schema): boolean {
  if (type === 'boolean' || widget === 'money') return true
  return widget === 'choice' ? choices.length <= FEW : widget === undefined && type === 'string' && maxLength <= 200
}

type SettledProps = {
  readonly label: string
  readonly said: string
  /** Where it is from. */
  readonly from?: string
  readonly open: () => void
}

function Settled({ label, said: words, from, open }: SettledProps) {
  return (
    <p className="settled">
      <span className="soft">{label}</span> <span>{words}</span> {from && <span className="soft small">{from}</span>}{' '}
      <button className="plain" type="button" onClick={open} aria-label={`${t.change} ${label}`}>
        {t.change}
      </button>
    </p>
  )
}

/**
 * A record that belongs to the one chosen in another field, and will be found by itself: the person's own, else his unit's.
 * It is said here, and sent only when the person names one.
 */
function Found({ form, label, schema, of, open }: FieldProps & { of: string; open: () => void }) {
  const chosen = form.values[of]
  const kind = schema.widget!
  const me = useMe()
  const units: readonly (string | null)[] = me.data?.posts.map((post) => post.unit) ?? []
  const found = useQuery({
    queryKey: ['found', kind, of, chosen],
    queryFn: async () => {
      const wanted = { open: 'yes', [`facet.${of}`]: String(chosen), limit: '20' }
      const [mine, all] = await Promise.all(
        [{ ...wanted, mine: 'yes' }, wanted].map((query) => ask<Page>(listPath(kind, query))),
      )
      const one = mine!.items[0] ?? all!.items.find((item) => units.includes(item.unit))
      return { one, names: { ...all!.names, ...mine!.names } }
    },
    enabled: typeof chosen === 'string',
  })
  if (typeof chosen !== 'string' || !found.data) return null
  const { one, names } = found.data
  const about = one && form.meta.kinds[kind]
  const words = about
    ? about.columns
        .map((column) => said(about, one.facts[column], names, column))
        .filter((text) => text !== '' && text !== one.title)
        .slice(0, 2)
        .join(' · ')
    : t.nothing
  return <Settled label={label} said={words} open={open} />
}

/** The kind of the record, in its own words, and what it says, as far as this person may see it. */
type Otherwise = { readonly of: string; readonly fact: string; readonly masked: boolean }

/** What is taken when the field stays empty: a fact of a record chosen in the form. */
function useOtherwise(form: NestedProps, from: readonly string[] = []): Otherwise | undefined {
  const me = useMe()
  const fields = Object.entries(form.schema.properties ?? {})
  const chosen = from.flatMap((one) => {
    const [kind = '', fact = ''] = one.split('.')
    const field = fields.find(([, { widget }]) => widget === kind)?.[0]
    const id = field === undefined ? undefined : form.values[field]
    return typeof id === 'string' && me.data?.sees.includes(kind) ? [{ kind, fact, id }] : []
  })[0]
  const known = useItem(chosen?.kind ?? '', chosen?.id)
  const fact = chosen && known?.item.facts[chosen.fact]
  if (!chosen || typeof fact !== 'string' || fact === '') return undefined
  return { of: form.meta.kinds[chosen.kind]?.title ?? '', fact, masked: fact.includes('*') }
}
