// One page a record: what it is about, its clocks, only the actions that are allowed, what came of it, what happened.
import { Link, useParams } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import type { Detail, Facts, KindMeta, Meta } from '../api.ts'
import { CommandForm } from '../form/command.tsx'
import { useKeys } from '../keys.ts'
import { Missing } from '../missing.tsx'
import { Chain } from '../part/chain.tsx'
import { Clock, MiniClock } from '../part/clock.tsx'
import { dateWords, FactList, FactTable, isTable, momentWords, sorted, Value, type Said } from '../part/facts.tsx'
import { Files, FilesOf } from '../part/file.tsx'
import { Related } from '../part/related.tsx'
import type { FormProps } from '../part/screen.ts'
import { Timeline } from '../part/timeline.tsx'
import { Waiting } from '../part/waiting.tsx'
import { useMe, useMeta, useRecord } from '../query.ts'
import { besides, forms } from '../screens.ts'
import { tell } from '../told.ts'
import { t } from '../texts.ts'
import { useTitle } from '../title.ts'

export function RecordPage() {
  const { kind, id } = useParams({ strict: false }) as { kind: string; id: string }
  return <Case of={kind} id={id} own />
}

type Presets = Readonly<Record<string, Readonly<Record<string, unknown>>>>
type CaseProps = {
  readonly of: string
  readonly id: string
  /** On a page of its own, which bears its title. */
  readonly own?: boolean
  /** Whether one came here by itself, after the step before: then reading begins at its title. */
  readonly focus?: boolean
  readonly preset?: Presets
  readonly onDone?: (record: Detail, command: string) => void
}

/** A record wherever it is shown: on a page of its own or beside its list. */
export function Case({ of, id, own = false, ...more }: CaseProps) {
  const meta = useMeta()
  const record = useRecord(of, id)
  const kind = meta.data?.kinds[of]
  useTitle(own ? record.data?.title : undefined)
  if (meta.data && !kind) return <Missing />
  if (!record.data || !meta.data || !kind) return <Waiting query={record} />
  return (
    <FilesOf record={record.data}>
      <Shown key={id} meta={meta.data} kind={kind} record={record.data} {...more} />
    </FilesOf>
  )
}

type ShownProps = { readonly meta: Meta; readonly kind: KindMeta; readonly record: Detail } & Pick<
  CaseProps,
  'focus' | 'preset' | 'onDone'
>

