// The window desk: one big next step, every step by one key, who waits and how long; what is pressed without a network waits and is sent once.
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import {
  Empty,
  useItem,
  useKeys,
  useKeyWords,
  useList,
  useMe,
  useOnline,
  useOutbox,
  Waiting,
  type Item,
} from '../../../web/part/index.ts'
import { dayId, inOrder, mayServe, type Manned, type Waiting as InLine } from '../line.ts'
import { t } from './texts.ts'

type Step = 'free' | 'calling' | 'called' | 'serving'
type Act = 'call' | 'begin' | 'finish' | 'recall' | 'skip' | 'transfer' | 'close'

/** What may be done at each step; the first is the next one. */
const ACTS: Readonly<Record<Step, readonly Act[]>> = {
  free: ['call', 'close'],
  calling: ['begin', 'recall', 'skip'],
  called: ['begin', 'recall', 'skip', 'transfer'],
  serving: ['finish', 'transfer'],
}
/** Where each leads, for what is pressed before the one before has come through. */
const LEADS: Readonly<Record<string, Step>> = {
  call: 'calling',
  begin: 'serving',
  finish: 'free',
  skip: 'free',
  transfer: 'free',
}
const KEYS: Readonly<Record<Act, string>> = {
  call: 'n',
  begin: 'b',
  finish: 'f',
  recall: 'r',
  skip: 's',
  transfer: 't',
  close: 'c',
}
/** Opens the form by which an application is taken in. */
const TAKE_IN = 'i'
const MINUTE = 60_000

export function WindowDesk() {
  const me = useMe()
  const { items, names, query } = useList('window', { limit: '100', open: 'yes', order: 'oldest', commands: 'yes' })
  if (!me.data || !query.data) return <Waiting query={query} />
  const mine = items.find((one) => one.phase === 'open' && one.facts['by'] === me.data.id)
  return mine ? <Manning key={mine.id} window={mine} today={me.data.today} /> : <Choice items={items} names={names} />
}

