// A recognition (认定): an enterprise on a rung, recorded from its proof, confirmed by a second person, checked again before it ends, and its history.
import { z } from 'zod'
import { may } from '../../kernel/access.ts'
import { addDays, addMonths } from '../../kernel/clock/date.ts'
import { define, record, refuse, stateOf, type Context, type Order } from '../../kernel/record.ts'
import type { Entry } from '../../kernel/tally/entry.ts'
import { handling, profile } from '../policies/index.ts'
import { enterprise, entityKindOf } from '../register/index.ts'
import { recheckOn, rung, rungOn, type RungEdition } from './rung.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)
const paragraph = (most: number) => words(most).meta({ widget: 'paragraph' })
const date = z.iso.date().meta({ widget: 'date' })

/** The source under which the facts of enterprises say who stands on which rung. */
export const BY_LADDER = '梯度培育认定'
/** Recognised, checked again and found to stand, or found to have been recognised on what was false. */
export const findings = ['recognised', 'renewed', 'withdrawn'] as const

const Proof = z.object({
  /** What shows it: a notice, a list and the place in it. */
  proof: words(400).optional(),
  files: z.array(id).max(10).optional().meta({ widget: 'files' }),
})
const Term = Proof.extend({
  /** The number of the document (文号) or of the certificate. */
  number: words(120),
  on: date,
  /** As the document says; by the validity of the rung, when it says nothing. */
  to: date.optional(),
})
const Of = z.object({ rung: id.meta({ widget: 'rung' }), enterprise: id.meta({ widget: 'enterprise' }) })
/** The stall (个体工商户) that a company was before it was given a code of its own (个转企): one leads to the other. */
const From = z.object({ stall: id.optional().meta({ widget: 'enterprise' }) })
const Note = Of.extend(From.shape).extend(Term.shape)
const Withdraw = Proof.extend({ number: words(120), on: date, reason: paragraph(1000) })
const Noted = Proof.extend({
  finding: z.enum(findings).meta({ widget: 'choice' }),
  number: words(120),
  on: date,
  to: date.optional(),
  reason: z.string().optional(),
  /** The edition of the rung by which it was recognised. */
  edition: z.number().int(),
  /** The day from which it is to be checked again. */
  remindOn: date.optional(),
  by: id.meta({ widget: 'person' }),
})
const Place = Of.extend(From.shape).extend({
  unit: id.meta({ widget: 'unit' }),
  title: z.string().meta({ widget: 'hidden' }),
  /** The flag of the dictionary that it sets. */
  fact: z.string().optional().meta({ widget: 'hidden' }),
})
const Opened = Noted.extend(Place.shape)
const Confirmed = z.object({ confirmer: id.meta({ widget: 'person' }) })
const Reason = z.object({ reason: paragraph(400) })
const Nothing = z.object({})

const Held = Noted.extend({ confirmer: z.string().optional() })
type Held = z.output<typeof Held>
/** A term that is over, and how it ended. */
export type Past = Held & { readonly endedOn: string; readonly ended: 'renewed' | 'lapsed' | 'withdrawn' }
type Kept = z.output<typeof Place> & {
  readonly past: readonly Past[]
  /** What is recorded and not yet confirmed. */
  readonly awaits?: z.output<typeof Noted> | undefined
}
export type Recognition =
  | { readonly phase: 'none' }
  | (Kept & { readonly phase: 'recorded' | 'dismissed' | 'lapsed' | 'withdrawn' })
  | (Kept & Held & { readonly phase: 'standing' | 'due' })

