// The list of papers handed over (交接清单) between windows and units, of a day or a month, to be printed and signed; what nobody has signed for
// stands above it until somebody does.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import {
  Empty,
  lang,
  listPath,
  useList,
  useMe,
  useMeta,
  Waiting,
  words,
  type Item,
  type Names,
} from '../../../web/part/index.ts'

const t = words({
  'zh-CN': {
    title: '交接清单',
    lead: '窗口移交、单位签收的纸质材料。没有签收的，不论哪天移交，都排在前面。',
    side: '清单',
    sent: '本窗口移交',
    received: '移交给本单位',
    span: '范围',
    day: '一天',
    month: '一个月',
    when: '日期',
    inMonth: '月份',
    unit: '对方单位',
    anyUnit: '全部',
    print: '打印',
    table: '下载表格（xlsx）',
    total: (n: number, open: number) => `共 ${n} 件，${open === 0 ? '全部签收' : `${open} 件没有签收`}`,
    cut: (n: number) => `只列出前 ${n} 件。请选择一天，或者下载表格。`,
    standing: (n: number) => `其他日期移交、还没有签收的 ${n} 件`,
    standingCut: (n: number) => `只查到最早登记的 ${n} 件没有签收的。`,
    none: '这段时间没有移交的纸质材料。窗口在办件中办理“移交纸质材料”后出现在这里。',
    number: '编号',
    item: '事项',
    applicant: '申请人',
    papers: '材料',
    amount: (originals: number, copies: number) =>
      [originals > 0 && `原件 ${originals}`, copies > 0 && `复印件 ${copies}`].filter(Boolean).join('，'),
    from: '移交窗口',
    to: '签收单位',
    sentAt: '移交',
    takenAt: '签收',
    open: '没有签收',
    noPapers: '没有列明',
    signSent: '移交人（签字）：',
    signTaken: '签收人（签字）：',
    signDay: '年　　月　　日',
    of: (what: string, day: string) => `${what}　${day}`,
  },
  en: {
    title: 'Hand-over list',
    lead: 'Papers that went from windows to units. What is not signed for stands first, on whichever day it went.',
    side: 'List',
    sent: 'Handed over by my window',
    received: 'Handed over to my unit',
    span: 'Range',
    day: 'One day',
    month: 'One month',
    when: 'Day',
    inMonth: 'Month',
    unit: 'Other side',
    anyUnit: 'All',
    print: 'Print',
    table: 'Download as a table (xlsx)',
    total: (n: number, open: number) => `${n} in all, ${open === 0 ? 'all signed for' : `${open} not signed for`}`,
    cut: (n: number) => `Only the first ${n} are shown. Choose one day, or download the table.`,
    standing: (n: number) => `Handed over on other days and not signed for: ${n}`,
    standingCut: (n: number) => `Only the first ${n} that are not signed for were read.`,
    none: 'No papers were handed over in this time. They show here once a window hands over the papers of an application.',
    number: 'Number',
    item: 'Item',
    applicant: 'Applicant',
    papers: 'Papers',
    amount: (originals: number, copies: number) =>
      [
        originals > 0 && `${originals} ${originals === 1 ? 'original' : 'originals'}`,
        copies > 0 && `${copies} ${copies === 1 ? 'copy' : 'copies'}`,
      ]
        .filter(Boolean)
        .join(', '),
    from: 'From window',
    to: 'To unit',
    sentAt: 'Handed over',
    takenAt: 'Signed for',
    open: 'not signed for',
    noPapers: 'not listed',
    signSent: 'Handed over by (signature):',
    signTaken: 'Received by (signature):',
    signDay: 'Date:',
    of: (what: string, day: string) => `${what}, ${day}`,
  },
})

type Side = 'sent' | 'received'
type Address = { readonly side?: Side; readonly day?: string; readonly unit?: string | undefined }
type OnPaper = { readonly name: string; readonly originals?: number; readonly copies?: number }

/** More than anybody signs for by hand. */
const MOST = 100
const COLUMNS = 'item,enterprise,applicant,onPaper,registrar,sentAt,sentBy,takenAt,takenBy'

