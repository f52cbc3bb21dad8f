// A person who works here or acts for an enterprise, the posts that person holds, and the mandates to act.
import { z } from 'zod'
import { addDays } from '../../kernel/clock/date.ts'
import { define, record, refuse, stateOf, type Order } from '../../kernel/record.ts'
import { enterprise } from './enterprise.ts'
import { unit } from './unit.ts'

const id = z.string().min(1).max(64)
const Enrol = z.object({
  name: z.string().trim().min(1).max(40),
  login: z
    .string()
    .regex(/^[a-z][a-z0-9.-]{2,31}$/)
    .optional(),
  phone: z.string().max(20).optional().meta({ widget: 'tel', personal: true }),
})
const Reason = z.object({ reason: z.string().trim().min(1).max(400).meta({ widget: 'paragraph' }) })

const Take = z.object({
  post: id.meta({ widget: 'post' }),
  role: z.string(),
  unit: id.optional().meta({ widget: 'unit' }),
})
const Give = Take.pick({ post: true })
const Login = z.object({ login: Enrol.shape.login.unwrap(), reason: Reason.shape.reason })
/** A mandate that the person holds, with its term as it now stands. */
const Entrust = z.object({ mandate: id.meta({ widget: 'mandate' }), from: z.iso.date(), to: z.iso.date().optional() })

export type Person =
  | { readonly phase: 'none' }
  | (z.output<typeof Enrol> & {
      readonly phase: 'active' | 'suspended'
      readonly posts: readonly z.output<typeof Take>[]
      readonly mandates?: readonly z.output<typeof Entrust>[]
    })

export const person = define<Person>()({
  kind: 'person',
  code: 'RY',
  initial: { phase: 'none' },
  phases: ['none', 'active', 'suspended'],
  refusals: ['not-oneself', 'login-is-settled', 'nothing-new'],
  events: {
    enrolled: Enrol,
    amended: Enrol,
    'login-changed': Login,
    suspended: Reason,
    restored: Reason,
    took: Take,
    gave: Give,
    entrusted: Entrust,
  },
  evolve: {
    enrolled: (_, data) => ({ phase: 'active', ...data, posts: [] }),
    amended: (was, data) => {
      if (was.phase === 'none') return was
      const { name: _, login: __, phone: ___, ...kept } = was
      return { ...kept, ...data }
    },
    'login-changed': (was, { login }) => (was.phase === 'none' ? was : { ...was, login }),
    entrusted: (was, data) =>
      was.phase === 'none'
        ? was
        : { ...was, mandates: [...(was.mandates ?? []).filter((one) => one.mandate !== data.mandate), data] },
    took: (was, data) => (was.phase === 'none' ? was : { ...was, posts: [...was.posts, data] }),
    gave: (was, data) =>
      was.phase === 'none' ? was : { ...was, posts: was.posts.filter((one) => one.post !== data.post) },
    suspended: (was) => (was.phase === 'none' ? was : { ...was, phase: 'suspended' }),
    restored: (was) => (was.phase === 'none' ? was : { ...was, phase: 'active' }),
  },
  commands: {
    enrol: {
      input: Enrol,
      by: { 'system-admin': 'city' },
      in: ['none'],
      decide: (_, data, { id: self }) => ({
        ...record({ type: 'enrolled', data }),
        follow: logins(self, undefined, data.login),
      }),
    },
    amend: {
      input: Enrol,
      by: { 'system-admin': 'city' },
      in: ['active', 'suspended'],
      amends: true,
      decide(was, data, { id: self }) {
        // Whoever may not read the number leaves it as it is.
        const { login: before, phone: known, posts } = was.phase === 'none' ? { posts: [] } : was
        const { phone = known } = data
        // Whoever gives a login to himself, at a single sign-on too, becomes its person: what it opens is not changed here.
        const settled = before !== undefined || posts.length > 0
        if (settled && data.login !== before) return refuse('login-is-settled', 'login')
        return {
          ...record({ type: 'amended', data: { ...data, ...(phone !== undefined && { phone }) } }),
          follow: logins(self, before, data.login),
        }
      },
    },
    /** Another login: by the security administrator, never his own, and whoever it belongs to is told. */
    changeLogin: {
      input: Login,
      by: { 'security-admin': 'city' },
      in: ['active', 'suspended'],
      grave: true,
      decide(was, data, { id: self, actor }) {
        if (self === actor.id) return refuse('not-oneself')
        const before = was.phase === 'none' ? undefined : was.login
        return data.login === before
          ? refuse('nothing-new', 'login')
          : { ...record({ type: 'login-changed', data }), follow: logins(self, before, data.login) }
      },
    },
    suspend: {
      input: Reason,
      by: { 'security-admin': 'city' },
      in: ['active'],
      grave: true,
      // The only security administrator would lock out himself, and the city with him.
      decide: (_, data, { id: self, actor }) =>
        self === actor.id ? refuse('not-oneself') : record({ type: 'suspended', data }),
    },
    restore: {
      input: Reason,
      by: { 'security-admin': 'city' },
      in: ['suspended'],
      decide: (_, data) => record({ type: 'restored', data }),
    },
    /** Appointing somebody to a post takes it into that person's record, so that duties can be kept apart. */
    take: {
      input: Take,
      by: { system: 'always' },
      in: ['active'],
      inner: true,
      decide: (_, data) => record({ type: 'took', data }),
    },
    give: {
      input: Give,
      by: { system: 'always' },
      in: ['active', 'suspended'],
      inner: true,
      decide: (_, data) => record({ type: 'gave', data }),
    },
    /** A mandate, too, is taken into the person's record: whoever speaks for an enterprise works on nobody's case. */
    entrust: {
      input: Entrust,
      by: { system: 'always' },
      in: ['active', 'suspended'],
      inner: true,
      decide: (_, data) => record({ type: 'entrusted', data }),
    },
  },
  sees: { 'system-admin': 'city', 'security-admin': 'city', 'audit-admin': 'city', subject: 'always' },
  named: true,
  reveals: { 'security-admin': 'city', subject: 'always' },
  columns: ['login'],
  index: (state, at) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.name,
          open: state.phase === 'active',
          parties: [`person:${at}`],
          facets: state.login === undefined ? {} : { login: state.login },
          search: `${state.name} ${state.login ?? ''}`,
        },
  facts: (state) => (state.phase === 'none' ? {} : { name: state.name, login: state.login, phone: state.phone }),
  messages: (event, _, __, { id: self }) =>
    event.type === 'login-changed'
      ? [{ to: `person:${self}`, template: 'login-changed', about: { login: event.data.login } }]
      : [],
  confers: () => [],
})

