// The units as a tree, and beside it the chosen one: who holds which post in it, and what may be done.
import { Link, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Empty, useList, useMe, useMeta, useWide, Waiting, words, type Item } from '../../../web/part/index.ts'

const t = words({
  'zh-CN': {
    title: '单位与人员',
    setUp: '设立单位',
    enrol: '登记人员',
    appoint: '任命岗位',
    importing: '批量导入企业',
    choose: '从左边选择一个单位，查看其中的岗位。',
    posts: '在任岗位',
    noPosts: '没有在任岗位。',
    below: (n: number) => `${n} 个下级单位`,
    record: '打开单位记录',
    find: '查找单位',
    none: '没有找到',
  },
  en: {
    title: 'Units and people',
    setUp: 'Set up a unit',
    enrol: 'Enrol a person',
    appoint: 'Appoint',
    importing: 'Import enterprises',
    choose: 'Choose a unit on the left to see its posts.',
    posts: 'Posts held',
    noPosts: 'No post is held here.',
    below: (n: number) => `${n} below`,
    record: 'Open the unit’s record',
    find: 'Find a unit',
    none: 'Nothing found',
  },
})

export function Units() {
  const meta = useMeta()
  const me = useMe()
  const search = useSearch({ strict: false }) as { unit?: string }
  const { items, query } = useList('unit', { limit: '100', open: 'yes' })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  // A tree is only a tree when all of it is there.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  if (!query.data || !meta.data || !me.data) return <Waiting query={query} />
  const known = new Set(items.map((unit) => unit.id))
  const roots = items.filter((unit) => !known.has(String(unit.facts['parent'])))
  const chosen = items.find((unit) => unit.id === search.unit)
  const { opens } = me.data
  const doors = [
    ['unit', 'setUp', t.setUp],
    ['person', 'enrol', t.enrol],
    ['post', 'appoint', t.appoint],
  ] as const
  return (
    <div className={chosen ? 'split even chosen' : 'split even'}>
      <section className="side stack" aria-label={t.title}>
        <h1>{t.title}</h1>
        <p className="row">
          {doors
            .filter(([kind, command]) => opens[kind]?.includes(command))
            .map(([kind, command, text]) => (
              <Link
                key={command}
                className="button second"
                to="/new/$kind/$command"
                params={{ kind, command } as never}
                search={
                  (chosen && kind !== 'person' ? { [kind === 'unit' ? 'parent' : 'unit']: chosen.id } : {}) as never
                }
              >
                {text}
              </Link>
            ))}
          {opens['enterprise']?.includes('enter') && <a href="/import">{t.importing}</a>}
        </p>
        <Tree units={items} under={roots} chosen={chosen} open />
      </section>
      <section className="main stack" aria-label={t.posts}>
        {chosen ? (
          <>
            <p className="onlynarrow">
              <Link to="." search={{} as never}>{`← ${t.title}`}</Link>
            </p>
            <Unit unit={chosen} above={items} />
          </>
        ) : (
          <Empty text={t.choose} />
        )}
      </section>
    </div>
  )
}

type TreeProps = {
  readonly units: readonly Item[]
  readonly under: readonly Item[]
  readonly chosen: Item | undefined
  readonly open?: boolean
}

function Tree({ units, under, chosen, open = false }: TreeProps) {
  return (
    <ul className="tree">
      {under
        .toSorted((a, b) => a.title.localeCompare(b.title, 'zh-CN'))
        .map((unit) => {
          const below = units.filter((one) => one.facts['parent'] === unit.id)
          const link = (
            <Link to="." search={{ unit: unit.id } as never} aria-current={unit.id === chosen?.id ? 'true' : undefined}>
              {unit.title}
            </Link>
          )
          return (
            <li key={unit.id}>
              {link}
              {below.length > 0 && (
                <details open={open || holds(units, unit.id, chosen)}>
                  <summary className="soft small">{t.below(below.length)}</summary>
                  <Tree units={units} under={below} chosen={chosen} />
                </details>
              )}
            </li>
          )
        })}
    </ul>
  )
}

/** Whether the chosen unit lies somewhere below. */
function holds(units: readonly Item[], above: string, chosen: Item | undefined): boolean {
  const parent = chosen?.facts['parent']
  if (typeof parent !== 'string') return false
  return (
    parent === above ||
    holds(
      units,
      above,
      units.find((one) => one.id === parent),
    )
  )
}

function Unit({ unit, above }: { readonly unit: Item; readonly above: readonly Item[] }) {
  const meta = useMeta()
  const wide = useWide()
  const posts = useList('post', { unit: unit.id, open: 'yes', limit: '100' })
  if (!meta.data) return null
  const parent = above.find((one) => one.id === unit.facts['parent'])
  const roles = meta.data.kinds['post']!.options
  const byRole = posts.items.toSorted((a, b) => String(a.facts['role']).localeCompare(String(b.facts['role'])))
  return (
    <>
      <p className="soft">
        {[parent?.title, meta.data.kinds['unit']!.options[String(unit.facts['type'])]].filter(Boolean).join(' · ')}
      </p>
      {wide ? <h2>{unit.title}</h2> : <h1>{unit.title}</h1>}
      <p>
        <Link to="/record/$kind/$id" params={{ kind: 'unit', id: unit.id } as never}>
          {t.record}
        </Link>
      </p>
      {wide ? <h3>{t.posts}</h3> : <h2>{t.posts}</h2>}
      {posts.query.data && posts.items.length === 0 && <Empty text={t.noPosts} />}
      <ul className="rows">
        {byRole.map((post) => (
          <li key={post.id}>
            <span>
              <Link to="/record/$kind/$id" params={{ kind: 'post', id: post.id } as never}>
                {post.title}
              </Link>
            </span>
            <span className="tag">{roles[String(post.facts['role'])]}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