export const recognition = define<Recognition>()({
  kind: 'recognition',
  code: 'RD',
  initial: { phase: 'none' },
  phases: ['none', 'recorded', 'standing', 'due', 'lapsed', 'withdrawn', 'dismissed'],
  refusals: [
    'rung-unknown',
    'not-your-unit',
    'enterprise-unknown',
    'stall-unknown',
    'not-a-stall',
    'other-name',
    'recognised-already',
    'recognised-before',
    'no-edition',
    'within-a-term',
    'date-in-the-future',
    'ends-before-it-begins',
    'withdrawn-before-it-began',
    'proof-missing',
    'confirmation-awaited',
    'nothing-to-confirm',
    'two-persons',
    'changed-today',
    'not-due-yet',
  ],
  events: {
    opened: Opened,
    noted: Noted,
    confirmed: Confirmed,
    dismissed: Reason,
    reminded: Nothing,
    lapsed: Nothing,
  },
  evolve: {
    opened: (_, data) => ({ phase: 'recorded', ...Place.parse(data), past: [], awaits: Noted.parse(data) }),
    noted: (was, awaits) => (was.phase === 'none' ? was : { ...was, awaits }),
    confirmed(was, { confirmer }) {
      if (was.phase === 'none' || was.awaits === undefined) return was
      const { awaits } = was
      if (awaits.finding === 'withdrawn') return { ...over(was, awaits.on, 'withdrawn'), phase: 'withdrawn' }
      return { ...over(was, awaits.on, 'renewed'), ...awaits, confirmer, phase: 'standing' }
    },
    dismissed: (was) =>
      was.phase === 'none'
        ? was
        : { ...was, awaits: undefined, ...(was.phase === 'recorded' && { phase: 'dismissed' as const }) },
    reminded: (was) => (was.phase === 'standing' ? { ...was, phase: 'due' } : was),
    lapsed: (was) =>
      was.phase === 'standing' || was.phase === 'due'
        ? { ...over(was, was.to ?? '', 'lapsed'), awaits: was.awaits, phase: 'lapsed' }
        : was,
  },
  commands: {
    note: {
      input: Note,
      by: handling,
      in: ['none'],
      desks: { handler: 12 },
      names: ({ rung: of, enterprise: firm }) => ({
        id: standingId(of, firm),
        held: (was) =>
          refuse(
            was.phase === 'standing' || was.phase === 'due' || was.phase === 'recorded'
              ? 'recognised-already'
              : 'recognised-before',
            'enterprise',
          ),
      }),
      reads: ({ rung: of, enterprise: firm, stall }) => ({
        rung: { kind: 'rung', id: of },
        enterprise: { kind: 'enterprise', id: firm },
        stall: stall === undefined ? undefined : { kind: 'enterprise', id: stall },
      }),
      decide(_, { rung: of, enterprise: firm, stall, ...term }, context) {
        const on = stateOf(rung, context.facts['rung'])
        const known = stateOf(enterprise, context.facts['enterprise'])
        if (on === undefined || on.phase !== 'standing') return refuse('rung-unknown', 'rung')
        if (known === undefined || known.phase !== 'listed') return refuse('enterprise-unknown', 'enterprise')
        if (!may(handling, context.actor, { title: '', open: true, unit: on.unit }))
          return refuse('not-your-unit', 'rung')
        const was = stateOf(enterprise, context.facts['stall'])
        if (stall !== undefined && (was === undefined || was.phase === 'none')) return refuse('stall-unknown', 'stall')
        if (was && was.phase !== 'none' && (stall === firm || entityKindOf(was.uscc) !== '个体工商户'))
          return refuse('not-a-stall', 'stall')
        if (context.id !== standingId(of, firm)) return refuse('other-name', 'enterprise')
        const edition = rungOn(on, term.on)
        const noted = notedBy(term, 'recognised', edition, context)
        if ('refused' in noted || edition === undefined) return 'refused' in noted ? noted : refuse('no-edition', 'on')
        const title = `${edition.content.name} · ${known.name}`.slice(0, 200)
        const { fact } = edition.content
        const place = { rung: of, enterprise: firm, unit: on.unit, title }
        const data = { ...noted, ...place, ...(stall !== undefined && { stall }), ...(fact !== undefined && { fact }) }
        return record({ type: 'opened', data })
      },
    },
    /** Checked again (复核) while it stands, or recognised anew after it had ended. */
    renew: {
      input: Term,
      by: handling,
      in: ['standing', 'due', 'lapsed', 'withdrawn', 'dismissed'],
      fits: (was) => was.phase !== 'none' && was.awaits === undefined,
      reads: (_, was): { rung?: { kind: string; id: string } } =>
        was.phase === 'none' ? {} : { rung: { kind: 'rung', id: was.rung } },
      decide(was, term, context) {
        if (was.phase === 'none') return refuse('nothing-to-confirm')
        if (was.awaits) return refuse('confirmation-awaited')
        const on = stateOf(rung, context.facts['rung'])
        const stands = was.phase === 'standing' || was.phase === 'due'
        const edition = stands ? recheckOn(on, was.edition, term.on) : rungOn(on, term.on)
        // Two terms do not begin at once, and none begins within one that is over.
        const since = stands ? was.on : was.past.at(-1)?.endedOn
        if (since !== undefined && term.on <= since) return refuse('within-a-term', 'on', { since })
        const data = notedBy(term, stands ? 'renewed' : 'recognised', edition, context)
        return 'refused' in data ? data : record({ type: 'noted', data })
      },
    },
    /** It rested on what was false, or whoever gave it has taken it back. */
    withdraw: {
      input: Withdraw,
      by: handling,
      in: ['standing', 'due'],
      grave: true,
      fits: (was) => was.phase !== 'none' && was.awaits === undefined,
      decide(was, { reason, ...said }, context) {
        if (was.phase !== 'standing' && was.phase !== 'due') return refuse('nothing-to-confirm')
        if (was.awaits) return refuse('confirmation-awaited')
        if (said.on < was.on) return refuse('withdrawn-before-it-began', 'on', { since: was.on })
        const wrong = wrongProof(said, context)
        if (wrong) return wrong
        const data = { ...said, finding: 'withdrawn' as const, reason, edition: was.edition, by: context.actor.id }
        return record({ type: 'noted', data })
      },
    },
    confirm: {
      input: Nothing,
      by: handling,
      in: ['recorded', 'standing', 'due', 'lapsed', 'withdrawn', 'dismissed'],
      grave: true,
      many: true,
      fits: (was, actor) => was.phase !== 'none' && was.awaits !== undefined && was.awaits.by !== actor.id,
      reads: (_, was): Readonly<Record<string, { kind: string; id: string }>> =>
        was.phase === 'none' ? {} : { profile: { kind: 'profile', id: was.enterprise } },
      decide(was, _, context) {
        if (was.phase === 'none' || was.awaits === undefined) return refuse('nothing-to-confirm')
        if (was.awaits.by === context.actor.id) return refuse('two-persons')
        const stands = was.awaits.finding !== 'withdrawn'
        const told = telling(was, stands, context)
        if (told === 'changed-today') return refuse('changed-today')
        const plan = { kind: 'plan', id: standingId(was.rung, was.enterprise), name: 'reach', input: {} }
        return {
          ...record({ type: 'confirmed', data: { confirmer: context.actor.id } }),
          follow: [...told, ...(was.awaits.finding === 'recognised' ? [plan] : [])],
        }
      },
    },
    /** What was recorded is not so. */
    dismiss: {
      input: Reason,
      by: handling,
      in: ['recorded', 'standing', 'due', 'lapsed', 'withdrawn', 'dismissed'],
      fits: (was, actor) => was.phase !== 'none' && was.awaits !== undefined && was.awaits.by !== actor.id,
      decide(was, data, { actor }) {
        if (was.phase === 'none' || was.awaits === undefined) return refuse('nothing-to-confirm')
        return was.awaits.by === actor.id ? refuse('two-persons') : record({ type: 'dismissed', data })
      },
    },
    /** The day has come from which it is to be checked again. */
    remind: {
      input: Nothing,
      by: { system: 'always' },
      in: ['standing'],
      inner: true,
      decide: (was, _, { today }) =>
        was.phase === 'standing' && was.remindOn !== undefined && was.remindOn <= today
          ? record({ type: 'reminded', data: {} })
          : refuse('not-due-yet'),
    },
    /** Its last day has passed and nobody has confirmed that it goes on. */
    lapse: {
      input: Nothing,
      by: { system: 'always' },
      in: ['standing', 'due'],
      inner: true,
      reads: (_, was): Readonly<Record<string, { kind: string; id: string }>> =>
        was.phase === 'none' ? {} : { profile: { kind: 'profile', id: was.enterprise } },
      decide(was, _, context) {
        if ((was.phase !== 'standing' && was.phase !== 'due') || was.to === undefined || context.today <= was.to)
          return refuse('not-due-yet')
        const told = telling(was, false, context)
        return { ...record({ type: 'lapsed', data: {} }), follow: told === 'changed-today' ? [] : told }
      },
    },
  },
  sees: {
    subject: 'always',
    handler: 'city',
    'unit-head': 'city',
    'policy-manager': 'city',
    supervisor: 'city',
    leader: 'city',
    'audit-admin': 'city',
  },
  columns: ['rung', 'enterprise', 'number', 'on', 'to'],
  queues: {
    recognitions: {
      on: { handler: 9, 'unit-head': 10, 'policy-manager': 8 },
      views: {
        awaiting: { 'facet.awaits': 'yes', order: 'oldest' },
        due: { phase: 'due', order: 'oldest' },
        standing: { phase: 'standing' },
        lapsed: { phase: 'lapsed' },
        withdrawn: { phase: 'withdrawn' },
      },
    },
  },
  wakes(state) {
    if (state.phase !== 'standing' && state.phase !== 'due') return []
    const { to, remindOn } = state
    const at = (day: string) => `${day}T00:00:00.000+08:00` as const
    return [
      ...(state.phase === 'standing' && remindOn !== undefined ? [{ at: at(remindOn), command: 'remind' }] : []),
      ...(to === undefined ? [] : [{ at: at(addDays(to, 1)), command: 'lapse' }]),
    ]
  },
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.title,
          open: ['recorded', 'standing', 'due'].includes(state.phase),
          unit: state.unit,
          parties: [state.enterprise, ...(state.stall === undefined ? [] : [state.stall])].map(
            (one) => `enterprise:${one}`,
          ),
          facets: { rung: state.rung, awaits: state.awaits ? 'yes' : 'no', ...yearOf(state) },
          search: state.title,
        },
  entries: (event, before, after, { on }) => entriesOf(event.type, before, after, on),
  messages(event, before, after) {
    if (after.phase === 'none') return []
    const about = { title: after.title }
    const firm = `enterprise:${after.enterprise}`
    switch (event.type) {
      case 'opened':
      case 'noted':
        return [{ to: `unit:${after.unit}`, template: 'noted', about }]
      case 'confirmed': {
        const finding = before.phase === 'none' ? undefined : before.awaits?.finding
        return [{ to: firm, template: finding ?? 'recognised', about }]
      }
      case 'reminded': {
        const until = { ...about, to: 'to' in after ? (after.to ?? '') : '' }
        return [firm, `unit:${after.unit}`].map((to) => ({ to, template: 'reminded', about: until }))
      }
      case 'lapsed':
        return [firm, `unit:${after.unit}`].map((to) => ({ to, template: 'lapsed', about }))
      default:
        return []
    }
  },
  facts(state) {
    if (state.phase === 'none') return {}
    const { phase: _, title: __, fact: ___, awaits, past, ...kept } = state
    return {
      ...kept,
      ...(awaits && { waiting: [readAs(awaits)] }),
      ...(past.length > 0 && {
        past: past.map(({ endedOn, ended, ...one }) => ({ ...readAs(one), endedOn, ended })),
      }),
    }
  },
})