/** A login name belongs to one person: the old one is given back, the new one claimed. */
function logins(self: string, before: string | undefined, after: string | undefined): Order[] {
  if (before === after) return []
  return [
    ...(before === undefined ? [] : [{ kind: 'login', id: before, name: 'release', input: {} }]),
    ...(after === undefined ? [] : [{ kind: 'login', id: after, name: 'claim', input: { person: self } }]),
  ]
}

function entrusted({ person: agent, from, to }: z.output<typeof Authorise>, self: string): Order {
  const term = { from, ...(to !== undefined && { to }) }
  return { kind: 'person', id: agent, name: 'entrust', input: { mandate: self, ...term } }
}

export const roles = [
  'system-admin',
  'security-admin',
  'audit-admin',
  'dispatcher',
  'handler',
  'unit-head',
  'caller',
  'supervisor',
  'leader',
  'clerk',
  'item-manager',
  'policy-manager',
  'representative',
] as const
/** 三员分立: system, security and audit administration are never in one hand, nor together with any business role. */
export const administration: readonly string[] = ['system-admin', 'security-admin', 'audit-admin']

const Appoint = z.object({
  person: id.meta({ widget: 'person' }),
  role: z.enum(roles).meta({ widget: 'choice' }),
  unit: id.meta({ widget: 'unit' }),
  /** The unit whose subtree the post covers: an office of the city supervises the whole city. */
  jurisdiction: id.optional().meta({ widget: 'unit' }),
  clearance: z.number().int().min(0).max(3),
  from: z.iso.date().meta({ widget: 'date' }),
  to: z.iso.date().optional().meta({ widget: 'date' }),
})
const End = z.object({ to: z.iso.date().meta({ widget: 'date' }), reason: Reason.shape.reason })

