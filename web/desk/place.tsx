// Whatever stands at a word of its own: a queue of some kinds, or a screen that a domain brought.
import { Navigate, useParams } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { placesOf } from '../nav.ts'
import { Empty, Waiting } from '../part/waiting.tsx'
import { useMe, useMeta } from '../query.ts'
import { screens } from '../screens.ts'
import { lang, t } from '../texts.ts'
import { Queue } from './queue.tsx'

export function Place() {
  const { place } = useParams({ strict: false }) as { place: string }
  const me = useMe()
  const meta = useMeta()
  const screen = screens.find((one) => one.path === place)
  useEffect(() => {
    if (screen) document.title = `${screen.title[lang]} · ${t.product}`
  }, [screen])
  if (!me.data || !meta.data) return <Waiting query={me.error ? me : meta} />
  const mine = placesOf(me.data, meta.data)
  if (!mine.some(({ to }) => to === `/${place}`)) return <Empty text={t.notYours} />
  if (!screen) return <Queue key={place} name={place} me={me.data} meta={meta.data} />
  return (
    <Suspense fallback={<Waiting query={{ error: null, refetch: () => undefined }} />}>
      <screen.Show />
    </Suspense>
  )
}

/** Where the day begins. */
export function Home() {
  const me = useMe()
  const meta = useMeta()
  if (!me.data || !meta.data) return <Waiting query={me.error ? me : meta} />
  const [first] = placesOf(me.data, meta.data)
  return first ? <Navigate to={first.to as never} replace /> : null
}
