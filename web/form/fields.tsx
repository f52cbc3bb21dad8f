// Fields from a schema, each with its label, hint and problem.
import { useMemo } from 'react'
import type { Schema } from '../api.ts'
import { t } from '../texts.ts'
import { widgetOf, type NestedProps } from './widget.tsx'

export function Fields({ meta, kind, schema, prefix, path = '', values, set, problems }: NestedProps) {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {})
    .filter(([, field]) => field.widget !== 'hidden' && applies(field, values))
    .map(([name, field]) => (
      <Field
        key={name}
        meta={meta}
        kind={kind}
        id={`${prefix}-${name}`}
        name={name}
        schema={field}
        required={required.has(name) || field.needed === true}
        value={values[name]}
        problem={problems[`${path}${name}`]}
        problems={problems}
        set={(value) => set({ ...values, [name]: value })}
      />
    ))
}

/** Asked only when another answer is one of those named. */
export function applies(field: Schema, values: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(field.when ?? {}).every(([name, wanted]) => wanted.includes(values[name] as string))
}

type FieldProps = Pick<NestedProps, 'meta' | 'kind' | 'schema' | 'problems'> & {
  readonly id: string
  readonly name: string
  readonly required: boolean
  readonly value: unknown
  readonly problem: string | undefined
  readonly set: (value: unknown) => void
}

function Field({ meta, kind, id, name, schema, required, value, problem, problems, set }: FieldProps) {
  const widget = useMemo(() => widgetOf(schema, meta), [schema, meta])
  const label = (
    <>
      {kind.fields[name] ?? name} {!required && <span className="optional">{`（${t.optional}）`}</span>}
    </>
  )
  const more = (
    <div id={`${id}-more`}>
      {kind.hints?.[name] !== undefined && <p className="hint">{kind.hints[name]}</p>}
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
      Nested={Fields}
    />
  )
  const wrong = problem === undefined ? '' : 'wrong'
  return widget.group ? (
    <fieldset className={`field ${wrong}`}>
      <legend>{label}</legend>
      {more}
      {input}
    </fieldset>
  ) : (
    <div className={`field ${wrong}`}>
      <label htmlFor={id}>{label}</label>
      {more}
      {input}
    </div>
  )
}
