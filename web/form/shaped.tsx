// A command's form whose questions follow from a record: one field for each thing it asks for, sent as the command takes it.
import { command, Problem, type KindMeta, type Schema } from '../api.ts'
import type { FormProps } from '../part/screen.ts'
import { client } from '../query.ts'
import { t } from '../texts.ts'
import { applies } from './applies.ts'
import { CommandForm } from './command.tsx'

type Values = Readonly<Record<string, unknown>>

/** What is asked, and in which words where the kind has none of its own. */
export type Shape = {
  readonly schema: Schema
  readonly fields?: Readonly<Record<string, string>>
  readonly hints?: Readonly<Record<string, string>>
  readonly options?: Readonly<Record<string, string>>
  /** Titles of the pages into which it is divided when it is long. */
  readonly pages?: Readonly<Record<string, string>>
}

type ShapedProps = FormProps & {
  readonly of: string
  readonly name: string
  readonly shape: Shape
  /** What follows from that which is filled in, to be seen before it is sent. */
  readonly heed?: (values: Values) => React.ReactNode
  /** What was filled in, as the command takes it. */
  readonly input: (values: Values) => Values | Promise<Values>
  /** Where a field of the command was asked. */
  readonly at: (field: string, sent: Values) => string
}

export function ShapedForm({ of, name, shape, input, at, ...props }: ShapedProps) {
  const { record } = props
  const kind: KindMeta = {
    ...props.kind,
    fields: { ...props.kind.fields, ...shape.fields },
    hints: { ...props.kind.hints, ...shape.hints },
    options: { ...props.kind.options, ...shape.options },
    pages: { ...props.kind.pages, ...shape.pages },
    commands: { ...props.kind.commands, [name]: { ...props.kind.commands[name]!, schema: shape.schema } },
  }
  const give = async (values: Values, key: string) => {
    // What was typed for a question that has gone is kept, and not sent.
    const asked = shape.schema.properties ?? {}
    const sent = await input(Object.fromEntries(Object.entries(values).filter(([field]) => field in asked)))
    try {
      return await command(of, record?.id, name, sent, key, record?.version)
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      // Perhaps the questions have changed: what they follow from is read again before the next try.
      for (const read of ['item', 'items']) void client.invalidateQueries({ queryKey: [read] })
      const fields = failure.fields.map((one) => ({ ...one, field: at(one.field, sent) }))
      // The server names the first of what is left open; whoever fills it in wants to know all of it at once.
      const open =
        fields.length === 0
          ? []
          : lacking(shape.schema, values).filter((one) => !fields.some(({ field }) => field === one))
      const more = open.map((field) => ({
        field,
        message: t.lacking(kind.fields[field] ?? field, isChoice(asked[field])),
      }))
      throw new Problem(failure.status, { detail: failure.message, code: failure.code, fields: [...fields, ...more] })
    }
  }
  return <CommandForm {...props} kind={kind} of={of} name={name} give={give} />
}

/** The questions that arise, have to be answered, and are not. */
function lacking({ properties = {}, required = [] }: Schema, values: Values): readonly string[] {
  return Object.entries(properties)
    .filter(([name, one]) => (required.includes(name) || one.needed === true) && applies(one, values))
    .map(([name]) => name)
    .filter((name) => values[name] === undefined || values[name] === '')
}

function isChoice(schema: Schema | undefined): boolean {
  return schema?.enum !== undefined || schema?.type === 'boolean'
}
