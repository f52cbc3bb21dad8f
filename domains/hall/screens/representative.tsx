// The chief representative's own page: his letter and how long it holds, his days of duty, what waits within his powers, what he has decided.
import { Link } from '@tanstack/react-router'
import {
  dateWords,
  daysBetween,
  Empty,
  More,
  Rows,
  said,
  useItem,
  useList,
  useMe,
  useMeta,
  Waiting,
  words,
  type Item,
} from '../../../web/part/index.ts'

const t = words({
  'zh-CN': {
    title: '我的授权',
    none: '您还没有授权书。由本单位负责人授权、政务服务管理部门备案后显示在这里。',
    over: '授权已经终止或到期，现在不能以首席事务代表的身份办理。请联系本单位负责人。',
    waiting: '授权书等待备案，备案以前不能办理。',
    changing: '变更后的授权书等待备案，备案以前按原授权书办理。',
    notYet: (day: string) => `授权自${day}起生效。`,
    left: (n: number) => (n === 0 ? '今天是最后一天' : `还有 ${n} 天到期`),
    unit: '单位',
    powers: '权限',
    items: '事项',
    all: '本单位全部事项',
    many: (n: number) => `${n} 项事项`,
    term: '期限',
    to: '至',
    filedOn: '备案日期',
    letter: '授权书文号',
    open: '查看授权书',
    duties: '值班日',
    noDuties: '没有排到值班。',
    waits: '等您办理',
    waitsNote: '本单位的办件中，在您的权限以内、现在可以办理的。',
    nothing: '没有等您办理的办件。',
    decided: '本月您作出的决定',
    noDecisions: '本月还没有作出决定。',
    count: (n: number) => `${n} 件`,
    between: '、',
  },
  en: {
    title: 'My powers',
    none: 'You have no letter yet. It shows here once the head of your unit has granted it and the service bureau has filed it.',
    over: 'Your letter has ended, so you cannot act as a representative now. Ask the head of your unit.',
    waiting: 'Your letter waits to be filed; until then you cannot act under it.',
    changing: 'A changed letter waits to be filed; until then the one before it holds.',
    notYet: (day: string) => `Your letter is in force from ${day}.`,
    left: (n: number) => (n === 0 ? 'today is its last day' : `${n} ${n === 1 ? 'day' : 'days'} left`),
    unit: 'Unit',
    powers: 'Powers',
    items: 'Items',
    all: 'all items of the unit',
    many: (n: number) => `${n} ${n === 1 ? 'item' : 'items'}`,
    term: 'Term',
    to: 'to',
    filedOn: 'Filed on',
    letter: 'Letter',
    open: 'Show the letter',
    duties: 'Days of duty',
    noDuties: 'You are not on the roster.',
    waits: 'Waiting for you',
    waitsNote: 'Applications of your unit that are within your powers and can be dealt with now.',
    nothing: 'Nothing waits for you.',
    decided: 'Decided by you this month',
    noDecisions: 'You have decided nothing this month.',
    count: (n: number) => String(n),
    between: ', ',
  },
})

/** At each stage, the powers of which one lets him do what comes next. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  received: ['accept'],
  examining: ['examine', 'decide'],
  special: ['examine'],
  decided: ['seal'],
  verifying: ['examine'],
}
/** More items than these are folded under their number. */
const FEW = 6

const text = ({ facts }: Item, field: string): string => (typeof facts[field] === 'string' ? facts[field] : '')
const all = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : [])

export function MyLetter() {
  const meta = useMeta()
  const me = useMe()
  const letter = useItem('delegation', me.data?.id)
  const looked = useList('delegation', { id: me.data?.id }, me.data !== undefined)
  if (!me.data || !meta.data || !looked.query.data) return <Waiting query={looked.query} />
  const { today } = me.data
  if (!letter)
    return (
      <section className="stack">
        <h1>{t.title}</h1>
        {looked.items.length === 0 && <Empty text={t.none} />}
        <Duties person={me.data.id} today={today} />
      </section>
    )
  const { item, names } = letter
  const from = text(item, 'from')
  const to = text(item, 'to')
  const held = item.phase === 'filed' && from <= today && today <= to
  return (
    <section className="stack">
      <h1>{t.title}</h1>
      <Letter item={item} names={names} today={today} held={held} />
      <Duties person={me.data.id} today={today} />
      {held && <Waits item={item} />}
      <Decided person={me.data.id} month={today.slice(0, 7)} />
    </section>
  )
}

type LetterProps = {
  readonly item: Item
  readonly names: Readonly<Record<string, string>>
  readonly today: string
  readonly held: boolean
}

