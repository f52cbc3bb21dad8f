// The city's time limits: what is in force by which article, what waits to be published, and what is still to be laid down.
import { Link } from '@tanstack/react-router'
import { dateWords, lang, useList, useMe, useMeta, Waiting, words, type Item } from '../../../web/part/index.ts'

const t = words({
  'zh-CN': {
    title: '时限规则',
    lay: '拟定规则',
    inForce: '现行',
    coming: '即将施行',
    draft: '待另一人发布',
    missing: '尚未制定',
    missingNote: '没有规则的环节不计时限；必须有规则才能办理的步骤会被拒绝。',
    past: '已停止施行',
    name: '时限',
    term: '期限',
    article: '依据',
    from: '施行日期',
    until: '至',
    none: '没有',
  },
  en: {
    title: 'Time limits',
    lay: 'Lay down a rule',
    inForce: 'In force',
    coming: 'Coming into force',
    draft: 'Waiting for another to publish',
    missing: 'Not laid down yet',
    missingNote: 'A step without a rule has no clock; a step that needs one is refused.',
    past: 'No longer in force',
    name: 'Limit',
    term: 'Term',
    article: 'Rests on',
    from: 'In force from',
    until: 'to',
    none: 'None',
  },
})

function text({ facts }: Item, field: string): string {
  const value = facts[field]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export function Rules() {
  const meta = useMeta()
  const me = useMe()
  const { items, query } = useList('rule', { limit: '100' })
  if (!query.data || !meta.data || !me.data) return <Waiting query={query} />
  const { today } = me.data
  const published = items.filter((one) => one.phase === 'published')
  const past = published.filter((one) => one.facts['to'] !== undefined && text(one, 'to') < today)
  const standing = published.filter((one) => !past.includes(one))
  const inForce = standing.filter((one) => text(one, 'from') <= today)
  const codes = meta.data.codes['limit'] ?? []
  const missing = codes.filter(({ code }) => !inForce.some((one) => one.facts['rule'] === code))
  const mayLay = me.data.opens['rule']?.includes('lay') === true
  return (
    <section className="stack">
      <div className="row">
        <h1>{t.title}</h1>
        {mayLay && <Lay className="button second" text={t.lay} />}
      </div>
      <Table title={t.draft} rules={items.filter((one) => one.phase === 'draft')} />
      <Table title={t.inForce} rules={inForce} always />
      <Table title={t.coming} rules={standing.filter((one) => !inForce.includes(one))} />
      {missing.length > 0 && (
        <>
          <h2>{`${t.missing} (${missing.length})`}</h2>
          <p className="soft">{t.missingNote}</p>
          <ul className="rows">
            {missing.map(({ code, name }) => (
              <li key={code}>
                <span>{name}</span>
                {mayLay && <Lay rule={code} text={t.lay} />}
              </li>
            ))}
          </ul>
        </>
      )}
      <Table title={t.past} rules={past} />
    </section>
  )
}

function Lay({
  rule,
  text,
  className,
}: {
  readonly rule?: string
  readonly text: string
  readonly className?: string
}) {
  return (
    <Link
      className={className}
      to="/new/$kind/$command"
      params={{ kind: 'rule', command: 'lay' } as never}
      search={(rule === undefined ? {} : { rule }) as never}
    >
      {text}
    </Link>
  )
}

type TableProps = { readonly title: string; readonly rules: readonly Item[]; readonly always?: boolean }

function Table({ title, rules, always = false }: TableProps) {
  const meta = useMeta()
  if (!meta.data || (rules.length === 0 && !always)) return null
  const { options } = meta.data.kinds['rule']!
  const codes = meta.data.codes['limit'] ?? []
  const nameOf = (rule: Item) => codes.find(({ code }) => code === rule.facts['rule'])?.name ?? rule.title
  const unitOf = (rule: Item) => options[text(rule, 'unit')] ?? text(rule, 'unit')
  return (
    <>
      <h2>{`${title} (${rules.length})`}</h2>
      {rules.length === 0 ? (
        <p className="soft">{t.none}</p>
      ) : (
        <div className="wide" tabIndex={0} role="region" aria-label={title}>
          <table className="cards">
            <thead>
              <tr>
                {[t.name, t.term, t.article, t.from].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rules
                .toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), lang))
                .map((rule) => (
                  <tr key={rule.id}>
                    <td data-label={t.name}>
                      <Link to="/record/$kind/$id" params={{ kind: 'rule', id: rule.id } as never}>
                        {nameOf(rule)}
                      </Link>
                    </td>
                    <td data-label={t.term}>{`${text(rule, 'budget')} ${unitOf(rule)}`}</td>
                    <td data-label={t.article} className="said">
                      {text(rule, 'article')}
                      {rule.facts['note'] !== undefined && <small className="soft">{` ${text(rule, 'note')}`}</small>}
                    </td>
                    <td data-label={t.from}>
                      {dateWords(text(rule, 'from'))}
                      {rule.facts['to'] !== undefined && ` ${t.until} ${dateWords(text(rule, 'to'))}`}
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