function Shown({ meta, kind, record, focus = false, preset = {}, onDone }: ShownProps) {
  const [chosen, choose] = useState<string>()
  const heading = useRef<HTMLHeadingElement>(null)
  const open = chosen !== undefined && record.commands.includes(chosen) ? chosen : undefined
  useEffect(() => {
    if (focus) heading.current?.focus()
  }, [focus])
  // Somebody else has taken the step whose form was open: the form is gone, and with it the focus.
  const [taken, take] = useState(false)
  const gone = chosen !== undefined && open === undefined && !taken ? chosen : undefined
  useEffect(() => {
    if (gone !== undefined && document.activeElement === document.body) heading.current?.focus()
  }, [gone])
  const close = () => {
    choose(undefined)
    take(false)
    heading.current?.focus()
  }
  useKeys(Object.fromEntries(record.commands.map((name, place) => [String(place + 1), () => choose(name)])))

  const { groups, tables, homes } = sorted(kind, record.facts)
  const of = { meta, kind, names: record.names }
  const isLead = (field: string) => {
    const home = homes.get(field)
    return home?.opens === true && !home.sheet && home.schema.widget === 'paragraph'
  }
  const lead = Object.entries(record.facts).filter(([field, value]) => isLead(field) && value !== undefined)
  const later = groups.filter((group) => group.prose && !Object.keys(group.facts).some(isLead))
  const brief = groups
    .filter((group) => !later.includes(group))
    .map((group) => Object.fromEntries(Object.entries(group.facts).filter(([field]) => !isLead(field))))
    .filter((facts) => Object.keys(facts).length > 0)
  const said = Object.values(record.facts)
  const cautions = Object.entries(kind.cautions ?? {}).flatMap(([option, text]) =>
    said.includes(option) ? [text] : [],
  )
  const first = record.clock.find((clock) => clock.state !== 'ended')

  return (
    <article className="record" aria-labelledby="title">
      <Printed title={kind.title} id={record.id} />
      <header>
        <p className="row spread soft">
          <span>{`${kind.title} ${record.id}`}</span>
          <button className="plain noprint" type="button" onClick={() => print()}>
            {t.print}
          </button>
        </p>
        <h1 id="title" ref={heading} tabIndex={-1}>
          {record.title}
        </h1>
        <p className="row">
          <strong className="phase">{kind.phases[record.phase]}</strong>
          {record.unitName !== null && record.unit !== record.id && <span>{record.unitName}</span>}
        </p>
        {first && (
          <p className="onlynarrow">
            <MiniClock clock={{ ...first, used: 0, total: 0 }} bar={false} />
          </p>
        )}
      </header>
      {cautions.map((caution) => (
        <p key={caution} className="told warned noprint" role="status">
          <span aria-hidden="true">▲</span> {caution}
        </p>
      ))}
      {lead.length > 0 && (
        <section className="lead-facts stack" aria-label={t.facts}>
          {lead.map(([field, value]) => (
            <div key={field}>
              {lead.length > 1 && <h2 className="small">{kind.fields[field]}</h2>}
              <p className="said">
                <Value {...of} field={field} value={value} />
              </p>
            </div>
          ))}
        </section>
      )}
      <section className="noprint acts" aria-label={t.actions}>
        <div role="status">
          {gone !== undefined && <p className="told warned">{t.stepGone(kind.commands[gone]?.title ?? '')}</p>}
        </div>
        {record.commands.length === 0 ? (
          <p className="soft">{t.noActions}</p>
        ) : (
          <div className="row">
            {record.commands.map((name, place) => (
              <button
                key={name}
                type="button"
                aria-expanded={open === name}
                className={looks(kind, name, place, open)}
                onClick={() => (open === name ? close() : choose(name))}
              >
                <kbd aria-hidden="true">{place + 1}</kbd> {kind.commands[name]?.title}
              </button>
            ))}
          </div>
        )}
        {open !== undefined && (
          <Suspense fallback={null}>
            <CommandOf
              key={open}
              meta={meta}
              kind={kind}
              name={open}
              record={record}
              preset={{ ...(kind.commands[open]?.amends && restated(kind, open, record)), ...preset[open] }}
              above={
                <>
                  <Before of={of} names={kind.commands[open]?.shows ?? []} facts={record.facts} />
                  <Besides record={record} within={open} />
                </>
              }
              onTaken={() => take(true)}
              onDone={() => {
                tell({ text: t.doneTo(kind.commands[open]?.title ?? '', record.title), record })
                close()
                onDone?.(record, open)
              }}
              onCancel={close}
            />
          </Suspense>
        )}
      </section>
      <aside className="about" aria-label={t.about}>
        {record.clock.toSorted(runningFirst).map((clock) => (
          <Clock key={clock.name} clock={clock} title={kind.fields[clock.name] ?? clock.name} />
        ))}
        {brief.map((facts, place) => (
          <FactList key={place} {...of} facts={facts} />
        ))}
        {!record.revealed && hasPersonal(kind) && <p className="soft small noprint">{t.masked}</p>}
        <Chain meta={meta} record={record} />
      </aside>
      <div className="rest stack">
        {later.map((group) => (
          <section key={group.key} className="stack">
            <h2>{group.title}</h2>
            {Object.keys(group.facts).length > 0 && <FactList {...of} facts={group.facts} />}
            {group.tables.map(([field, items]) => (
              <div key={field} className="stack tight">
                <h3>{kind.fields[field] ?? field}</h3>
                <FactTable {...of} field={field} items={items} />
              </div>
            ))}
          </section>
        ))}
        {tables.map(([field, items]) => (
          <section key={field} className="stack">
            <h2>{kind.fields[field] ?? field}</h2>
            <FactTable {...of} field={field} items={items} />
          </section>
        ))}
        <Files record={record} />
        <Papers record={record} />
        <Besides record={record} open={open} />
        <Related meta={meta} record={record} />
        <section className="stack">
          <h2>{t.timeline}</h2>
          <Timeline meta={meta} kind={kind} record={record} />
        </section>
      </div>
    </article>
  )
}

type CommandOfProps = Required<FormProps> & { readonly name: string }

/** A command's form: its domain's own, where it brings one, or the one that follows from its input. */
function CommandOf({ name, ...props }: CommandOfProps) {
  const { kind, record } = props
  const own = forms.filter((one) => one.kind === record.kind && one.command === name)
  if (own.length > 0) return own.map(({ Show }, place) => <Show key={place} {...props} />)
  return (
    <CommandForm
      {...props}
      of={record.kind}
      name={name}
      {...(kind.commands[name]?.amends && !record.revealed && { masked: record.facts })}
    />
  )
}

