// Everything that is kept, by domain: each kind that one may see, and what one may open.
import { Link } from '@tanstack/react-router'
import { Waiting } from '../part/waiting.tsx'
import { useMe, useMeta } from '../query.ts'
import { screens } from '../screens.ts'
import { lang, t } from '../texts.ts'
import { useTitle } from '../title.ts'

export function Records() {
  const meta = useMeta()
  const me = useMe()
  useTitle(t.records)
  if (!meta.data || !me.data) return <Waiting query={meta.error ? meta : me} />
  const { kinds, domains } = meta.data
  const { sees, opens, posts } = me.data
  const own = screens.filter(({ on }) => posts.some((post) => on[post.role] !== undefined))
  return (
    <section className="stack">
      <h1>{t.records}</h1>
      {own.length > 0 && (
        <p className="row">
          {own.map(({ path, title }) => (
            <Link key={path} to={`/${path}` as never}>
              {title[lang]}
            </Link>
          ))}
        </p>
      )}
      {domains.map((domain) => {
        const shown = domain.kinds.filter((name) => sees.includes(name) || (opens[name]?.length ?? 0) > 0)
        if (shown.length === 0) return null
        return (
          <section key={domain.name} className="stack">
            <h2>{domain.title}</h2>
            <ul className="rows">
              {shown.map((name) => (
                <li key={name}>
                  <span>
                    {sees.includes(name) ? (
                      <Link to="/list/$kind" params={{ kind: name } as never}>
                        {kinds[name]!.title}
                      </Link>
                    ) : (
                      kinds[name]!.title
                    )}
                  </span>
                  {opens[name]?.map((command) => (
                    <Link
                      key={command}
                      className="tag"
                      to="/new/$kind/$command"
                      params={{ kind: name, command } as never}
                    >
                      {kinds[name]!.commands[command]?.title}
                    </Link>
                  ))}
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </section>
  )
}