const text = ({ facts }: Item, field: string): string => (typeof facts[field] === 'string' ? facts[field] : '')

export function HandOvers() {
  const meta = useMeta()
  const me = useMe()
  const search = useSearch({ strict: false }) as Address
  const navigate = useNavigate()
  const roles = me.data?.posts.map(({ role }) => role) ?? []
  const sides: readonly Side[] = [
    ...(roles.includes('clerk') ? (['sent'] as const) : []),
    ...(roles.some((role) => role !== 'clerk') ? (['received'] as const) : []),
  ]
  const side = sides.find((one) => one === search.side) ?? sides[0] ?? 'received'
  const day = /^\d{4}-\d{2}(-\d{2})?$/.test(search.day ?? '') ? search.day! : (me.data?.today ?? '')
  const whole = day.length === 7
  const ours = side === 'sent' ? { party: 'own' } : { unit: 'own' }
  const asked = { ...ours, [whole ? 'facet.sentIn' : 'facet.sentOn']: day }
  const first = { order: 'oldest', limit: String(MOST) }
  const known = me.data !== undefined
  const { items, names, query } = useList('application', { ...asked, ...first }, known)
  // Of one that has ended nobody can sign for the papers any more.
  const underway = useList('application', { ...ours, 'facet.papers': 'underway', open: 'yes', ...first }, known)
  if (!me.data || !meta.data || !query.data) return <Waiting query={query} />
  if (!underway.query.data) return <Waiting query={underway.query} />

  const all = { ...underway.names, ...names }
  /** The unit on the other side: where the papers went, or the window that they came from. */
  const otherOf = (item: Item) =>
    side === 'sent'
      ? [item.unit ?? '', item.unitName ?? '']
      : [text(item, 'registrar'), all[text(item, 'registrar')] ?? '']
  const before = underway.items.filter((item) => !text(item, 'sentAt').startsWith(day))
  const others = [...new Map([...before, ...items].map((item) => otherOf(item) as [string, string]))]
  const unit = others.some(([id]) => id === search.unit) ? search.unit : undefined
  const chosen = (some: readonly Item[]) =>
    some
      .filter((item) => unit === undefined || otherOf(item)[0] === unit)
      .toSorted((a, b) => order(a).localeCompare(order(b)))
  const shown = chosen(items)
  const standing = chosen(before)
  const open = shown.filter((item) => text(item, 'takenAt') === '').length
  const narrowed = { ...asked, ...(unit !== undefined && (side === 'sent' ? { unit } : { party: `unit:${unit}` })) }
  const of = { side, names: all, otherOf }
  const go = (more: Partial<Address>) =>
    void navigate({ to: '.', search: { side, day, unit, ...more }, replace: true } as never)

  return (
    <section className="stack hand-over">
      <div className="row spread">
        <h1>{t.title}</h1>
        <span className="row noprint">
          <a href={`${listPath('application', narrowed).replace('?', '/export.xlsx?')}&columns=${COLUMNS}`}>
            {t.table}
          </a>
          <button type="button" className="second" onClick={() => print()}>
            {t.print}
          </button>
        </span>
      </div>
      <p className="soft noprint">{t.lead}</p>
      <div className="filters noprint">
        {sides.length > 1 && (
          <Choice
            title={t.side}
            value={side}
            options={sides.map((one) => [one, t[one]])}
            choose={(one) => go({ side: one as Side, unit: undefined })}
          />
        )}
        <Choice
          title={t.span}
          value={whole ? 'month' : 'day'}
          options={[
            ['day', t.day],
            ['month', t.month],
          ]}
          choose={(one) => go({ day: one === 'month' ? day.slice(0, 7) : me.data!.today, unit: undefined })}
        />
        <label>
          {whole ? t.inMonth : t.when}
          <input
            type={whole ? 'month' : 'date'}
            value={day}
            max={whole ? me.data.today.slice(0, 7) : me.data.today}
            onChange={(event) => event.target.value !== '' && go({ day: event.target.value, unit: undefined })}
          />
        </label>
        <Choice
          title={t.unit}
          value={unit ?? ''}
          options={[['', t.anyUnit], ...others]}
          choose={(one) => go({ unit: one === '' ? undefined : one })}
        />
      </div>
      <p className="onlyprint">
        {t.of([me.data.place, t[side], others.find(([id]) => id === unit)?.[1]].filter(Boolean).join(' · '), day)}
      </p>
      {standing.length > 0 && (
        <section className="stack" aria-label={t.standing(standing.length)}>
          <h2>{t.standing(standing.length)}</h2>
          {underway.query.hasNextPage && <p className="warned">{t.standingCut(MOST)}</p>}
          <Table items={standing} {...of} cut={0} />
        </section>
      )}
      {shown.length === 0 ? (
        <Empty text={t.none} />
      ) : (
        <>
          <p role="status">{t.total(shown.length, open)}</p>
          {query.hasNextPage && <p className="warned">{t.cut(MOST)}</p>}
          <Table items={shown} {...of} cut={whole ? 5 : 11} />
          <div className="onlyprint">
            <div className="signatures">
              {[t.signSent, t.signTaken].map((who) => (
                <p key={who}>
                  {who}
                  <span />
                  {t.signDay}
                </p>
              ))}
            </div>
          </div>
        </>
      )}
    </section>
  )
}