function Choice({
  items,
  names,
}: {
  readonly items: readonly Item[]
  readonly names: Readonly<Record<string, string>>
}) {
  const { waiting, give } = useOutbox()
  const shown = items.filter((one) => one.commands?.includes('open') || one.phase === 'open')
  const some = shown.some((one) => one.commands?.includes('open'))
  return (
    <section className="stack">
      <h1>{t.choose}</h1>
      <Sent />
      {some ? (
        <ul className="rows">
          {shown.map((one) => (
            <li key={one.id}>
              <span>
                {one.title}
                <small className="soft">{sortOf(one, names)}</small>
              </span>
              {one.phase === 'open' ? (
                <span className="tag soft">{t.manned(names[text(one.facts['by'])] ?? '')}</span>
              ) : (
                <button
                  type="button"
                  className="second"
                  aria-disabled={waiting.length > 0}
                  onClick={() =>
                    waiting.length === 0 && give({ kind: 'window', id: one.id, name: 'open', input: {} }, t.open)
                  }
                >
                  {t.open}
                </button>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <Empty text={t.none} />
      )}
    </section>
  )
}

function Manning({ window, today }: { readonly window: Item; readonly today: string }) {
  const { waiting, give } = useOutbox()
  const [choosing, choose] = useState(false)
  const now = useNow()
  const hall = text(window.facts['hall'])
  const day = useList('hall-day', { id: dayId(hall, today) })
  const passed = useList('ticket', { phase: 'missed', 'facet.hall': hall, 'facet.on': today, limit: '10' })

  const held = text(window.facts['ticket'])
  const known: Step = held === '' ? 'free' : (text(window.facts['step']) as Step)
  const own = waiting.filter((one) => one.id === window.id)
  const step = own.reduce<Step>((was, one) => (recalls(one) ? 'called' : (LEADS[one.name] ?? was)), known)
  // What is still to be sent may bring another number: only of what stands is it said whom it means.
  const sure = own.length === 0 && held !== '' ? { ticket: held } : {}
  const number = own.some((one) => one.name in LEADS && LEADS[one.name] !== 'serving')
    ? ''
    : text(window.facts['number'])

  const facts = day.items[0]?.facts ?? {}
  const open = (facts['windows'] ?? []) as readonly Manned[]
  const self = open.find((one) => one.window === window.id)
  const line = inOrder((facts['waiting'] ?? []) as readonly InLine[], now)
  const queue = self ? line.filter((one) => mayServe(self, one)) : []
  const others = open.filter((one) => one.window !== window.id)

  const order = (name: Act, input: object = {}) => give({ kind: 'window', id: window.id, name, input }, t[name])
  const act = (name: Act) => {
    if (!ACTS[step].includes(name)) return
    if (name === 'transfer') choose(true)
    else order(name, name === 'call' || name === 'close' ? {} : sure)
  }
  const sendOn = (to: string) => {
    choose(false)
    order('transfer', { ...sure, window: to })
  }
  const acts = ACTS[step]
  useKeys({
    ...Object.fromEntries(acts.map((name) => [KEYS[name], () => act(name)])),
    ' ': () => act(acts[0]!),
    ...(choosing && {
      Escape: () => choose(false),
      ...Object.fromEntries(others.map((one) => [String(one.windowNumber), () => sendOn(one.window)])),
    }),
  })
  useKeyWords([
    ['Space', t.keys.space],
    ...(Object.keys(KEYS) as Act[]).map((name) => [KEYS[name], t.keys[name]] as const),
    [TAKE_IN, t.keys.takeIn],
  ])

  return (
    <section className="stack window">
      <h1>{window.title}</h1>
      <Sent />
      <div className="columns">
        <section className="stack" aria-label={t.title}>
          <p className="number-now" role="status">
            <strong>{number === '' ? '—' : number}</strong>
            <span className="soft">
              {{ free: t.nobodyCalled, calling: t.calling, called: t.called, serving: t.serving }[step]}
            </span>
          </p>
          {number !== '' && <Matter ticket={held} />}
          <p className="row">
            {acts.map((name, place) => (
              <button
                key={name}
                type="button"
                className={place === 0 ? 'big' : 'second'}
                aria-keyshortcuts={KEYS[name]}
                onClick={() => act(name)}
              >
                {t[name]} <kbd>{KEYS[name]}</kbd>
              </button>
            ))}
          </p>
          <p className="soft small">{t.next}</p>
          {choosing && (
            <section className="stack" aria-label={t.where}>
              <h2>{t.where}</h2>
              {others.length === 0 && <p className="soft">{t.noWindow}</p>}
              <p className="row">
                {others.map((one) => (
                  <button key={one.window} type="button" className="second" onClick={() => sendOn(one.window)}>
                    {t.toWindow(one.windowNumber)} <kbd>{one.windowNumber}</kbd>
                  </button>
                ))}
                <button type="button" className="plain" onClick={() => choose(false)}>
                  {t.cancel}
                </button>
              </p>
            </section>
          )}
        </section>
        <section className="stack">
          <h2>{t.waiting(queue.length)}</h2>
          {queue.length === 0 && <p className="soft">{t.nobody}</p>}
          {queue.length > 0 && (
            <ul className="rows">
              {queue.slice(0, 20).map((one) => (
                <li key={one.number}>
                  <strong>{one.number}</strong>
                  {one.booked !== undefined && <span className="tag">{t.booked(one.booked.slice(11, 16))}</span>}
                  <span className="tag soft">{t.waited(minutesFrom(one.since, now))}</span>
                </li>
              ))}
            </ul>
          )}
          {passed.items.length > 0 && (
            <>
              <h2>{t.missed}</h2>
              <ul className="rows">
                {passed.items.map((one) => (
                  <li key={one.id}>
                    <strong>{one.title}</strong>
                    <span className="tag soft">{t.missedAt(minutesFrom(text(one.facts['missedAt']), now))}</span>
                    {step === 'free' && (
                      <button type="button" className="second" onClick={() => order('recall', { ticket: one.id })}>
                        {t.recall}
                      </button>
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      </div>
    </section>
  )
}

/** What the number came for, as its ticket knows it, and the way to take that in. */
function Matter({ ticket }: { readonly ticket: string }) {
  const me = useMe()
  const navigate = useNavigate()
  const facts = useItem('ticket', ticket)?.item.facts
  const [item, booking, booked] = [text(facts?.['item']), text(facts?.['booking']), text(facts?.['booked'])]
  const wanted = useItem('item', item === '' ? undefined : item)?.item
  const may = me.data?.opens['application']?.includes('submit') ?? false
  const takeIn = () =>
    void navigate({
      to: '/new/$kind/$command',
      params: { kind: 'application', command: 'submit' },
      search: item === '' ? {} : { item },
    } as never)
  useKeys(may && facts ? { [TAKE_IN]: takeIn } : {})
  if (!facts) return null
  return (
    <>
      <dl className="facts">
        <div className="pair">
          <dt>{t.matter}</dt>
          <dd>
            {item === '' ? t.noItem : (wanted?.title ?? item)}
            {wanted && wanted.unitName !== null && <small className="soft"> {wanted.unitName}</small>}
          </dd>
        </div>
        {booking !== '' && (
          <div className="pair">
            <dt>{t.booking}</dt>
            <dd>
              {me.data?.sees.includes('booking') ? (
                <Link to="/record/$kind/$id" params={{ kind: 'booking', id: booking } as never}>
                  {booking}
                </Link>
              ) : (
                booking
              )}{' '}
              {booked !== '' && t.booked(booked.slice(11, 16))}
            </dd>
          </div>
        )}
      </dl>
      {may && (
        <p className="row">
          <button type="button" className="second" aria-keyshortcuts={TAKE_IN} onClick={takeIn}>
            {t.takeIn} <kbd>{TAKE_IN}</kbd>
          </button>
        </p>
      )}
    </>
  )
}

/** What waits for the network, and what was not done. */
function Sent() {
  const { waiting, refused, read } = useOutbox()
  const online = useOnline()
  const [slow, set] = useState(false)
  const first = waiting[0]?.key
  // What goes through at once is not worth a word.
  useEffect(() => {
    const timer = setTimeout(() => set(first !== undefined), first === undefined ? 0 : 1000)
    return () => clearTimeout(timer)
  }, [first])
  return (
    <div role="status">
      {waiting.length > 0 && (slow || !online) && (
        <p className="told warned">
          <span aria-hidden="true">‖</span> {t.queued(waiting.length)}
          {waiting.map((one) => one.title).join(t.between)}
        </p>
      )}
      {refused.length > 0 && (
        <p className="told overdue row">
          <span>
            {t.refused}
            {refused.map((one) => `${one.title}：${one.message}`).join(' ')}
          </span>
          <button type="button" className="plain" onClick={read}>
            {t.read}
          </button>
        </p>
      )}
    </div>
  )
}

/** The time in the city, as moments are written; it moves on by itself. */
function useNow(): string {
  const [now, set] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), MINUTE / 4)
    return () => clearInterval(timer)
  }, [])
  return new Date(now + 8 * 60 * MINUTE).toISOString().replace('Z', '+08:00')
}

function minutesFrom(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / MINUTE))
}

function recalls({ name }: { readonly name: string }): boolean {
  return name === 'recall'
}

/** Whom a window serves, in words. */
function sortOf({ facts }: Item, names: Readonly<Record<string, string>>): string {
  const serves = (facts['serves'] ?? []) as readonly string[]
  return serves.length === 0 ? t.general : t.special(serves.map((one) => names[one] ?? one).join(t.between))
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
