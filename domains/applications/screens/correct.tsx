// 一次性告知补正: every field and paper of the case stands here; what is wrong is chosen, and how to put it right is written beside it.
import { ShapedForm, type FormProps, type Schema } from '../../../web/part/index.ts'
import { FIELD, PAPER } from './ask.ts'
import { t } from './words.ts'

type Listed = readonly Readonly<Record<string, string>>[]

const NOTE = 'note:'
const FAULTS = ['absent', 'incomplete', 'incorrect']

export function Correct(props: FormProps) {
  const { answers = [], papers = [] } = (props.record?.facts ?? {}) as { answers?: Listed; papers?: Listed }
  const asked = [
    ...papers
      .filter(({ way }) => way === 'given' || way === 'missing')
      .map((one) => ({ key: `${PAPER}${one['material']}`, name: one['name']!, lost: one['way'] === 'missing' })),
    ...answers.map((one) => ({ key: `${FIELD}${one['field']}`, name: one['name']!, lost: false })),
  ]
  const properties: Record<string, Schema> = {}
  const fields: Record<string, string> = {}
  for (const { key, name } of asked) {
    properties[key] = { type: 'string', widget: 'choice', enum: ['fine', ...FAULTS] }
    properties[`${NOTE}${key}`] = {
      type: 'string',
      maxLength: 400,
      when: { [key]: FAULTS },
      needed: true,
    }
    fields[key] = name
    fields[`${NOTE}${key}`] = t.what(name)
  }
  return (
    <ShapedForm
      {...props}
      of="application"
      name="correct"
      shape={{
        schema: { type: 'object', properties, required: asked.map(({ key }) => key) },
        fields,
        options: { fine: t.fine },
      }}
      // What has not been handed in is known to be missing.
      preset={Object.fromEntries(
        asked.flatMap(({ key, lost }): [string, string][] =>
          lost
            ? [
                [key, 'absent'],
                [`${NOTE}${key}`, t.bring],
              ]
            : [[key, 'fine']],
        ),
      )}
      above={<p className="hint">{t.ask}</p>}
      input={(values) => ({
        demands: asked
          .filter(({ key }) => FAULTS.includes(values[key] as string))
          .map(({ key }) => ({
            sort: key.startsWith(PAPER) ? 'paper' : 'field',
            code: key.slice(key.indexOf(':') + 1),
            fault: values[key],
            note: values[`${NOTE}${key}`],
          })),
      })}
      at={(field, sent) => {
        const [, place, part] = /^demands\.(\d+)\.(\w+)$/.exec(field) ?? []
        const one = (sent['demands'] as { sort: string; code: string }[])[Number(place)]
        if (!one) return asked[0]?.key ?? field
        const key = `${one.sort === 'paper' ? PAPER : FIELD}${one.code}`
        return part === 'note' ? `${NOTE}${key}` : key
      }}
    />
  )
}
