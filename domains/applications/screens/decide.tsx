// A decision: which of the item's results are issued, each with its number; a denial with its reasons.
import { ShapedForm, useItem, Waiting, type FormProps, type Schema } from '../../../web/part/index.ts'
import type { Content } from '../../items/index.ts'
import { t } from './words.ts'

const GIVEN = 'given:'
const NUMBER = 'number:'
const VALID = 'valid:'

export function Decide(props: FormProps) {
  const { record, kind } = props
  const known = useItem('version', record?.facts['version'] as string | undefined)
  if (!known) return <Waiting query={{ data: undefined, error: null } as never} />
  const { results } = known.item.facts as unknown as Content
  const { outcome, reasons, withheld, files } = kind.commands['decide']!.schema.properties as Record<string, Schema>
  const properties: Record<string, Schema> = { outcome: outcome! }
  const fields: Record<string, string> = {}
  for (const { result, resultName } of results) {
    properties[`${GIVEN}${result}`] = { type: 'boolean', when: { outcome: ['approved'] } }
    const when = { outcome: ['approved'], [`${GIVEN}${result}`]: [true] }
    properties[`${NUMBER}${result}`] = { type: 'string', maxLength: 60, when }
    properties[`${VALID}${result}`] = { type: 'string', widget: 'date', when }
    fields[`${GIVEN}${result}`] = t.give(resultName)
    fields[`${NUMBER}${result}`] = t.result(resultName)
    fields[`${VALID}${result}`] = t.valid(resultName)
  }
  properties['reasons'] = reasons!
  if (known.item.facts['type'] === 'licence') properties['withheld'] = { ...withheld!, when: { outcome: ['approved'] } }
  properties['files'] = files!
  return (
    <ShapedForm
      {...props}
      of="application"
      name="decide"
      shape={{
        schema: {
          type: 'object',
          properties,
          required: ['outcome', ...results.map(({ result }) => `${GIVEN}${result}`)],
        },
        fields,
      }}
      preset={Object.fromEntries(results.map(({ result }) => [`${GIVEN}${result}`, true]))}
      input={(values) => ({
        outcome: values['outcome'],
        ...(values['reasons'] !== undefined && { reasons: values['reasons'] }),
        ...(values['withheld'] !== undefined && { withheld: values['withheld'] }),
        ...(values['files'] !== undefined && { files: values['files'] }),
        results:
          values['outcome'] === 'approved'
            ? results
                .filter(({ result }) => values[`${GIVEN}${result}`] === true)
                .map(({ result }) => ({
                  result,
                  ...(values[`${NUMBER}${result}`] !== undefined && { number: values[`${NUMBER}${result}`] }),
                  ...(values[`${VALID}${result}`] !== undefined && { validTo: values[`${VALID}${result}`] }),
                }))
            : [],
      })}
      at={(field, sent) => {
        const [, place, part] = /^results\.(\d+)\.(\w+)$/.exec(field) ?? []
        const result = (sent['results'] as { result: string }[])[Number(place)]?.result
        if (field === 'results') return `${GIVEN}${results[0]?.result ?? ''}`
        if (result === undefined) return field
        return `${part === 'number' ? NUMBER : part === 'validTo' ? VALID : GIVEN}${result}`
      }}
    />
  )
}
