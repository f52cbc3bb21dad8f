// The city's calendars year by year: days off and make-up days as arranged, the notice they rest on, drafts to be checked and
// published by somebody else, and years that are still provisional.
import { Link, useSearch } from '@tanstack/react-router'
import { compileCalendar, isWorkday } from '../../../kernel/clock/calendar.ts'
import { civil, dayOf, weekday } from '../../../kernel/clock/date.ts'
import { editions, type Edition } from '../../../kernel/clock/editions.ts'
import { lang, useList, useMe, useMeta, Waiting, words, type Item } from '../../../web/part/index.ts'

const t = words({
  'zh-CN': {
    title: '工作日历',
    draft: '拟定一年的安排',
    provisional: '暂定',
    provisionalNote:
      '这一年的安排尚未公布，期限暂按法定节假日和周末推算；公布后由一人拟定、另一人发布，未办结事项的期限随即重新计算。',
    built: '随系统提供',
    unverified: '文号未经核对',
    published: '已发布',
    toPublish: '待发布',
    notice: '依据',
    off: '放假',
    work: '补班',
    workdays: (n: number) => `全年 ${n} 个工作日`,
    year: (year: number) => `${year} 年`,
    month: (month: number) => `${month} 月`,
    week: ['一', '二', '三', '四', '五', '六', '日'],
    open: '核对并发布',
    see: '查看记录',
    years: '年度',
    legend: '图例',
  },
  en: {
    title: 'Calendars',
    draft: 'Draft a year',
    provisional: 'provisional',
    provisionalNote:
      'Not announced yet: limits assume statutory holidays and weekends. One person drafts the announcement, another publishes it, and open clocks are then worked out again.',
    built: 'comes with the system',
    unverified: 'number not verified',
    published: 'published',
    toPublish: 'to be published',
    notice: 'Rests on',
    off: 'Day off',
    work: 'Make-up working day',
    workdays: (n: number) => `${n} working days`,
    year: (year: number) => String(year),
    month: (month: number) =>
      ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][month - 1]!,
    week: ['M', 'T', 'W', 'T', 'F', 'S', 'S'],
    open: 'Check and publish',
    see: 'The record',
    years: 'Years',
    legend: 'Legend',
  },
})

type Year = {
  readonly year: number
  readonly edition: Edition | undefined
  readonly record: Item | undefined
}

export function Calendars() {
  const meta = useMeta()
  const me = useMe()
  const search = useSearch({ strict: false }) as { year?: string }
  const { items, query } = useList('calendar', { limit: '100' })
  if (!query.data || !meta.data || !me.data) return <Waiting query={query} />
  const now = Number(me.data.today.slice(0, 4))
  const last = Math.max(now + 1, ...editions.map((one) => one.year), ...items.map((one) => Number(one.facts['year'])))
  const years = Array.from({ length: last - 2006 }, (_, place): Year => {
    const year = last - place
    // A draft stands before what is in force, so that it is checked; of several the newest.
    const record =
      items.find((one) => one.facts['year'] === year && one.phase === 'draft') ??
      items.find((one) => one.facts['year'] === year)
    return { year, record, edition: record ? editionOf(record) : editions.find((one) => one.year === year) }
  })
  const shown = years.find((one) => String(one.year) === search.year) ?? years.find((one) => one.year === now)!
  const mayDraft = me.data.opens['calendar']?.includes('draft')
  return (
    <section className="stack">
      <div className="row">
        <h1>{t.title}</h1>
        {mayDraft && (
          <Link
            className="button second"
            to="/new/$kind/$command"
            params={{ kind: 'calendar', command: 'draft' } as never}
          >
            {t.draft}
          </Link>
        )}
      </div>
      <nav className="years" aria-label={t.years}>
        {years.map((one) => (
          <Link
            key={one.year}
            to="."
            search={{ year: String(one.year) } as never}
            aria-current={one === shown ? 'page' : undefined}
          >
            {one.year} <small className={one.edition ? 'soft' : 'warned'}>{stateOf(one)}</small>
          </Link>
        ))}
      </nav>
      <h2>{`${t.year(shown.year)} ${shown.edition ? '' : `▲ ${t.provisional}`}`}</h2>
      <About shown={shown} />
      <Months year={shown.year} edition={shown.edition} />
    </section>
  )
}

function stateOf({ edition, record }: Year): string {
  if (!edition) return `▲ ${t.provisional}`
  return record?.phase === 'draft' ? t.toPublish : ''
}

function editionOf(record: Item): Edition {
  const { year, off, work, notice, noticeDate } = record.facts as {
    year: number
    off: { from: string; to: string }[]
    work: string[]
    notice: string
    noticeDate: string
  }
  return {
    year,
    off: off.map(({ from, to }) => [from, to] as const),
    work,
    notices: [{ number: notice, date: noticeDate, verified: true }],
  }
}

function About({ shown: { edition, record } }: { readonly shown: Year }) {
  if (!edition) return <p className="told">{t.provisionalNote}</p>
  return (
    <p className="row">
      <span>
        {`${t.notice} ${edition.notices
          .map((one) => `${one.number}${one.verified ? '' : ` (${t.unverified})`}`)
          .join(lang === 'en' ? '; ' : '；')}`}
      </span>
      <span className="soft">{record ? (record.phase === 'draft' ? t.toPublish : t.published) : t.built}</span>
      {record && (
        <Link to="/record/$kind/$id" params={{ kind: 'calendar', id: record.id } as never}>
          {record.phase === 'draft' ? t.open : t.see}
        </Link>
      )}
    </p>
  )
}

/** Twelve months with every day off and every make-up day, as the clocks of this year will count them. */
function Months({ year, edition }: { readonly year: number; readonly edition: Edition | undefined }) {
  const calendar = compileCalendar([...editions.filter((one) => one.year !== year), ...(edition ? [edition] : [])])
  const days = (month: number) => {
    const first = dayOf(`${year}-${String(month).padStart(2, '0')}-01`)
    const next = dayOf(month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`)
    return Array.from({ length: next - first }, (_, place) => first + place)
  }
  const kindOf = (day: number) => {
    const weekend = weekday(day) % 6 === 0
    if (isWorkday(calendar, day)) return weekend ? 'work' : ''
    return weekend ? 'weekend' : 'off'
  }
  const all = Array.from({ length: 12 }, (_, place) => place + 1)
  return (
    <>
      <p className="legend small" aria-label={t.legend}>
        <span>
          <b className="day off">1</b> {t.off}
        </span>
        <span>
          <b className="day work">1</b> {t.work}
        </span>
        <span className="soft">{t.workdays(all.flatMap(days).filter((day) => isWorkday(calendar, day)).length)}</span>
      </p>
      <div className="months">
        {all.map((month) => (
          <section key={month} aria-label={`${t.year(year)} ${t.month(month)}`}>
            <h3>{t.month(month)}</h3>
            <ol className="days">
              {t.week.map((name, place) => (
                <li key={`${place}`} className="soft" aria-hidden="true">
                  {name}
                </li>
              ))}
              {days(month).map((day, place) => {
                const kind = kindOf(day)
                const says = kind === 'off' ? t.off : kind === 'work' ? t.work : ''
                return (
                  <li
                    key={day}
                    className={`day ${kind}`}
                    style={place === 0 ? { gridColumnStart: ((weekday(day) + 6) % 7) + 1 } : undefined}
                  >
                    {Number(civil(day).slice(8))}
                    {says !== '' && <span className="unseen">{` ${says}`}</span>}
                  </li>
                )
              })}
            </ol>
          </section>
        ))}
      </div>
    </>
  )
}
