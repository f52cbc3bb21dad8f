// An enterprise (企业): who it is, how large it is and why, whether it belongs to the private economy, and the facts known of it.
import { z } from 'zod'
import { define, record, refuse, stateOf, type Known as Record, type Order, type Ref } from '../../kernel/record.ts'
import { creditCode, type CreditCode } from './credit-code.ts'
import { divisionOf } from './division.ts'
import { readIndustry } from './industry.ts'
import { initials, spelling } from './pinyin.ts'
import { sizeIndustryOf, sizeOf } from './size.ts'
import { checkUscc, usccName } from './uscc.ts'

/** The earliest day on which an enterprise of today can have been registered, and the first year of which figures are kept. */
const FIRST_DAY = '1800-01-01'
const FIRST_PERIOD = '1949'
/** The source of what an enterprise says of itself. */
const BY_ITSELF = '企业自报'

const words = (most: number) => z.string().trim().min(1).max(most)

/** A figure about the enterprise, never overwritten: a later observation of the same period stands above an earlier one. */
const Fact = z.object({
  fact: z.enum(['staff', 'revenue', 'assets']).meta({ widget: 'choice' }),
  value: z.number().min(0).max(1e12),
  unit: z.enum(['person', 'wan-yuan']).meta({ widget: 'choice' }),
  period: z.string().regex(/^\d{4}$/),
  source: words(80),
  observedAt: z.iso.date().meta({ widget: 'date' }),
})
const Known = z.object({
  uscc: z.string().trim().min(1).max(40),
  name: words(120),
  division: z
    .string()
    .regex(/^\d{6}$/)
    .meta({ widget: 'division' }),
  /** As it was given: the letter of the section may stand before two to four digits. */
  industry: z
    .string()
    .trim()
    .regex(/^[A-Ta-t]?\d{2,4}$/)
    .meta({ widget: 'industry' }),
  registeredOn: z.iso.date().meta({ widget: 'date' }),
  private: z.boolean().meta({ widget: 'yes-no' }),
  evidence: words(200).optional(),
  contact: words(40).optional().meta({ personal: true }),
  phone: words(20).optional().meta({ widget: 'tel', personal: true }),
  address: words(200).optional(),
})
const Enter = Known.extend({ facts: z.array(Fact).max(50).optional().meta({ widget: 'list' }) })
const Entered = Known.extend({ usccForm: z.enum(['valid', 'wrong-form', 'wrong-check']) })

const Observe = z.object({ facts: z.array(Fact).min(1).max(50).meta({ widget: 'list' }) })
const Designate = z.object({
  key: z.boolean().meta({ widget: 'yes-no' }),
  reason: words(400).meta({ widget: 'paragraph' }),
})
const Back = z.object({
  assignment: words(64).meta({ widget: 'assignment' }),
  leader: words(64).meta({ widget: 'person' }),
  unitBehind: words(64).meta({ widget: 'unit' }),
  /** From a day to come. */
  awaits: z.literal(true).optional().meta({ widget: 'hidden' }),
})
const Unback = Back.pick({ assignment: true })
const Reason = z.object({ reason: words(400).meta({ widget: 'paragraph' }) })
const Nothing = z.object({})

export type Enterprise =
  | { readonly phase: 'none' }
  | (z.output<typeof Entered> & {
      readonly phase: 'listed' | 'left'
      readonly facts: readonly z.output<typeof Fact>[]
      /** A key enterprise (重点企业): a leader and a department are to stand behind it. */
      readonly key?: boolean
      readonly behind?: readonly z.output<typeof Back>[]
    })

