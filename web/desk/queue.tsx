// Queues: the list on the left ordered by the time that is left, the case on the right; on a phone one after the other.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ask, type Item, type Meta, type Page } from '../api.ts'
import { MiniClock } from '../part/clock.tsx'
import { FactList } from '../part/facts.tsx'
import { Empty, Waiting } from '../part/waiting.tsx'
import { useList, useMe, useMeta, useRecord, type Wanted } from '../query.ts'
import { writing } from '../shell.tsx'
import { t } from '../texts.ts'
import { CommandForm } from '../form/command.tsx'
import { Case } from './record.tsx'

type Tab = { readonly key: string; readonly text: string; readonly wanted: Wanted }

export function Inbox() {
  const me = useMe()
  const unit = me.data?.posts[0]?.unit ?? ''
  return (
    <Queue
      title={t.inbox}
      empty={t.emptyInbox}
      tabs={[
        { key: 'mine', text: t.handled, wanted: { mine: 'yes', open: 'yes', order: 'due' } },
        { key: 'sign', text: t.toSign, wanted: { phase: 'dispatched', unit, order: 'due' } },
        { key: 'unit', text: t.ourUnit, wanted: { unit, open: 'yes', order: 'due' } },
        { key: 'closed', text: t.closed, wanted: { mine: 'yes', open: 'no' } },
      ]}
    />
  )
}

export function Triage() {
  return (
    <Queue
      title={t.triage}
      empty={t.emptyTriage}
      tabs={[{ key: 'raised', text: t.triage, wanted: { phase: 'raised', order: 'created' } }]}
      beside={(id) => <Similar id={id} />}
    />
  )
}

export function Calls() {
  return (
    <Queue
      title={t.calls}
      empty={t.emptyCalls}
      tabs={[{ key: 'answered', text: t.calls, wanted: { phase: 'answered', order: 'created' } }]}
    />
  )
}

export function Late() {
  return (
    <Queue
      title={t.red}
      empty={t.emptyLate}
      tabs={[{ key: 'late', text: t.red, wanted: { open: 'yes', order: 'due', 'facet.overdue': 'yes' } }]}
    />
  )
}

type QueueProps = {
  readonly title: string
  readonly empty: string
  readonly tabs: readonly Tab[]
  readonly beside?: (id: string) => React.ReactNode
}

function Queue({ title, empty, tabs, beside }: QueueProps) {
  const meta = useMeta()
  const search = useSearch({ strict: false }) as { tab?: string; id?: string }
  const navigate = useNavigate()
  const tab = tabs.find((one) => one.key === search.tab) ?? tabs[0]!
  const list = useList('appeal', tab.wanted)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const wide = useWide()
  const id = search.id ?? (wide ? items[0]?.id : undefined)
  const go = (to: Readonly<Record<string, string | undefined>>) =>
    void navigate({ search: { tab: tab.key, ...to }, replace: true } as never)

  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (writing(event.target)) return
      const step = ['ArrowDown', 'j'].includes(event.key) ? 1 : ['ArrowUp', 'k'].includes(event.key) ? -1 : 0
      if (event.key === 'Escape' && search.id !== undefined && !wide) go({})
      if (step === 0 || items.length === 0) return
      event.preventDefault()
      const at = items.findIndex((item) => item.id === id)
      const next = items[Math.min(items.length - 1, Math.max(0, at + step))]
      if (next) go({ id: next.id })
    }
    addEventListener('keydown', key)
    return () => removeEventListener('keydown', key)
  })

  if (!list.data || !meta.data) return <Waiting query={list} />
  return (
    <div className={id === undefined ? 'split' : 'split chosen'}>
      <section className="side" aria-label={title}>
        <h1>{title}</h1>
        {tabs.length > 1 && (
          <div className="tabs" role="group" aria-label={t.filter}>
            {tabs.map((one) => (
              <button
                key={one.key}
                type="button"
                aria-pressed={one.key === tab.key}
                onClick={() => go({ tab: one.key })}
              >
                {one.text}
              </button>
            ))}
          </div>
        )}
        {items.length === 0 ? <Empty text={empty} /> : <Lines items={items} meta={meta.data} chosen={id} go={go} />}
        {list.hasNextPage && (
          <button className="second" type="button" onClick={() => void list.fetchNextPage()}>
            {t.more}
          </button>
        )}
      </section>
      <section className="main">
        {!wide && id !== undefined && (
          <p className="noprint">
            <button className="plain" type="button" onClick={() => go({})}>{`← ${title}`}</button>
          </p>
        )}
        {id === undefined ? <Empty text={t.choose} /> : <Case of="appeal" id={id} />}
        {id !== undefined && beside?.(id)}
      </section>
    </div>
  )
}

