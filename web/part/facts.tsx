// Values in words: options by their text, ids by their names, dates with their weekday.
import type { Facts, KindMeta, Names, Schema } from '../api.ts'
import { yuan } from '../../kernel/money.ts'
import { lang, t } from '../texts.ts'

const WEEK = {
  'zh-CN': ['日', '一', '二', '三', '四', '五', '六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const

export function dateWords(date: string): string {
  const [year, month, day] = date.slice(0, 10).split('-').map(Number) as [number, number, number]
  const week = WEEK[lang][new Date(Date.UTC(year, month - 1, day)).getUTCDay()]!
  return lang === 'en' ? `${week} ${date.slice(0, 10)}` : `${year}年${month}月${day}日（周${week}）`
}

export function said(kind: KindMeta, value: unknown, names: Names, field = ''): string {
  if (value === undefined || value === null || value === '') return t.none
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (typeof value === 'number' && widgetOf(kind, field) === 'money') return yuan(value, lang)
  if (typeof value === 'number')
    return value.toLocaleString(lang, { maximumFractionDigits: 2, useGrouping: value >= 10_000 })
  if (Array.isArray(value))
    return value.map((one: unknown) => said(kind, one, names, field)).join(lang === 'en' ? ', ' : '、')
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([, one]) => one !== undefined && one !== null)
      .map(([name, one]) => `${kind.fields[name] ?? name} ${said(kind, one, names, name)}`)
      .join(lang === 'en' ? '; ' : '；')
  if (typeof value !== 'string') return ''
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dateWords(value)
  return kind.options[value] ?? names[value] ?? value
}

/** The widget of a field, wherever in the kind's commands it stands. */
function widgetOf(kind: KindMeta, field: string): string | undefined {
  for (const { schema } of Object.values(kind.commands)) {
    const found: Schema | undefined = schema.properties?.[field]
    if (found?.widget !== undefined) return found.widget
  }
  return undefined
}

export function FactList({
  kind,
  facts,
  names,
}: {
  readonly kind: KindMeta
  readonly facts: Facts
  readonly names: Names
}) {
  const shown = Object.entries(facts).filter(
    ([name, value]) =>
      value !== undefined &&
      value !== null &&
      !(Array.isArray(value) && value.length === 0) &&
      widgetOf(kind, name) !== 'files',
  )
  return (
    <dl className="facts">
      {shown.map(([name, value]) => (
        <div key={name} className="pair">
          <dt>{kind.fields[name] ?? name}</dt>
          <dd className="said">{said(kind, value, names, name)}</dd>
        </div>
      ))}
    </dl>
  )
}