export const enterprise = define<Enterprise>()({
  kind: 'enterprise',
  code: 'QY',
  initial: { phase: 'none' },
  phases: ['none', 'listed', 'left'],
  refusals: [
    'division-unknown',
    'industry-unknown',
    'industry-section',
    'evidence-missing',
    'wrong-unit',
    'date-in-the-future',
    'date-too-early',
    'not-whole',
    'nothing-new',
    'code-taken',
    'has-left',
  ],
  events: {
    entered: Entered,
    changed: Entered,
    observed: Observe,
    designated: Designate,
    backed: Back,
    unbacked: Unback,
    left: Reason,
    restored: Reason,
  },
  evolve: {
    entered: (_, data) => ({ phase: 'listed', ...data, facts: [] }),
    changed: (was, data) => (was.phase === 'none' ? was : { ...kept(was), ...data }),
    designated: (was, { key }) => (was.phase === 'none' ? was : { ...was, key }),
    // Said of one that is there already, its day has come.
    backed: (was, data) =>
      was.phase === 'none' ? was : { ...was, behind: [...behindBut(was, data.assignment), data] },
    unbacked: (was, { assignment }) => (was.phase === 'none' ? was : { ...was, behind: behindBut(was, assignment) }),
    observed: (was, { facts }) => (was.phase === 'none' ? was : { ...was, facts: [...was.facts, ...facts] }),
    left: (was) => (was.phase === 'none' ? was : { ...was, phase: 'left' }),
    restored: (was) => (was.phase === 'none' ? was : { ...was, phase: 'listed' }),
  },
  commands: {
    /** Enters it, or changes what is known of it: an import may be repeated as often as one likes. */
    enter: {
      input: Enter,
      by: { clerk: 'city', 'system-admin': 'city' },
      in: ['none', 'listed', 'left'],
      amends: true,
      // Of one that has left it is refused, with the way back.
      fits: (was) => was.phase !== 'left',
      reads: ({ uscc }) => codeOf(uscc),
      names({ uscc }) {
        const code = usccName(uscc)
        const held = (was: Enterprise) =>
          was.phase !== 'none' && usccName(was.uscc) === code ? heldBy(was, code) : undefined
        return code === '' ? undefined : { id: code, held }
      },
      decide(was, input, { id: self, today, facts: { code, namesake } }) {
        if (was.phase === 'left') return heldBy(was, self)
        const [wrong] = wrongIn(was, input, today)
        if (wrong) return wrong
        const { form, normal } = checkUscc(input.uscc)
        const holder = holderOf(stateOf(creditCode, code), namesake, normal)
        // Whether it is listed or has left, the holder itself knows.
        if (holder !== undefined && holder !== self)
          return { events: [], follow: [{ kind: 'enterprise', id: holder, name: 'hold', input: {} }] }
        const follow = codes(self, was.phase === 'none' ? '' : was.uscc, normal)
        const { facts = [], ...given } = input
        // Whoever may not read the contact leaves it as it is.
        const before = was.phase === 'none' ? {} : { contact: was.contact, phone: was.phone }
        const { contact = before.contact, phone = before.phone } = given
        const data = {
          ...given,
          ...(contact !== undefined && { contact }),
          ...(phone !== undefined && { phone }),
          uscc: normal,
          usccForm: form,
          industry: deeper(was, readIndustry(input.industry)!.digits),
        }
        const fresh = freshFacts(was, facts)
        const observed = fresh.length === 0 ? [] : [{ type: 'observed' as const, data: { facts: fresh } }]
        if (was.phase === 'none') return { events: [{ type: 'entered' as const, data }, ...observed], follow }
        const { phase: _, facts: __, key: ___, behind: ____, ...known } = was
        const changed = same(known, data) ? [] : [{ type: 'changed' as const, data }]
        const events = [...changed, ...observed]
        return events.length === 0 ? refuse('nothing-new') : { events, follow }
      },
    },
    /** Another is being entered with its code. */
    hold: {
      input: Nothing,
      by: { system: 'always' },
      in: ['listed', 'left'],
      inner: true,
      decide: (was, _, { id: self }) => heldBy(was, self),
    },
    observe: {
      input: Observe,
      by: { clerk: 'city', 'system-admin': 'city', subject: 'always' },
      in: ['listed'],
      decide(was, { facts: given }, { today, actor }) {
        if (was.phase === 'none') return refuse('nothing-new')
        // Whoever holds no post speaks for the enterprise: what it says of itself is told from what an office has found.
        const itself = !actor.system && actor.posts.length === 0
        const facts = itself ? given.map((one) => ({ ...one, source: BY_ITSELF, observedAt: today })) : given
        const [wrong] = wrongFacts(was, facts, today)
        if (wrong) return wrong
        const fresh = freshFacts(was, facts)
        return fresh.length === 0 ? refuse('nothing-new') : record({ type: 'observed', data: { facts: fresh } })
      },
    },
    designate: {
      input: Designate,
      by: { supervisor: 'city', dispatcher: 'city' },
      in: ['listed'],
      decide: (was, data) =>
        was.phase !== 'none' && (was.key ?? false) === data.key
          ? refuse('nothing-new', 'key')
          : record({ type: 'designated', data }),
    },
    /** A leader and a department stand behind it from now on, or will. */
    back: {
      input: Back,
      by: { system: 'always' },
      in: ['listed'],
      inner: true,
      decide: (_, data) => record({ type: 'backed', data }),
    },
    unback: {
      input: Unback,
      by: { system: 'always' },
      in: ['listed', 'left'],
      inner: true,
      decide: (_, data) => record({ type: 'unbacked', data }),
    },
    leave: {
      input: Reason,
      by: { clerk: 'city' },
      in: ['listed'],
      grave: true,
      reads: (_, was) => assignmentsOf(was),
      // It keeps its code, so that nobody is entered with it beside the appeals that are its own.
      decide: (_, data, { facts, today }) => ({
        ...record({ type: 'left', data }),
        follow: Object.values(facts).flatMap((one) => (one ? endOf(one, today, data.reason) : [])),
      }),
    },
    /** It left by mistake. */
    restore: {
      input: Reason,
      by: { clerk: 'city' },
      in: ['left'],
      reads: (_, was) => codeOf(was.phase === 'none' ? '' : was.uscc),
      decide(was, data, { id: self, facts: { code, namesake } }) {
        const uscc = was.phase === 'none' ? '' : was.uscc
        const holder = holderOf(stateOf(creditCode, code), namesake, uscc)
        if (holder !== undefined && holder !== self) return refuse('code-taken', undefined, { enterprise: holder })
        return { ...record({ type: 'restored', data }), follow: codes(self, '', uscc) }
      },
    },
  },
  sees: {
    subject: 'always',
    clerk: 'city',
    dispatcher: 'city',
    handler: 'city',
    representative: 'city',
    'unit-head': 'city',
    'policy-manager': 'city',
    caller: 'city',
    supervisor: 'city',
    leader: 'city',
    'system-admin': 'city',
    'audit-admin': 'city',
  },
  reveals: { subject: 'always', handler: 'city', caller: 'city', leader: 'city' },
  columns: ['uscc', 'division', 'industry', 'size', 'private', 'key'],
  index: (state, at) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.name,
          open: state.phase === 'listed',
          parties: [`enterprise:${at}`],
          facets: {
            division: state.division,
            industry: divisionIn(state.industry),
            private: state.private ? 'yes' : 'no',
            size: sizeNow(state).size,
            ...(state.key && { key: 'yes', backed: isBacked(state) }),
          },
          search: `${state.name} ${initials(state.name)} ${spelling(state.name)} ${state.uscc}`,
        },
  entries(event, before, after, { id: at, on }) {
    const post = (state: Enterprise, n: 1 | -1) =>
      state.phase === 'listed'
        ? [
            {
              measure: 'enterprise-listed',
              on,
              n,
              subject: `enterprise:${at}`,
              dims: {
                private: state.private ? 'yes' : 'no',
                division: state.division,
                ...(state.key && { key: 'yes', backed: isBacked(state) }),
              },
            },
          ]
        : []
    return event.type === 'observed' ? [] : [...post(before, -1), ...post(after, 1)]
  },
  facts(state) {
    if (state.phase === 'none') return {}
    const { phase: _, facts, behind = [], ...known } = state
    const stand = behind.filter((one) => !one.awaits)
    const { size, missing } = sizeNow(state)
    const division = divisionIn(known.industry)
    return {
      ...known,
      industry: division,
      industryCode: known.industry === division ? undefined : known.industry,
      size,
      missing: missing.length > 0 ? missing : undefined,
      facts: facts.length > 0 ? facts : undefined,
      leader: stand.length > 0 ? stand.map((one) => one.leader) : undefined,
      unitBehind: stand.length > 0 ? stand.map((one) => one.unitBehind) : undefined,
    }
  },
})

