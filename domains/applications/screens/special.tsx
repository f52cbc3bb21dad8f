// A special procedure: one of those that the version lists.
import { ShapedForm, useItem, Waiting, type FormProps } from '../../../web/part/index.ts'
import type { Content } from '../../items/index.ts'
import { t } from './words.ts'

export function StartSpecial(props: FormProps) {
  const { record, kind } = props
  const known = useItem('version', record?.facts['version'] as string | undefined)
  if (!known) return <Waiting query={{ data: undefined, error: null } as never} />
  const { specials = [] } = known.item.facts as unknown as Content
  const { schema } = kind.commands['startSpecial']!
  const options = Object.fromEntries(
    specials.map(({ special, specialName, specialLimit, specialUnit, specialBasis }) => [
      special,
      `${specialName} · ${specialLimit} ${t.units[specialUnit] ?? ''} · ${specialBasis}`,
    ]),
  )
  return (
    <ShapedForm
      {...props}
      of="application"
      name="startSpecial"
      shape={{
        schema: {
          ...schema,
          properties: {
            ...schema.properties,
            special: { type: 'string', widget: 'choice', enum: Object.keys(options) },
          },
        },
        options,
      }}
      input={(values) => values}
      at={(field) => field}
    />
  )
}
