// The frame of the desks: places by role with what waits in them, search, how one likes it, what was done, whether one is online.
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useIsFetching } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Me, Meta } from './api.ts'
import { useBegun } from './form/memory.ts'
import { useKeys, useScreenKeys } from './keys.ts'
import { Menu } from './menu.tsx'
import { placesOf } from './nav.ts'
import { Places } from './places.tsx'
import { Quick } from './quick.tsx'
import { useEnded, useLive, useMe, useMeta, useOnline } from './query.ts'
import { Waiting } from './part/waiting.tsx'
import { t } from './texts.ts'
import { tell, useTold } from './told.ts'

export function Shell() {
  const me = useMe()
  const meta = useMeta()
  const begun = useBegun()
  // What was typed and not sent would be lost with the page.
  useEffect(() => {
    if (!begun) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [begun])
  if (!me.data || !meta.data) return <Waiting query={me.error ? me : meta} />
  if (me.data.anonymous || me.data.posts.length === 0)
    return (
      <main className="alone stack">
        <h1>{me.data.anonymous ? t.signInFirst : t.noPost}</h1>
        <p className="row">
          <a className="button" href={`/sign-in?next=${encodeURIComponent(location.pathname)}`}>
            {t.signIn}
          </a>
          <a href="/">{t.portal}</a>
        </p>
      </main>
    )
  return <Frame me={me.data} meta={meta.data} />
}

function Frame({ me, meta }: { readonly me: Me; readonly meta: Meta }) {
  const [help, setHelp] = useState(false)
  const [menu, setMenu] = useState(false)
  const places = placesOf(me, meta)
  const ended = useEnded()
  const navigate = useNavigate()
  const main = useRef<HTMLElement>(null)
  // Where one has arrived: while a page is being fetched, the one before still stands, with the focus in it.
  const path = useRouterState({ select: ({ location, resolvedLocation }) => (resolvedLocation ?? location).pathname })
  const [going, go] = useState(false)
  // On another page one begins at its top, and whoever reads by ear hears that it is another.
  const was = useRef(path)
  useEffect(() => {
    if (was.current === path) return
    was.current = path
    scrollTo(0, 0)
    // Whoever has begun to write or stands on a link stays there.
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true })
  }, [path])

  const digits = places
    .slice(0, 9)
    .map((place, at) => [String(at + 1), () => void navigate({ to: place.to as never })] as const)
  useKeys({
    '?': () => setHelp(!help),
    g: () => go(true),
    ...(help && { Escape: () => setHelp(false) }),
  })
  return (
    <>
      <a className="skip" href="#main">
        {t.skip}
      </a>
      {going && <Going digits={digits} done={() => go(false)} />}
      <header className="bar">
        <div>
          <Link className="mark" to="/">
            {t.product}
            <small>{me.place}</small>
            {me.demo && <small className="demo">{t.example}</small>}
          </Link>
          <Places places={places} meta={meta} path={path} />
          <Quick meta={meta} />
          <Menu me={me} meta={meta} open={menu} set={setMenu} help={() => setHelp(true)} />
        </div>
      </header>
      <Signs ended={ended} />
      {help && <Help places={places.map((place) => place.text)} close={() => setHelp(false)} />}
      {/* Whoever comes by a desk that was left reads nothing there; what was typed waits for whoever typed it. */}
      <main id="main" tabIndex={-1} ref={main} className={ended ? 'covered' : ''} inert={ended}>
        <Outlet />
      </main>
      <Done />
    </>
  )
}

/** After `g` the next key says where to; any other key ends it. */
function Going({
  digits,
  done,
}: {
  readonly digits: readonly (readonly [string, () => void])[]
  readonly done: () => void
}) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      event.preventDefault()
      event.stopImmediatePropagation()
      digits.find(([digit]) => digit === event.key)?.[1]()
      done()
    }
    addEventListener('keydown', press, { capture: true, once: true })
    return () => removeEventListener('keydown', press, { capture: true })
  }, [digits, done])
  return null
}

/** Whether the connection stands, and whether something takes longer than a moment. */
function Signs({ ended }: { readonly ended: boolean }) {
  const online = useOnline()
  const live = useLive()
  const busy = useIsFetching() > 0
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(busy), busy ? 1000 : 0)
    return () => clearTimeout(timer)
  }, [busy])
  return (
    <>
      {ended && (
        <p className="told overdue row" role="alert">
          <span>{t.ended}</span>
          <a className="button" href="/sign-in" target="_blank">
            {t.signIn}
          </a>
          <button className="second" type="button" onClick={() => location.reload()}>
            {t.reload}
          </button>
        </p>
      )}
      <div role="status">
        {slow && <progress className="slow" aria-label={t.loading} />}
        {!ended && (!online || !live) && <p className="told">{online ? t.reconnecting : t.offline}</p>}
      </div>
    </>
  )
}

/** What was done last, with a link to it. */
function Done() {
  const told = useTold()
  return (
    <div role="status" className="done-last">
      {told && (
        <p className="row">
          <span>✓ {told.text}</span>
          {told.record && (
            <Link to="/record/$kind/$id" params={{ kind: told.record.kind, id: told.record.id } as never}>
              {t.openIt}
            </Link>
          )}
          <button className="plain" type="button" onClick={() => tell(undefined)} aria-label={t.close}>
            ×
          </button>
        </p>
      )}
    </div>
  )
}

function Help({ places, close }: { readonly places: readonly string[]; readonly close: () => void }) {
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    box.current?.focus()
    // Whoever has read it goes on where he was.
    return () => {
      const back = before?.isConnected && before !== document.body ? before : document.getElementById('main')
      if (back instanceof HTMLElement) back.focus({ preventScroll: true })
    }
  }, [])
  const own = useScreenKeys()
  const goes = places.slice(0, 9).map((text, at) => [`g ${at + 1}`, text] as const)
  return (
    <aside className="keys" aria-label={t.keys} tabIndex={-1} ref={box}>
      <h2>{t.keys}</h2>
      <dl className="facts">
        {[...own, ...t.keyList, ...goes].map(([key, does]) => (
          <div key={key} className="pair">
            <dt>
              {key!.split(' ').map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="soft small">{t.keysOff}</p>
      <button className="second" type="button" onClick={close}>
        {t.close}
      </button>
    </aside>
  )
}