/** What nobody has signed for first; then as they went. */
const order = (item: Item) => `${text(item, 'takenAt') === '' ? 0 : 1} ${text(item, 'sentAt')} ${item.id}`

type TableProps = {
  readonly side: Side
  readonly items: readonly Item[]
  readonly names: Names
  readonly otherOf: (item: Item) => readonly string[]
  /** From which sign on a moment is told: its day is said where it is not the one that was chosen. */
  readonly cut: number
}

function Table({ side, items, names, otherOf, cut }: TableProps) {
  const hand = (item: Item, at: string, by: string) =>
    [text(item, at).slice(cut), names[text(item, by)]].filter(Boolean).join(' ')
  return (
    <div className="wide">
      <table className="cards">
        <thead>
          <tr>
            {[t.number, t.item, t.applicant, t.papers, side === 'sent' ? t.to : t.from, t.sentAt, t.takenAt].map(
              (head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row">
                <Link to="/record/$kind/$id" params={{ kind: 'application', id: item.id } as never}>
                  {item.id}
                </Link>
              </th>
              <td data-label={t.item}>{names[text(item, 'item')] ?? item.title}</td>
              <td data-label={t.applicant}>{text(item, 'applicant') || names[text(item, 'enterprise')]}</td>
              <td data-label={t.papers}>
                <Papers papers={item.facts['onPaper']} />
              </td>
              <td data-label={side === 'sent' ? t.to : t.from}>{otherOf(item)[1]}</td>
              <td data-label={t.sentAt}>{hand(item, 'sentAt', 'sentBy')}</td>
              <td data-label={t.takenAt}>
                {text(item, 'takenAt') === '' ? (
                  <strong className="warned">{t.open}</strong>
                ) : (
                  hand(item, 'takenAt', 'takenBy')
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Papers({ papers }: { readonly papers: unknown }) {
  const all = (papers ?? []) as readonly OnPaper[]
  if (all.length === 0) return t.noPapers
  return all
    .map(({ name, originals = 0, copies = 0 }) =>
      [name, t.amount(originals, copies)].filter(Boolean).join(lang === 'en' ? ': ' : '：'),
    )
    .join(lang === 'en' ? '; ' : '；')
}

type ChoiceProps = {
  readonly title: string
  readonly value: string
  readonly options: readonly (readonly [value: string, text: string])[]
  readonly choose: (value: string) => void
}

function Choice({ title, value, options, choose }: ChoiceProps) {
  return (
    <label>
      {title}
      <select value={value} onChange={(event) => choose(event.target.value)}>
        {options.map(([one, said]) => (
          <option key={one} value={one}>
            {said}
          </option>
        ))}
      </select>
    </label>
  )
}