/** The size class from the latest known figures (工信部联企业〔2011〕300号); `unknown` names what is missing. */
export function sizeNow(state: Exclude<Enterprise, { phase: 'none' }>) {
  const latest = (name: z.output<typeof Fact>['fact']) => latestFact(state, name)?.value
  const [X, Y, Z] = [latest('staff'), latest('revenue'), latest('assets')]
  return sizeOf(sizeIndustryOf(state.industry), {
    ...(X !== undefined && { X }),
    ...(Y !== undefined && { Y }),
    ...(Z !== undefined && { Z }),
  })
}

/** What the register goes by: of what was said of one sort, that which stands above the rest. */
export function latestFact(
  { facts }: Exclude<Enterprise, { phase: 'none' }>,
  name: z.output<typeof Fact>['fact'],
): z.output<typeof Fact> | undefined {
  let best: z.output<typeof Fact> | undefined
  // Of two that stand as high the later counts.
  for (const one of facts) if (one.fact === name && (best === undefined || higher(one, best) <= 0)) best = one
  return best
}

/** Which fact stands above the other: of a later period, found by an office, observed later; else as they come. */
function higher(a: z.output<typeof Fact>, b: z.output<typeof Fact>): number {
  const found = (one: z.output<typeof Fact>) =>
    [one.period, one.source === BY_ITSELF ? '0' : '1', one.observedAt].join()
  const [x, y] = [found(a), found(b)]
  return x === y ? 0 : x < y ? 1 : -1
}

