// Values in words: options by their text, ids by their names and as links, dates with their weekday, lists as tables.
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { yuan } from '../../kernel/money.ts'
import type { Facts, KindMeta, Meta, Names, Schema } from '../api.ts'
import { sheetsOf } from '../form/standing.ts'
import { useMe } from '../query.ts'
import { lang, t } from '../texts.ts'
import { FileName, useFileOf } from './file.tsx'

const WEEK = {
  'zh-CN': ['日', '一', '二', '三', '四', '五', '六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const
const BETWEEN = lang === 'en' ? ', ' : '、'

export function dateWords(date: string): string {
  const [year, month, day] = date.slice(0, 10).split('-').map(Number) as [number, number, number]
  const week = WEEK[lang][new Date(Date.UTC(year, month - 1, day)).getUTCDay()]!
  return lang === 'en' ? `${week} ${date.slice(0, 10)}` : `${year}年${month}月${day}日（周${week}）`
}

/** A moment as the city's clocks show it. */
export function momentWords(moment: string): string {
  const local = new Date(Date.parse(moment) + 8 * 3_600_000).toISOString()
  return `${dateWords(local)} ${local.slice(11, 16)}`
}

export function numberWords(value: number): string {
  return value.toLocaleString(lang, { maximumFractionDigits: 2, useGrouping: value >= 10_000 })
}

/** Days from one civil date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000)
}

/** A value as plain text; empty where there is none. */
export function said(kind: KindMeta, value: unknown, names: Names, field = ''): string {
  if (isNone(value)) return ''
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (typeof value === 'number') return kind.widgets[field] === 'money' ? yuan(value, lang) : numberWords(value)
  if (Array.isArray(value)) return value.map((one: unknown) => said(kind, one, names, field)).join(BETWEEN)
  if (typeof value === 'object')
    return Object.entries(value as Facts)
      .filter(([name, one]) => !isNone(one) && !kind.quiet.includes(name))
      .map(([name, one]) => `${kind.fields[name] ?? name} ${said(kind, one, names, name)}`)
      .join(lang === 'en' ? '; ' : '；')
  if (typeof value !== 'string') return ''
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dateWords(value)
  // What an applicant typed is neither an option of the kind nor the id of a record, however it is spelled.
  if (kind.widgets[field] === 'typed') return value === 'yes' ? t.yes : value === 'no' ? t.no : value
  // An id may be spelled like an option: where a record is referred to, it is that record.
  const named = kind.widgets[field] === undefined ? undefined : names[value]
  return named ?? (isFree(kind, field) ? undefined : kind.options[value]) ?? names[value] ?? value
}

/** Whether a form asks for it in one's own words: what is typed there is never taken for an option of the kind. */
function isFree(kind: KindMeta, field: string): boolean {
  const { type, enum: options } = homesOf(kind).get(field)?.schema ?? {}
  return type === 'string' && options === undefined && kind.widgets[field] === undefined
}

/** Signs beyond which a text is read, not glanced at. */
const LONG = 20

/** Whether a fact that no form asks for is somebody's words. */
function isProse(kind: KindMeta, field: string, value: unknown): boolean {
  return typeof value === 'string' && value.length > LONG && !kind.options[value] && kind.widgets[field] === undefined
}

export type Said = { readonly meta: Meta; readonly kind: KindMeta; readonly names: Names }

/** A value of a field: what it refers to is a link for those who may see it. */
export function Value({ meta, kind, names, field, value }: Said & { readonly field: string; readonly value: unknown }) {
  const me = useMe()
  const fileOf = useFileOf()
  const of = kind.widgets[field]
  const refers = of !== undefined && meta.kinds[of] !== undefined && me.data?.sees.includes(of)
  // A number to call is called at a touch; one that is masked is not a number.
  if (of === 'tel' && typeof value === 'string' && !value.includes('*'))
    return <a href={`tel:${value.replaceAll(/[^+\d]/g, '')}`}>{value}</a>
  const one = (given: unknown) => {
    const file = fileOf(given)
    if (file) return <FileName {...file} />
    return refers && typeof given === 'string' ? (
      <Link to="/record/$kind/$id" params={{ kind: of, id: given } as never}>
        {names[given] ?? given}
      </Link>
    ) : (
      said(kind, given, names, field)
    )
  }
  // Of things that have a page or a table of their own, a line holds what they are called.
  if (isTable(value)) return value.map((item) => said(kind, item['title'] ?? item, names)).join(BETWEEN)
  if (!Array.isArray(value)) return one(value)
  return (value as unknown[]).map((given, place) => (
    <Fragment key={place}>
      {place > 0 && BETWEEN}
      {one(given)}
    </Fragment>
  ))
}

/** Facts as pairs of name and value. */
export function FactList({ facts, ...of }: Said & { readonly facts: Facts }) {
  return (
    <dl className="facts">
      {shownFacts(of.kind, facts).map(([field, value]) => (
        <div key={field} className="pair">
          <dt>{of.kind.fields[field] ?? field}</dt>
          <dd className="said">
            <Value {...of} field={field} value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Things of one form, one in each line. */
export function FactTable({
  items,
  field,
  about,
  ...of
}: Said & {
  readonly items: readonly Facts[]
  readonly field: string
  /** Of when or what it tells, where a page has several of the same name. */
  readonly about?: string
}) {
  const asked = Object.keys(homesOf(of.kind).get(field)?.schema.items?.properties ?? {})
  const given = new Set(items.flatMap((item) => shownFacts(of.kind, item).map(([name]) => name)))
  for (const name of of.kind.quiet) given.delete(name)
  // What a thing is called stands first; what no form asks comes as its words do.
  const columns = inOrder([...given], ['name', ...asked, ...Object.keys(of.kind.fields)])
  const label = [about, of.kind.fields[field] ?? field].filter(Boolean).join(' ')
  return (
    <div className="wide" tabIndex={0} role="region" aria-label={label}>
      <table className="cards">
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {of.kind.fields[name] ?? name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item, place) => (
            <tr key={place}>
              {columns.map((name) => (
                <td key={name} data-label={of.kind.fields[name] ?? name} className="said">
                  <Value {...of} field={name} value={item[name]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/**
 * A record's facts as its page shows them: what it is about in prose, things in tables, and the short ones in groups, each
 * under the page of the form or the command by which it came.
 */
export function sorted(kind: KindMeta, facts: Facts) {
  const known = new Map(shownFacts(kind, facts))
  const homes = settled(homesOf(kind), [...known.keys()])
  const shown = inOrder([...known.keys()], [...homes.keys()]).map((field): [string, unknown] => [
    field,
    known.get(field),
  ])
  const tables: [string, readonly Facts[]][] = []
  const groups = new Map<string, Omit<Group, 'key'>>()
  for (const [field, value] of shown) {
    const home = homes.get(field)
    if (isTable(value) && !home?.sheet) {
      tables.push([field, value])
      continue
    }
    const prose =
      home?.schema.widget === 'paragraph' || (home?.schema.type === undefined && isProse(kind, field, value))
    const key = home?.key ?? ''
    const group = groups.get(key) ?? {
      title: home?.title ?? t.more,
      prose: home?.sheet ?? false,
      facts: {},
      tables: [],
    }
    groups.set(
      key,
      isTable(value)
        ? { ...group, tables: [...group.tables, [field, value]] }
        : { ...group, prose: group.prose || prose, facts: { ...group.facts, [field]: value } },
    )
  }
  return { tables, groups: [...groups].map(([key, group]) => ({ key, ...group })), homes }
}

type Group = {
  readonly key: string
  readonly title: string
  /** Read rather than glanced at: it stands beneath, not beside. */
  readonly prose: boolean
  readonly facts: Facts
  readonly tables: readonly (readonly [string, readonly Facts[]])[]
}

type Home = {
  readonly key: string
  readonly title: string
  readonly schema: Schema
  readonly opens: boolean
  /** On a page of a form that is so long that it is divided. */
  readonly sheet: boolean
}

/** Where each field was first asked: a page of the form that opens the record, or a later command. */
function homesOf(kind: KindMeta): ReadonlyMap<string, Home> {
  const homes = new Map<string, Home>()
  const commands = Object.entries(kind.commands).toSorted(([, a], [, b]) => Number(b.opens) - Number(a.opens))
  for (const [name, { schema, title, opens }] of commands) {
    const sheet = sheetsOf(schema, kind).length > 0
    for (const [field, one] of Object.entries(schema.properties ?? {})) {
      if (homes.has(field)) continue
      const paged = opens || sheet
      const page = paged && one.page !== undefined ? (kind.pages?.[one.page] ?? title) : title
      homes.set(field, { key: paged ? `${name} ${one.page ?? ''}` : name, title: page, schema: one, opens, sheet })
    }
  }
  return homes
}

/** A fact that no form asks for belongs to where the one before it was asked. */
function settled(homes: ReadonlyMap<string, Home>, fields: readonly string[]): ReadonlyMap<string, Home> {
  const all = new Map(homes)
  let last: Home | undefined
  for (const field of fields) {
    const home = all.get(field)
    if (home) last = home.sheet ? undefined : home
    else if (last) all.set(field, { ...last, schema: {} })
  }
  return all
}

/** As they are asked in forms; what no form asks stands last. */
function inOrder(names: readonly string[], asked: readonly string[]): readonly string[] {
  const place = (name: string) => (asked.includes(name) ? asked.indexOf(name) : asked.length)
  return names.toSorted((a, b) => place(a) - place(b))
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

export function isTable(value: unknown): value is readonly Facts[] {
  return Array.isArray(value) && typeof value[0] === 'object'
}

export function shownFacts(kind: KindMeta, facts: Facts): readonly [string, unknown][] {
  return Object.entries(facts).filter(([field, value]) => !isNone(value) && kind.widgets[field] !== 'files')
}