type LinesProps = {
  readonly items: readonly Item[]
  readonly meta: Meta
  readonly chosen: string | undefined
  readonly go: (to: { id: string }) => void
}

function Lines({ items, meta, chosen, go }: LinesProps) {
  const kind = meta.kinds['appeal']!
  return (
    <ul className="lines">
      {items.map((item) => (
        <li key={item.id}>
          <button type="button" aria-current={item.id === chosen} onClick={() => go({ id: item.id })}>
            <strong>{item.title}</strong>
            <span className="soft">
              {[kind.phases[item.phase], kind.options[String(item.facts['matter'])], item.unitName]
                .filter((one) => one !== null && one !== undefined)
                .join(' · ')}
            </span>
            {item.clock && <MiniClock clock={item.clock} />}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** What may be the same matter, side by side with this one; merged from here. */
function Similar({ id }: { readonly id: string }) {
  const meta = useMeta()
  const record = useRecord('appeal', id)
  const [other, setOther] = useState<string>()
  const found = useQuery({
    queryKey: ['record', 'appeal', id, 'similar'],
    queryFn: () => ask<Page>(`/api/records/appeal/${id}/similar`),
  })
  const kind = meta.data?.kinds['appeal']
  const that = useRecord('appeal', other)
  if (!found.data || !kind || !record.data) return null
  return (
    <section className="stack noprint">
      <h2>{t.similar}</h2>
      {found.data.items.length === 0 && <p className="soft">{t.noSimilar}</p>}
      <ul className="rows">
        {found.data.items.map((item) => (
          <li key={item.id}>
            <span>{item.title}</span>
            <span className="tag soft">{kind.phases[item.phase]}</span>
            <button className="plain" type="button" onClick={() => setOther(other === item.id ? undefined : item.id)}>
              {t.compare}
            </button>
          </li>
        ))}
      </ul>
      {other !== undefined && that.data && (
        <div className="pairwise">
          <section>
            <h3>{`${t.this} ${record.data.id}`}</h3>
            <p>{record.data.title}</p>
            <FactList kind={kind} facts={record.data.facts} names={record.data.names} />
          </section>
          <section>
            <h3>{`${t.that} ${that.data.id}`}</h3>
            <p>{that.data.title}</p>
            <FactList kind={kind} facts={that.data.facts} names={that.data.names} />
          </section>
          <Merge id={id} into={other} />
        </div>
      )}
    </section>
  )
}

function Merge({ id, into }: { readonly id: string; readonly into: string }) {
  const [asked, ask_] = useState(false)
  if (!asked)
    return (
      <button className="grave" type="button" onClick={() => ask_(true)}>
        {t.merge}
      </button>
    )
  return <MergeForm id={id} into={into} onCancel={() => ask_(false)} />
}

function MergeForm({
  id,
  into,
  onCancel,
}: {
  readonly id: string
  readonly into: string
  readonly onCancel: () => void
}) {
  const meta = useMeta()
  const record = useRecord('appeal', id)
  const kind = meta.data?.kinds['appeal']
  if (!meta.data || !kind || !record.data) return null
  return (
    <CommandForm
      meta={meta.data}
      kind={kind}
      of="appeal"
      name="merge"
      record={record.data}
      preset={{ into }}
      onDone={onCancel}
      onCancel={onCancel}
    />
  )
}

function useWide(): boolean {
  const query = '(min-width: 60rem)'
  const [wide, set] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const change = () => set(list.matches)
    list.addEventListener('change', change)
    return () => list.removeEventListener('change', change)
  }, [])
  return wide
}