/** What whoever asks for its code is told. */
const heldBy = (was: Enterprise, self: string) =>
  refuse(was.phase === 'left' ? 'has-left' : 'code-taken', 'uscc', { enterprise: self })

/** The assignments by which leaders and departments stand behind it. */
const assignmentsOf = (was: Enterprise): { readonly [id: string]: Ref | undefined } =>
  Object.fromEntries(
    (was.phase === 'none' ? [] : (was.behind ?? [])).map(({ assignment: id }) => [id, { kind: 'assignment', id }]),
  )

/** An assignment ends today, or is called off if it has not begun; none later than it would. */
function endOf({ id, state }: Record, today: string, reason: string): Order[] {
  const { phase, to } = state as { readonly phase: string; readonly to?: string }
  if (phase === 'none' || phase === 'ended') return []
  return [{ kind: 'assignment', id, name: 'end', input: { to: to !== undefined && to < today ? to : today, reason } }]
}

/** Who may hold a code already: the code as a name, and the enterprise whose record is called like it. */
function codeOf(uscc: string): Readonly<{ [name: string]: Ref | undefined }> {
  const name = usccName(uscc)
  if (name === '') return {}
  return { code: { kind: 'credit-code', id: name }, namesake: { kind: 'enterprise', id: name } }
}

/**
 * A code belongs to one enterprise: the old one is given back, the new one claimed. Whoever's record is called like the
 * code, as an import calls it, holds it by that name: a claim for each would double what an import writes.
 */
function codes(self: string, before: string, after: string): Order[] {
  const [old, fresh] = [usccName(before), usccName(after)]
  const order = (id: string, name: string) => ({ kind: 'credit-code', id, name, input: { enterprise: self } })
  return [
    ...(old === '' || old === fresh || old === self ? [] : [order(old, 'release')]),
    ...(fresh === '' || fresh === self ? [] : [order(fresh, 'claim')]),
  ]
}