/** What still runs stands before what is done. */
function runningFirst(a: Detail['clock'][number], b: Detail['clock'][number]): number {
  return Number(a.state === 'ended') - Number(b.state === 'ended')
}

/** The usual step stands out; a grave one is marked; the one whose form is open is filled. */
function looks(kind: KindMeta, name: string, place: number, open: string | undefined): string {
  if (kind.commands[name]?.grave) return 'grave'
  if (open !== undefined) return open === name ? '' : 'second'
  return place === 0 ? '' : 'second'
}

/** What the record already says is not typed again. */
function restated(kind: KindMeta, name: string, record: Detail): Readonly<Record<string, unknown>> {
  const fields = Object.entries(kind.commands[name]?.schema.properties ?? {})
  // What is masked for these eyes is not written back masked.
  const known = fields.filter(([field, { personal }]) => field in record.facts && (record.revealed || !personal))
  return Object.fromEntries(known.map(([field]) => [field, record.facts[field]]))
}

/** What should be before one's eyes while one does it. */
function Before({ of, names, facts }: { readonly of: Said; readonly names: readonly string[]; readonly facts: Facts }) {
  const known = Object.fromEntries(names.map((name) => [name, facts[name]]))
  const tables = Object.entries(known).flatMap(([name, value]) => (isTable(value) ? [[name, value] as const] : []))
  const shown = Object.fromEntries(Object.entries(known).filter(([name]) => !tables.some(([table]) => table === name)))
  if (!Object.values(known).some((value) => value !== undefined)) return null
  return (
    <div className="before stack">
      <FactList {...of} facts={shown} />
      {tables.map(([field, items]) => (
        <div key={field} className="stack tight">
          <h3>{of.kind.fields[field] ?? field}</h3>
          <FactTable {...of} field={field} items={items} about={of.kind.title} />
        </div>
      ))}
    </div>
  )
}

function hasPersonal(kind: KindMeta): boolean {
  return Object.values(kind.commands).some(({ schema }) =>
    Object.values(schema.properties ?? {}).some((field) => field.personal),
  )
}

/** The head of the printed case file, and who printed it when. */
function Printed({ title, id }: { readonly title: string; readonly id: string }) {
  const me = useMe()
  const at = useRef<HTMLElement>(null)
  useEffect(() => {
    // The page is printed as it stands at this moment: what is folded away on the screen stands on paper.
    const before = () => {
      if (at.current) at.current.textContent = momentWords(new Date().toISOString())
      for (const one of document.querySelectorAll('article.record details')) one.setAttribute('open', '')
    }
    addEventListener('beforeprint', before)
    return () => removeEventListener('beforeprint', before)
  }, [])
  return (
    <div className="onlyprint letterhead">
      <p>{`${me.data?.place ?? ''} ${title}`}</p>
      <p className="small">
        {`${id} · ${t.printedBy(me.data?.name ?? '')} `}
        <span ref={at} />
      </p>
    </div>
  )
}

/** What the record has issued, each as a page to print. */
function Papers({ record }: { readonly record: Detail }) {
  if (record.papers.length === 0) return null
  return (
    <section className="stack">
      <h2>{t.papers}</h2>
      <ul>
        {record.papers.map(({ place, title, number, on, holds }) => (
          <li key={place}>
            <a href={`/record/${record.kind}/${record.id}/paper/${place}`}>{title}</a>{' '}
            <span className="soft small">{`${number} · ${dateWords(on)}${holds ? '' : ` · ${t.paperVoid}`}`}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

type BesidesProps = {
  readonly record: Detail
  /** The command whose form is open on the page. */
  readonly open?: string | undefined
  /** Only what stands in the form of this command. */
  readonly within?: string
}

/** What domains place beside records of this kind; each stands once, in the form before which it is to be read while that is open. */
function Besides({ record, open, within }: BesidesProps) {
  const me = useMe()
  const roles = new Set(me.data?.posts.map((post) => post.role))
  const mine = besides.filter(
    ({ kind, on, before = [] }) =>
      kind === record.kind &&
      on.some((role) => roles.has(role)) &&
      (within === undefined ? open === undefined || !before.includes(open) : before.includes(within)),
  )
  return (
    <Suspense fallback={null}>
      {mine.map(({ Show }, place) => (
        <Show key={place} record={record} />
      ))}
      {within === undefined && roles.has('audit-admin') && (
        <p className="noprint">
          <Link to="/audit" search={{ kind: record.kind, record: record.id } as never}>
            {t.whoLooked}
          </Link>
        </p>
      )}
    </Suspense>
  )
}