/** The person's name is kept as it was then: it is what the list is read by. */
const Appointed = Appoint.extend({ name: z.string().meta({ widget: 'hidden' }) })

export type Post =
  { readonly phase: 'none' } | ({ readonly phase: 'held' | 'ended'; readonly name: string } & z.output<typeof Appoint>)

export const post = define<Post>()({
  kind: 'post',
  code: 'GW',
  initial: { phase: 'none' },
  phases: ['none', 'held', 'ended'],
  refusals: [
    'person-unknown',
    'unit-unknown',
    'ends-before-it-begins',
    'ends-earlier',
    'separate-duties',
    'holds-a-mandate',
    'not-oneself',
    'not-over-yet',
  ],
  events: { appointed: Appointed, ended: End, lapsed: z.object({}) },
  evolve: {
    appointed: (_, data) => ({ phase: 'held', ...data }),
    // A post is held to the end of its last day, whenever that was settled.
    ended: (was, { to }, { on }) => (was.phase === 'none' ? was : { ...was, phase: to < on ? 'ended' : 'held', to }),
    lapsed: (was) => (was.phase === 'none' ? was : { ...was, phase: 'ended' }),
  },
  commands: {
    appoint: {
      input: Appoint,
      by: { 'security-admin': 'city' },
      in: ['none'],
      grave: true,
      reads: (input) => ({
        person: { kind: 'person', id: input.person },
        unit: { kind: 'unit', id: input.unit },
        jurisdiction: input.jurisdiction === undefined ? undefined : { kind: 'unit', id: input.jurisdiction },
      }),
      decide(_, data, { facts, actor, id: self }) {
        const holder = stateOf(person, facts['person'])
        if (holder?.phase !== 'active') return refuse('person-unknown', 'person')
        if (stateOf(unit, facts['unit'])?.phase !== 'standing') return refuse('unit-unknown', 'unit')
        if (data.jurisdiction !== undefined && stateOf(unit, facts['jurisdiction'])?.phase !== 'standing')
          return refuse('unit-unknown', 'jurisdiction')
        if (data.to !== undefined && data.to < data.from) return refuse('ends-before-it-begins', 'to')
        if (data.person === actor.id) return refuse('not-oneself', 'person')
        const others = holder.posts.map((one) => one.role).filter((role) => role !== data.role)
        const administers = [data.role, ...others].some((role) => administration.includes(role))
        if (administers && others.length > 0) return refuse('separate-duties', 'role')
        const speaks = (holder.mandates ?? []).some(
          (one) => (data.to === undefined || one.from <= data.to) && (one.to === undefined || data.from <= one.to),
        )
        if (speaks) return refuse('holds-a-mandate', 'person')
        const input = { post: self, role: data.role, unit: data.unit }
        return {
          ...record({ type: 'appointed', data: { ...data, name: holder.name } }),
          follow: [{ kind: 'person', id: data.person, name: 'take', input }],
        }
      },
    },
    end: {
      input: End,
      by: { 'security-admin': 'city' },
      in: ['held'],
      grave: true,
      decide(was, data, { id: self, today, actor }) {
        if (was.phase !== 'none' && was.person === actor.id) return refuse('not-oneself')
        if (was.phase === 'none' || data.to < was.from) return refuse('ends-before-it-begins', 'to')
        if (was.to !== undefined && data.to > was.to) return refuse('ends-earlier', 'to', { to: was.to })
        return { ...record({ type: 'ended', data }), follow: data.to < today ? [givenUp(was.person, self)] : [] }
      },
    },
    /** Its last day has passed: only now may the holder take what does not go together with it. */
    lapse: {
      input: z.object({}),
      by: { system: 'always' },
      in: ['held'],
      inner: true,
      decide: (was, _, { id: self, today }) =>
        was.phase === 'none' || was.to === undefined || today <= was.to
          ? refuse('not-over-yet')
          : { ...record({ type: 'lapsed', data: {} }), follow: [givenUp(was.person, self)] },
    },
  },
  wakes: (state) =>
    state.phase === 'held' && state.to !== undefined
      ? [{ at: `${addDays(state.to, 1)}T00:00:00.000+08:00`, command: 'lapse' }]
      : [],
  sees: { 'system-admin': 'city', 'security-admin': 'city', 'audit-admin': 'city', subject: 'always' },
  columns: ['role', 'unit', 'jurisdiction', 'from', 'to'],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.name,
          open: state.phase === 'held',
          unit: state.unit,
          parties: [`person:${state.person}`],
          facets: { role: state.role, clearance: String(state.clearance) },
        },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, name: __, ...facts } = state
    return facts
  },
  confers: (state) =>
    state.phase === 'none'
      ? []
      : [
          {
            person: state.person,
            post: {
              role: state.role,
              unit: state.unit,
              jurisdiction: state.jurisdiction,
              clearance: state.clearance,
              from: state.from,
              to: state.to,
            },
          },
        ],
})

