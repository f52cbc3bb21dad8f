// The frame of the desks: navigation by role, search, keyboard help, what is new, whether one is online.
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useMe, useMeta, useLive, useOnline } from './query.ts'
import { send } from './api.ts'
import { deskOf } from './desk/roles.ts'
import { Waiting } from './part/waiting.tsx'
import { t } from './texts.ts'

/** Whether somebody is writing: then keys are text. */
export function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

export function Shell() {
  const me = useMe()
  const meta = useMeta()
  const online = useOnline()
  const navigate = useNavigate()
  const [help, setHelp] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useLive()

  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (writing(event.target)) {
        if (event.key === 'Escape') (event.target as HTMLElement).blur()
        return
      }
      if (event.key === '/') {
        event.preventDefault()
        field.current?.focus()
      }
      if (event.key === '?') setHelp((shown) => !shown)
      if (event.key === 'Escape') setHelp(false)
    }
    addEventListener('keydown', key)
    return () => removeEventListener('keydown', key)
  }, [])

  if (!me.data || !meta.data) return <Waiting query={me.error ? me : meta} />
  if (me.data.anonymous || me.data.posts.length === 0)
    return (
      <main className="alone stack">
        <h1>{t.signInFirst}</h1>
        <p>
          <a className="button" href="/sign-in?next=/desk/">
            {t.signIn}
          </a>
        </p>
      </main>
    )
  const roles = Object.assign({}, ...meta.data.domains.map((domain) => domain.roles)) as Record<string, string>
  const post = me.data.posts[0]!
  const signOut = () => void send('/auth/sign-out', {}).then(() => (location.href = '/'))
  return (
    <>
      <a className="skip" href="#main">
        {t.desk}
      </a>
      <header className="bar">
        <div>
          <Link className="mark" to="/">
            {t.product}
            <small>{t.desk}</small>
          </Link>
          <nav aria-label={t.desk}>
            <ul>
              {deskOf(me.data).map(({ to, text }) => (
                <li key={to}>
                  <Link to={to} activeProps={{ 'aria-current': 'page' }}>
                    {text}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <form
            role="search"
            className="find"
            onSubmit={(event) => {
              event.preventDefault()
              const q = field.current?.value.trim() ?? ''
              if (q !== '') void navigate({ to: '/list/$kind', params: { kind: 'appeal' }, search: { q } } as never)
            }}
          >
            <input ref={field} type="search" aria-label={t.searchHint} placeholder={`${t.search} /`} />
          </form>
          <div className="self">
            <span>
              {me.data.name} <small className="soft">{`${roles[post.role] ?? post.role} · ${post.unitName}`}</small>
            </span>
            <button className="plain" type="button" onClick={() => setHelp(true)} aria-label={t.keys}>
              ?
            </button>
            <a href="/account">{'⚙'}</a>
            <button className="plain" type="button" onClick={signOut}>
              {t.signOut}
            </button>
          </div>
        </div>
      </header>
      {!online && (
        <p className="told" role="status">
          {t.offline}
        </p>
      )}
      {help && (
        <aside className="keys told" aria-label={t.keys}>
          <h2>{t.keys}</h2>
          <dl className="facts">
            {t.keyList.map(([key, does]) => (
              <div key={key} className="pair">
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <button className="second" type="button" onClick={() => setHelp(false)}>
            {t.close}
          </button>
        </aside>
      )}
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  )
}
