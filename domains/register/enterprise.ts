// An enterprise (企业): who it is, how large it is and why, whether it belongs to the private economy, and the facts known of it.
import { z } from 'zod'
import { define, record, refuse, stateOf, type Known as Record, type Order, type Ref } from '../../kernel/record.ts'
import { creditCode, type CreditCode } from './credit-code.ts'
import { divisionOf } from './division.ts'
import { readIndustry } from './industry.ts'
import { initials, spelling } from './pinyin.ts'
import { sizeIndustryOf, sizeOf } from './size.ts'
import { checkUscc, usccName } from './uscc.ts'

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
})
const Unback = Back.pick({ assignment: true })
const Reason = z.object({ reason: words(400).meta({ widget: 'paragraph' }) })

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
    'nothing-new',
    'code-taken',
  ],
  events: {
    entered: Entered,
    changed: Entered,
    observed: Observe,
    designated: Designate,
    backed: Back,
    unbacked: Unback,
    left: Reason,
  },
  evolve: {
    entered: (_, data) => ({ phase: 'listed', ...data, facts: [] }),
    changed: (was, data) => (was.phase === 'none' ? was : { ...kept(was), ...data }),
    designated: (was, { key }) => (was.phase === 'none' ? was : { ...was, key }),
    backed: (was, data) => (was.phase === 'none' ? was : { ...was, behind: [...(was.behind ?? []), data] }),
    unbacked: (was, { assignment }) =>
      was.phase === 'none'
        ? was
        : { ...was, behind: (was.behind ?? []).filter((one) => one.assignment !== assignment) },
    observed: (was, { facts }) => (was.phase === 'none' ? was : { ...was, facts: [...was.facts, ...facts] }),
    left: (was) => (was.phase === 'none' ? was : { ...was, phase: 'left' }),
  },
  commands: {
    /** Enters it, or changes what is known of it: an import may be repeated as often as one likes. */
    enter: {
      input: Enter,
      by: { clerk: 'city', 'system-admin': 'city' },
      in: ['none', 'listed'],
      amends: true,
      reads: ({ uscc }) => codeOf(uscc),
      names({ uscc }) {
        const code = usccName(uscc)
        const held = (was: Enterprise) =>
          was.phase === 'listed' && usccName(was.uscc) === code
            ? refuse('code-taken', 'uscc', { enterprise: code })
            : undefined
        return code === '' ? undefined : { id: code, held }
      },
      decide(was, input, { id: self, today, facts: { code, namesake } }) {
        const [wrong] = wrongIn(was, input, today)
        if (wrong) return wrong
        const { form, normal } = checkUscc(input.uscc)
        const holder = holderOf(stateOf(creditCode, code), namesake, normal)
        if (holder !== undefined && holder !== self) return refuse('code-taken', 'uscc', { enterprise: holder })
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
    observe: {
      input: Observe,
      by: { clerk: 'city', 'system-admin': 'city', subject: 'always' },
      in: ['listed'],
      decide(was, { facts }, { today }) {
        if (was.phase === 'none') return refuse('nothing-new')
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
    /** A leader and a department stand behind it from now on. */
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
      decide: (was, data, { id: self }) => ({
        ...record({ type: 'left', data }),
        follow: codes(self, was.phase === 'none' ? '' : was.uscc, ''),
      }),
    },
  },
  sees: {
    subject: 'always',
    clerk: 'city',
    dispatcher: 'city',
    handler: 'city',
    'unit-head': 'city',
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
    const { size, missing } = sizeNow(state)
    const division = divisionIn(known.industry)
    return {
      ...known,
      industry: division,
      industryCode: known.industry === division ? undefined : known.industry,
      size,
      missing: missing.length > 0 ? missing : undefined,
      facts: facts.length > 0 ? facts : undefined,
      leader: behind.length > 0 ? behind.map((one) => one.leader) : undefined,
      unitBehind: behind.length > 0 ? behind.map((one) => one.unitBehind) : undefined,
    }
  },
})

/** The size class from the latest known figures (工信部联企业〔2011〕300号); `unknown` names what is missing. */
export function sizeNow(state: Exclude<Enterprise, { phase: 'none' }>) {
  const latest = (name: string) =>
    state.facts
      .filter((one) => one.fact === name)
      .toSorted((a, b) =>
        a.period === b.period ? (a.observedAt < b.observedAt ? 1 : -1) : a.period < b.period ? 1 : -1,
      )[0]?.value
  const [X, Y, Z] = [latest('staff'), latest('revenue'), latest('assets')]
  return sizeOf(sizeIndustryOf(state.industry), {
    ...(X !== undefined && { X }),
    ...(Y !== undefined && { Y }),
    ...(Z !== undefined && { Z }),
  })
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
  return one?.phase === 'listed' && usccName(one.uscc) === usccName(uscc) ? namesake?.id : undefined
}

/** What an update of the known facts leaves as it is. */
const kept = ({ phase, facts, key, behind }: Exclude<Enterprise, { phase: 'none' }>) => ({
  phase,
  facts,
  ...(key !== undefined && { key }),
  ...(behind !== undefined && { behind }),
})

const isBacked = (state: Exclude<Enterprise, { phase: 'none' }>) => ((state.behind ?? []).length > 0 ? 'yes' : 'no')

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
    ...(registeredOn !== undefined && registeredOn > today ? [inTheFuture('registeredOn', today)] : []),
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
          ...(one.period > today.slice(0, 4) ? [inTheFuture(`facts.${place}.period`, today.slice(0, 4))] : []),
          ...(one.observedAt > today ? [inTheFuture(`facts.${place}.observedAt`, today)] : []),
        ]
      : [],
  )
}

const inTheFuture = (field: string, latest: string) => refuse('date-in-the-future', field, { latest })

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