function Letter({ item, names, today, held }: LetterProps) {
  const meta = useMeta()
  const kind = meta.data!.kinds['delegation']!
  const items = all(item.facts['items']).map((one) => names[one] ?? one)
  const from = text(item, 'from')
  const to = text(item, 'to')
  const told =
    item.phase === 'ended' || to < today
      ? t.over
      : item.phase === 'granted'
        ? t.waiting
        : from > today
          ? t.notYet(dateWords(from))
          : item.facets['awaits'] === 'filing'
            ? t.changing
            : undefined
  return (
    <section className="stack">
      {told !== undefined && (
        <p className={held ? undefined : 'warned'} role="status">
          {told}
        </p>
      )}
      {from !== '' && (
        <dl className="facts">
          <dt>{t.powers}</dt>
          <dd>
            <strong>{said(kind, item.facts['powers'], names, 'powers')}</strong>
          </dd>
          <dt>{t.items}</dt>
          <dd>
            {item.facts['items'] === undefined ? (
              t.all
            ) : items.length <= FEW ? (
              items.join(t.between)
            ) : (
              <details>
                <summary>{t.many(items.length)}</summary>
                {items.join(t.between)}
              </details>
            )}
          </dd>
          <dt>{t.term}</dt>
          <dd>
            {dateWords(from)} {t.to} {dateWords(to)} {held && <strong>{t.left(daysBetween(today, to))}</strong>}
          </dd>
          <dt>{t.unit}</dt>
          <dd>{item.unitName}</dd>
          {text(item, 'filedOn') !== '' && (
            <>
              <dt>{t.filedOn}</dt>
              <dd>{dateWords(text(item, 'filedOn'))}</dd>
            </>
          )}
          <dt>{t.letter}</dt>
          <dd>
            <Link to="/record/$kind/$id" params={{ kind: 'delegation', id: item.id } as never} aria-label={t.open}>
              {text(item, 'letter')}
            </Link>
          </dd>
        </dl>
      )}
    </section>
  )
}

function Duties({ person, today }: { readonly person: string; readonly today: string }) {
  const { items, names, query } = useList('duty', { 'facet.handler': person, open: 'yes', limit: '100' })
  const coming = items
    .filter((one) => text(one, 'on') >= today)
    .toSorted((a, b) => text(a, 'on').localeCompare(text(b, 'on')))
  return (
    <section className="stack">
      <h2>{t.duties}</h2>
      {!query.data ? (
        <Waiting query={query} />
      ) : coming.length === 0 ? (
        <p className="soft">{t.noDuties}</p>
      ) : (
        <ul className="rows">
          {coming.map((one) => (
            <li key={one.id}>
              <span>
                <Link to="/record/$kind/$id" params={{ kind: 'duty', id: one.id } as never}>
                  {dateWords(text(one, 'on'))}
                </Link>
                <small className="soft">{names[text(one, 'hall')]}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** What his letter and the item’s own version both open to him, as the door will decide it. */
function Waits({ item: letter }: { readonly item: Item }) {
  const meta = useMeta()
  const { items, names, query } = useList('application', {
    unit: letter.unit ?? 'own',
    phase: Object.keys(NEXT).join(','),
    order: 'due',
    limit: '100',
  })
  const [given, named] = [all(letter.facts['powers']), letter.facts['items']]
  const mine = items.filter((one) => {
    const next = (NEXT[one.phase] ?? []).filter((power) => all(one.facts['powers']).includes(power))
    return (
      next.some((power) => given.includes(power)) && (named === undefined || all(named).includes(text(one, 'item')))
    )
  })
  return (
    <section className="stack">
      <h2>
        {t.waits} {query.data && !query.hasNextPage && <span className="soft">{t.count(mine.length)}</span>}
      </h2>
      <p className="soft">{t.waitsNote}</p>
      {!query.data ? (
        <Waiting query={query} />
      ) : (
        <>
          {mine.length === 0 && !query.hasNextPage ? (
            <p className="soft">{t.nothing}</p>
          ) : (
            <Rows items={mine} meta={meta.data!} names={names} />
          )}
          <More query={query} />
        </>
      )}
    </section>
  )
}

function Decided({ person, month }: { readonly person: string; readonly month: string }) {
  const meta = useMeta()
  const { items, names, query } = useList('application', {
    'facet.decidedBy': person,
    'facet.decidedIn': month,
    limit: '100',
  })
  return (
    <section className="stack">
      <h2>
        {t.decided} {query.data && !query.hasNextPage && <span className="soft">{t.count(items.length)}</span>}
      </h2>
      {!query.data ? (
        <Waiting query={query} />
      ) : items.length === 0 ? (
        <p className="soft">{t.noDecisions}</p>
      ) : (
        <>
          <Rows items={items} meta={meta.data!} names={names} />
          <More query={query} />
        </>
      )}
    </section>
  )
}
