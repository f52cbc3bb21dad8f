// One question and its answer: what the list says, by which entries, how sure, and where in this city it is applied for.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { dateWords, useAnswer, useMe, words } from '../../../web/part/index.ts'

const t = words({
  'zh-CN': {
    title: '市场准入：能不能做',
    words: '想做什么',
    industry: '行业代码或名称',
    on: '按哪一天的清单',
    look: '查询',
    by: (name: string, number: string, from: string) => `依据《${name}》（${number}），${from}起施行`,
    partly: (held: number, total: number) => `这一版只收录了 ${held} 项（文件写明 ${total} 项），查不到不等于没有。`,
    part: { barred: '禁止准入类', permit: '许可准入类' },
    number: '项目号',
    items: '本市事项',
    none: '没有标明本市事项',
    measures: '措施',
    annex: '附件中的禁止性规定',
    empty: '写下企业想做的事，查它在全国统一的清单里是禁止、须许可，还是可以依法直接进入。',
    report: '代为反映隐性壁垒',
    list: '整份清单',
    load: '录入清单版本',
    editions: '各版本',
    link: '对应本市事项',
  },
  en: {
    title: 'Market access: may one do it',
    words: 'What is to be done',
    industry: 'Code or name of the industry',
    on: 'By the list of',
    look: 'Look up',
    by: (name: string, number: string, from: string) => `By ${name} (${number}), in force from ${from}`,
    partly: (held: number, total: number) =>
      `Only ${held} matters of this edition are here (${total} declared): what is not found may still be on it.`,
    part: { barred: 'Barred', permit: 'Needs a permit' },
    number: 'Matter',
    items: 'In this city',
    none: 'No item is named',
    measures: 'Measures',
    annex: 'Prohibitions of the annex',
    empty:
      'Say what the enterprise wants to do, and see whether the national list bars it, asks for a permit, or leaves it open.',
    report: 'Report a hidden barrier for somebody',
    list: 'The whole list',
    load: 'Load an edition',
    editions: 'Editions',
    link: 'Name the city’s items',
  },
})

type Told = {
  readonly verdict: 'barred' | 'permit' | 'free'
  readonly says: readonly string[]
  readonly law: string
  readonly ask: string
  readonly edition: {
    readonly number: string
    readonly name: string
    readonly from: string
    readonly held: number
    readonly total: number
    readonly whole: boolean
  }
  readonly found: readonly {
    readonly matter: string
    readonly part: 'barred' | 'permit'
    readonly matterName: string
    readonly measures: readonly { readonly measure: string; readonly authority?: string }[]
    readonly items: readonly { readonly id: string; readonly title: string }[]
  }[]
  readonly annex: readonly { readonly prohibition: string; readonly barred: string }[]
}

const FIELDS = [
  ['words', 'search'],
  ['industry', 'text'],
  ['on', 'date'],
] as const
const TONE = { barred: 'overdue', permit: 'warned', free: 'in-time' } as const
const MARK = { barred: '■', permit: '▲', free: '●' } as const

/** The question stands in the address, so that it can be sent on. */
export function Ask() {
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>
  const navigate = useNavigate()
  const mayLoad = useMe().data?.opens['access-edition']?.includes('load') === true
  // An address is read as JSON: 27 comes back as a number.
  const asked = FIELDS.map(([name]) => [name, String(search[name] ?? '')] as const).filter(([, value]) => value !== '')
  const query = useAnswer<Told>(
    asked.some(([name]) => name !== 'on')
      ? `/api/access?${new URLSearchParams(asked.map(([name, value]) => [name, value]))}`
      : undefined,
  )
  return (
    <section className="stack">
      <div className="row">
        <h1>{t.title}</h1>
        <a className="button second" href="/access/list">
          {t.list}
        </a>
        <Link to="/new/$kind/$command" params={{ kind: 'clue', command: 'report' } as never}>
          {t.report}
        </Link>
        {mayLoad && (
          <>
            <a href="/import?kind=access-edition">{t.load}</a>
            <Link to="/list/$kind" params={{ kind: 'access-edition' } as never}>
              {t.editions}
            </Link>
            <Link to="/record/$kind/$id" params={{ kind: 'access-list', id: 'national' } as never}>
              {t.link}
            </Link>
          </>
        )}
      </div>
      <form
        className="filters"
        role="search"
        aria-label={t.title}
        onSubmit={(event) => {
          event.preventDefault()
          const given = new FormData(event.currentTarget)
          const next = FIELDS.map(([name]) => [name, given.get(name)] as const)
          const said = next.filter(([, value]) => typeof value === 'string' && value.trim() !== '')
          void navigate({ to: '.', search: Object.fromEntries(said) as never })
        }}
      >
        {FIELDS.map(([name, type]) => (
          <label key={`${name} ${search[name] ?? ''}`}>
            {t[name]}
            <input name={name} type={type} defaultValue={search[name] ?? ''} autoComplete="off" />
          </label>
        ))}
        <button>{t.look}</button>
      </form>
      {asked.length === 0 && <p className="soft">{t.empty}</p>}
      {query.error && (
        <p className="told warned" role="alert">
          {messagesOf(query.error)}
        </p>
      )}
      {query.data && <Answer told={query.data} />}
    </section>
  )
}

/** What is wrong with each field, or else with the question. */
function messagesOf(error: Error): string {
  const { fields = [] } = error as Error & { readonly fields?: readonly { readonly message: string }[] }
  return fields.length > 0 ? fields.map(({ message }) => message).join(' ') : error.message
}

function Answer({ told }: { readonly told: Told }) {
  const { verdict, says, edition, found, annex } = told
  const [headline, ...doubts] = says
  return (
    <>
      <p role="status" className={TONE[verdict]}>
        <span aria-hidden="true">{MARK[verdict]}</span> <strong>{headline}</strong>
      </p>
      {doubts.length > 0 && (
        <ul className="soft">
          {doubts.map((doubt) => (
            <li key={doubt}>{doubt}</li>
          ))}
        </ul>
      )}
      {verdict === 'free' && <p>{told.law}</p>}
      <p className="soft">{t.by(edition.name, edition.number, dateWords(edition.from))}</p>
      {!edition.whole && <p className="warned">{t.partly(edition.held, edition.total)}</p>}
      <p className="soft">{told.ask}</p>
      <ul className="rows">
        {found.map(({ matter, part, matterName, measures, items }) => (
          <li key={matter}>
            <span>
              <span className={TONE[part]}>
                <span aria-hidden="true">{MARK[part]}</span> {t.part[part]}
              </span>{' '}
              <span className="soft">{`${t.number} ${matter}`}</span> <strong>{matterName}</strong>
              {measures.length > 0 && (
                <small className="soft">
                  {measures
                    .map(({ measure, authority }) => [measure, authority].filter(Boolean).join(' · '))
                    .join('；')}
                </small>
              )}
            </span>
            <span>
              {part === 'permit' && <span className="soft">{items.length === 0 ? t.none : t.items}</span>}
              {items.map(({ id, title }) => (
                <span key={id}>
                  {' '}
                  <Link to="/record/$kind/$id" params={{ kind: 'item', id } as never}>
                    {title}
                  </Link>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {annex.length > 0 && (
        <>
          <h2>{t.annex}</h2>
          <ul>
            {annex.map(({ prohibition, barred }) => (
              <li key={prohibition} className="said">
                {barred}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