/** In the order in which it is read. */
function readAs({ finding, number, on, to, proof, reason, by, edition, files }: Held) {
  return { finding, number, on, to, proof, reason, by, edition, files }
}

/** One for each enterprise on each rung: two who record the same meet there. */
export function standingId(of: string, firm: string): string {
  return `${of}.${firm}`
}

/** The year in which it moved up: renewals since then count as the same stay. */
function yearOf(was: Exclude<Recognition, { phase: 'none' }>): { year?: string } {
  const terms: readonly Held[] = was.phase === 'standing' || was.phase === 'due' ? [...was.past, was] : was.past
  const first = terms.findLast(({ finding }) => finding === 'recognised')
  return first === undefined ? {} : { year: first.on.slice(0, 4) }
}

type Said = z.output<typeof Proof> & { readonly on: string }

function wrongProof({ on, proof, files = [] }: Said, { today }: Context) {
  if (on > today) return refuse('date-in-the-future', 'on')
  return proof === undefined && files.length === 0 ? refuse('proof-missing', 'proof') : undefined
}

/** A term as it was recorded, with its end and the day of its check by the edition that it is under. */
function notedBy(
  term: z.output<typeof Term>,
  finding: 'recognised' | 'renewed',
  edition: RungEdition | undefined,
  context: Context,
) {
  const wrong = wrongProof(term, context)
  if (wrong) return wrong
  if (edition === undefined) return refuse('no-edition', 'on')
  const { validity, remind } = edition.content
  const to = term.to ?? (validity === undefined ? undefined : addDays(addMonths(term.on, validity), -1))
  if (to !== undefined && to < term.on) return refuse('ends-before-it-begins', 'to')
  const remindOn = to === undefined || remind === undefined ? undefined : addDays(to, -remind)
  return {
    ...term,
    ...(to !== undefined && { to }),
    ...(remindOn !== undefined && { remindOn }),
    finding,
    edition: edition.number,
    by: context.actor.id,
  }
}

