// What the applicant brings to a window: what he was told to correct, and the papers that were to follow.
import { Empty, ShapedForm, type FormProps, type Schema } from '../../../web/part/index.ts'
import { FIELD, PAPER, answersIn, askedAt } from './ask.ts'
import { t } from './words.ts'

type Listed = readonly Readonly<Record<string, string>>[]

export function Supply(props: FormProps) {
  const { owed = [], papers = [] } = (props.record?.facts ?? {}) as { owed?: Listed; papers?: Listed }
  const properties: Record<string, Schema> = {}
  const fields: Record<string, string> = {}
  const hints: Record<string, string> = {}
  const paper = (code: string, name: string, note?: string) => {
    properties[`${PAPER}${code}`] = { type: 'boolean' }
    fields[`${PAPER}${code}`] = `${name} ${t.supplied}`
    if (note !== undefined) hints[`${PAPER}${code}`] = note
  }
  for (const { sort, code = '', name = '', note = '' } of owed)
    if (sort === 'paper') paper(code, name, note)
    else {
      properties[`${FIELD}${code}`] = { type: 'string', maxLength: 2000 }
      fields[`${FIELD}${code}`] = name
      hints[`${FIELD}${code}`] = note
    }
  for (const { material = '', name = '', way } of papers) if (way === 'later') paper(material, name)
  if (Object.keys(properties).length === 0) return <Empty text={t.nothing} />
  properties['files'] = { type: 'array', widget: 'files' }
  return (
    <ShapedForm
      {...props}
      of="application"
      name="supply"
      shape={{ schema: { type: 'object', properties }, fields, hints }}
      // What he owes is asked one by one: it need not be told before.
      above={undefined}
      input={({ files, ...values }) => ({
        answers: answersIn(values),
        papers: Object.keys(values)
          .filter((name) => name.startsWith(PAPER) && values[name] === true)
          .map((name) => ({ material: name.slice(PAPER.length) })),
        ...(files !== undefined && { files }),
      })}
      at={askedAt}
    />
  )
}