function givenUp(holder: string, self: string): Order {
  return { kind: 'person', id: holder, name: 'give', input: { post: self } }
}

const Authorise = z.object({
  person: id.meta({ widget: 'person' }),
  enterprise: id.meta({ widget: 'enterprise' }),
  from: z.iso.date().meta({ widget: 'date' }),
  to: z.iso.date().optional().meta({ widget: 'date' }),
})

const Authorised = Authorise.extend({ name: z.string().meta({ widget: 'hidden' }) })

export type Mandate =
  | { readonly phase: 'none' }
  | ({ readonly phase: 'valid' | 'ended'; readonly name: string } & z.output<typeof Authorise>)

/** A mandate (授权): this person may act for that enterprise, from one day to another. */
export const mandate = define<Mandate>()({
  kind: 'mandate',
  code: 'WT',
  initial: { phase: 'none' },
  phases: ['none', 'valid', 'ended'],
  refusals: ['person-unknown', 'enterprise-unknown', 'ends-before-it-begins', 'not-oneself', 'holds-a-post'],
  events: { authorised: Authorised, ended: End },
  evolve: {
    authorised: (_, data) => ({ phase: 'valid', ...data }),
    ended: (was, { to }) => (was.phase === 'none' ? was : { ...was, phase: 'ended', to }),
  },
  commands: {
    authorise: {
      input: Authorise,
      by: { clerk: 'city', 'security-admin': 'city' },
      in: ['none'],
      reads: (input) => ({
        person: { kind: 'person', id: input.person },
        enterprise: { kind: 'enterprise', id: input.enterprise },
      }),
      decide(_, data, { facts, actor, id: self }) {
        const agent = stateOf(person, facts['person'])
        const firm = stateOf(enterprise, facts['enterprise'])
        if (agent?.phase !== 'active') return refuse('person-unknown', 'person')
        if (!firm || firm.phase === 'none') return refuse('enterprise-unknown', 'enterprise')
        if (data.to !== undefined && data.to < data.from) return refuse('ends-before-it-begins', 'to')
        // Whoever works on cases neither raises nor rates them for an enterprise.
        if (data.person === actor.id) return refuse('not-oneself', 'person')
        if (agent.posts.length > 0) return refuse('holds-a-post', 'person')
        return {
          ...record({ type: 'authorised', data: { ...data, name: `${agent.name} · ${firm.name}` } }),
          follow: [entrusted(data, self)],
        }
      },
    },
    end: {
      input: End,
      by: { clerk: 'city', 'security-admin': 'city', subject: 'always' },
      in: ['valid'],
      grave: true,
      decide: (was, data, { id: self }) =>
        was.phase === 'none' || data.to < was.from
          ? refuse('ends-before-it-begins', 'to')
          : { ...record({ type: 'ended', data }), follow: [entrusted({ ...was, to: data.to }, self)] },
    },
  },
  sees: { clerk: 'city', 'security-admin': 'city', 'audit-admin': 'city', subject: 'always' },
  columns: ['person', 'enterprise', 'from', 'to'],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.name,
          open: state.phase === 'valid',
          parties: [`person:${state.person}`, `enterprise:${state.enterprise}`],
        },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, name: __, ...facts } = state
    return facts
  },
  confers: (state) =>
    state.phase === 'none'
      ? []
      : [{ person: state.person, subject: `enterprise:${state.enterprise}`, from: state.from, to: state.to }],
})