/** What stood is laid to what is past, where something did. */
function over(was: Exclude<Recognition, { phase: 'none' }>, endedOn: string, ended: Past['ended']): Kept {
  const { past } = was
  const ends = was.phase === 'standing' || was.phase === 'due' ? [{ ...Held.parse(was), endedOn, ended }] : []
  return { ...Place.parse(was), past: [...past, ...ends] }
}

/**
 * The facts of the enterprise learn of it, so that whatever other rule reads them knows; nothing where they say so already. What was
 * said of it today and taken back today cannot be said once more before tomorrow.
 */
function telling(
  { fact, enterprise: firm }: Kept,
  stands: boolean,
  { facts, today }: Context,
): readonly Order[] | 'changed-today' {
  if (fact === undefined) return []
  const known = stateOf(profile, facts['profile'])
  const said = (known?.phase === 'kept' ? known.facts : []).filter(
    (one) => one.fact === fact && one.source === BY_LADDER,
  )
  const value = stands ? 'yes' : 'no'
  if (said.at(-1)?.value === value) return []
  if (said.some((one) => one.value === value && one.observedAt === today)) return 'changed-today'
  const told = { fact, value, source: BY_LADDER, observedAt: today }
  return [{ kind: 'profile', id: firm, name: 'observe', input: { enterprise: firm, facts: [told] } }]
}

function entriesOf(type: string, before: Recognition, after: Recognition, today: string): readonly Entry[] {
  if (before.phase === 'none' || after.phase === 'none') return []
  const one = { subject: `enterprise:${after.enterprise}`, dims: { rung: after.rung, unit: after.unit } }
  const stood = before.phase === 'standing' || before.phase === 'due'
  const stands = after.phase === 'standing' || after.phase === 'due'
  const on = type === 'lapsed' && stood ? addDays(before.to ?? today, 1) : (before.awaits?.on ?? today)
  const checked = (came: string): Entry => ({ measure: 'ladder-checked', on, ...one, dims: { ...one.dims, came } })
  if (type === 'confirmed' && stands)
    return [
      ...(stood ? [] : [{ measure: 'ladder-standing', on, ...one }]),
      before.awaits?.finding === 'renewed' ? checked('renewed') : { measure: 'ladder-recognised', on, ...one },
    ]
  if (stood && !stands)
    return [
      { measure: 'ladder-standing', on, n: -1, ...one },
      checked(after.phase === 'lapsed' ? 'lapsed' : 'withdrawn'),
    ]
  return []
}