function holderOf(claimed: CreditCode | undefined, namesake: Record | undefined, uscc: string): string | undefined {
  if (claimed?.phase === 'taken') return claimed.enterprise
  const one = namesake?.state as Enterprise | undefined
  if (one === undefined || one.phase === 'none') return undefined
  return usccName(one.uscc) === usccName(uscc) ? namesake?.id : undefined
}

/** What an update of the known facts leaves as it is. */
const kept = ({ phase, facts, key, behind }: Exclude<Enterprise, { phase: 'none' }>) => ({
  phase,
  facts,
  ...(key !== undefined && { key }),
  ...(behind !== undefined && { behind }),
})

const behindBut = (was: Exclude<Enterprise, { phase: 'none' }>, assignment: string) =>
  (was.behind ?? []).filter((one) => one.assignment !== assignment)

const isBacked = ({ behind = [] }: Exclude<Enterprise, { phase: 'none' }>) =>
  behind.some((one) => !one.awaits) ? 'yes' : 'no'

/** The division (大类) of a code of any depth: forms, lists and facets know these. */
const divisionIn = (industry: string) => industry.slice(0, 2)

/** Whoever names the division alone, as the form does, leaves the deeper code that is known. */
function deeper(was: Enterprise, digits: string): string {
  return was.phase !== 'none' && divisionIn(was.industry) === digits ? was.industry : digits
}

/** All that is wrong with what is to be entered, as far as it is there: a sheet tells every bad cell of a row at once. */
export function wrongIn(was: Enterprise, input: Partial<z.output<typeof Enter>>, today: string) {
  const { division, industry, registeredOn, facts = [] } = input
  const found = industry === undefined ? undefined : readIndustry(industry)
  return [
    ...(division !== undefined && !divisionOf(division) ? [refuse('division-unknown', 'division')] : []),
    ...(industry !== undefined && !found ? [refuse('industry-unknown', 'industry')] : []),
    ...(found?.agrees === false
      ? [refuse('industry-section', 'industry', { division: found.division.code, section: found.division.section })]
      : []),
    ...(registeredOn === undefined ? [] : wrongDate('registeredOn', registeredOn, FIRST_DAY, today)),
    ...(input.private && input.evidence === undefined ? [refuse('evidence-missing', 'evidence')] : []),
    ...wrongFacts(was, facts, today),
  ]
}

/** What is known already is not judged again: it stays in the record whatever is said of it today. */
function wrongFacts(was: Enterprise, facts: readonly z.output<typeof Fact>[], today: string) {
  const fresh = new Set(freshFacts(was, facts))
  return facts.flatMap((one, place) =>
    fresh.has(one)
      ? [
          ...((one.fact === 'staff') !== (one.unit === 'person') ? [refuse('wrong-unit', `facts.${place}.unit`)] : []),
          ...(one.fact === 'staff' && !Number.isInteger(one.value)
            ? [refuse('not-whole', `facts.${place}.value`)]
            : []),
          ...wrongDate(`facts.${place}.period`, one.period, FIRST_PERIOD, today.slice(0, 4)),
          ...wrongDate(`facts.${place}.observedAt`, one.observedAt, begun(one.period, today), today),
        ]
      : [],
  )
}

function wrongDate(field: string, date: string, earliest: string, latest: string) {
  if (date > latest) return [refuse('date-in-the-future', field, { latest })]
  return date < earliest ? [refuse('date-too-early', field, { earliest })] : []
}

/** The first day of a period; of one that is to come or is none, it is the period that is wrong. */
const begun = (period: string, today: string) =>
  /^\d{4}$/.test(period) && period <= today.slice(0, 4) ? `${period}-01-01` : ''

/** The facts that are not known yet, word for word. */
function freshFacts(was: Enterprise, facts: readonly z.output<typeof Fact>[]) {
  const known = was.phase === 'none' ? [] : was.facts
  return facts.filter((one) => !known.some((other) => same(other, one)))
}

function same(a: object, b: object): boolean {
  const sorted = (value: object) =>
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .toSorted(([x], [y]) => (x < y ? -1 : 1))
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}
