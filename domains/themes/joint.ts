// One form for a whole theme (一件事): one application for each item behind it, run side by side, and one progress for whoever applies.
import { z } from 'zod'
import type { Actor, Grant } from '../../kernel/access.ts'
import type { Limit, Run } from '../../kernel/clock/limit.ts'
import { Pinned } from '../../kernel/pin.ts'
import { define, record, refuse, stateOf, type Context, type Known, type Order } from '../../kernel/record.ts'
import {
  answersTo,
  application,
  bearerFor,
  byOf,
  exclusionOf,
  isExcluded,
  isFirm,
  notTaken,
  papersFor,
  Submit,
} from '../applications/index.ts'
import { enterprise } from '../register/index.ts'
import { formOf } from './form.ts'
import { contentsOf, itemsOf, theme } from './theme.ts'

const id = z.string().min(1).max(64)
const code = z.string().trim().min(1).max(50)
const hidden = { widget: 'hidden' }

const Chosen = z.object({
  item: id.meta({ widget: 'item' }),
  version: id.meta({ widget: 'version' }),
  situations: z.array(code).max(60).meta({ widget: 'list' }),
})
export const Together = Submit.omit({ item: true, version: true, situations: true }).extend({
  theme: id.meta({ widget: 'theme' }),
  parts: z.array(Chosen).min(1).max(20).meta({ widget: 'list' }),
})
const Part = z.object({
  item: id.meta({ widget: 'item' }),
  name: z.string(),
  application: id.meta({ widget: 'application' }),
  /** Papers that it waits for, and those that it produces. */
  waits: z.array(code).meta(hidden),
  produces: z.array(code).meta(hidden),
})
const Received = Together.omit({ answers: true, papers: true, files: true, parts: true }).extend({
  parts: z.array(Part).meta({ widget: 'list' }),
  title: z.string().meta(hidden),
  lead: id.meta({ widget: 'unit' }),
  token: z.string().meta(hidden),
  by: z.array(z.string()).meta(hidden),
  registrar: id.optional().meta({ widget: 'unit' }),
  limit: Pinned.meta(hidden),
  /** How many fields and papers were asked for together, and how many the items ask for one by one. */
  asked: z.number().int().meta(hidden),
  apart: z.number().int().meta(hidden),
})
const results = ['approved', 'denied', 'nothing'] as const
const Hear = z.object({
  application: id.meta({ widget: 'application' }),
  item: id.meta({ widget: 'item' }),
  came: z.enum(results).meta({ widget: 'choice', told: true }),
  papers: z.array(z.object({ result: code, name: z.string(), number: z.string().optional() })).meta(hidden),
})
const Deliver = z.object({
  way: z.enum(['collect', 'courier', 'online']).meta({ widget: 'choice' }),
  receivedBy: z.string().trim().min(1).max(40).optional().meta({ personal: true }),
  courierNumber: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .meta({ when: { way: ['courier'] } }),
})
const Nothing = z.object({})
const Withdraw = z.object({ reason: z.string().trim().min(1).max(400).optional().meta({ widget: 'paragraph' }) })

type Case = Omit<z.output<typeof Received>, 'limit'> & {
  readonly phase: 'underway' | 'complete' | 'closed' | 'withdrawn'
  readonly limit: Limit
  readonly receivedOn: string
  readonly heard: readonly z.output<typeof Hear>[]
  readonly completeOn?: string
  readonly closedOn?: string
}
export type Joint = { readonly phase: 'none' } | Case

const applicant: Grant = { subject: 'always', token: 'always' }
const on = (was: Joint, change: (was: Case) => Case): Joint => (was.phase === 'none' ? was : change(was))

export const joint = define<Joint>()({
  kind: 'joint',
  code: 'LB',
  initial: { phase: 'none' },
  phases: ['none', 'underway', 'complete', 'closed', 'withdrawn'],
  refusals: [
    'theme-not-open',
    'not-of-the-theme',
    'part-missing',
    'named-twice',
    'item-not-open',
    'version-changed',
    'cycle',
    'not-asked',
    'given-twice',
    'answer-of-another-form',
    'answer-missing',
    'not-shared',
    'obtained-by-sharing',
    'not-tolerable',
    'not-by-commitment',
    'file-unknown',
    'file-missing',
    'not-signed',
    'not-identified',
    'excluded',
    'only-enterprises',
    'not-for-enterprises',
    'not-for-the-applicant',
  ],
  events: { received: Received, heard: Hear, completed: Nothing, delivered: Deliver, withdrawn: Withdraw },
  evolve: {
    received: (_, data, mark) => ({ phase: 'underway', ...data, receivedOn: mark.on, heard: [] }),
    heard: (was, data) =>
      on(was, (kept) => ({
        ...kept,
        heard: [...kept.heard.filter((one) => one.application !== data.application), data],
      })),
    completed: (was, _, mark) => on(was, (kept) => ({ ...kept, phase: 'complete', completeOn: mark.on })),
    delivered: (was, _, mark) => on(was, (kept) => ({ ...kept, phase: 'closed', closedOn: mark.on })),
    withdrawn: (was, _, mark) => on(was, (kept) => ({ ...kept, phase: 'withdrawn', closedOn: mark.on })),
  },
  commands: {
    submit: {
      input: Together,
      by: { public: 'always' },
      in: ['none'],
      reads: (input, _, actor) => ({
        ...itemsOf(input.parts),
        theme: { kind: 'theme', id: input.theme },
        enterprise: input.enterprise === undefined ? undefined : { kind: 'enterprise', id: input.enterprise },
        exclusion: exclusionOf(input, actor),
      }),
      decide: (_, said, context) => receive(said, context),
    },
    /** One of its applications has come to something, or to nothing. */
    hear: {
      input: Hear,
      by: { system: 'always' },
      in: ['underway', 'complete', 'withdrawn', 'closed'],
      inner: true,
      decide(was, data) {
        if (was.phase === 'none') return refuse('theme-not-open')
        const heard = { type: 'heard' as const, data }
        const others = [...was.heard.filter((one) => one.application !== data.application), data]
        const all = was.parts.every((part) => others.some((one) => one.application === part.application))
        return {
          events: [heard, ...(all && was.phase === 'underway' ? [{ type: 'completed' as const, data: {} }] : [])],
          follow: was.phase === 'underway' ? passing(was, data, others) : [],
        }
      },
    },
    /** One window issues what several units have decided. */
    deliver: {
      input: Deliver,
      by: { clerk: 'city', 'unit-head': 'unit', handler: 'unit' },
      in: ['complete'],
      reads: (_, was) => (was.phase === 'none' ? {} : applicationsOf(was)),
      decide: (was, data, { facts }) => ({
        ...record({ type: 'delivered', data }),
        follow: inPhase(was, facts, ['decided']).map((one) => ({
          kind: 'application',
          id: one,
          name: 'deliver',
          input: data,
        })),
      }),
    },
    withdraw: {
      input: Withdraw,
      by: applicant,
      in: ['underway'],
      grave: true,
      fits: (_, actor) => !staff(actor),
      reads: (_, was) => (was.phase === 'none' ? {} : applicationsOf(was)),
      decide: (was, data, { actor, facts }) =>
        staff(actor)
          ? refuse('not-for-the-applicant')
          : {
              ...record({ type: 'withdrawn', data }),
              follow: inPhase(was, facts, ['awaiting', 'received', 'correcting', 'examining', 'special']).map(
                (one) => ({
                  kind: 'application',
                  id: one,
                  name: 'withdraw',
                  input: data,
                }),
              ),
            },
    },
  },
  sees: {
    subject: 'always',
    token: 'always',
    clerk: 'city',
    handler: 'involved',
    'unit-head': 'involved',
    supervisor: 'subtree',
    leader: 'subtree',
    'audit-admin': 'city',
  },
  reveals: { subject: 'always', token: 'always', clerk: 'city' },
  columns: ['theme', 'enterprise', 'applicant', 'settled'],
  queues: {
    joints: {
      on: { clerk: 5 },
      views: {
        complete: { phase: 'complete', order: 'due' },
        underway: { phase: 'underway', order: 'due' },
        done: { open: 'no' },
      },
    },
  },
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.title,
          open: ['underway', 'complete'].includes(state.phase),
          unit: state.lead,
          parties: [...applicants(state), ...(state.registrar === undefined ? [] : [`unit:${state.registrar}`])],
          facets: { theme: state.theme, settled: settledIn(state) },
          token: state.token,
          search: state.title,
        },
  clock(state): Record<string, Run> {
    if (state.phase === 'none') return {}
    const ended = state.completeOn ?? state.closedOn
    return { whole: { limit: state.limit, from: state.receivedOn, ...(ended !== undefined && { ended }) } }
  },
  entries: (event, before, after, { id: self, on: day }) => {
    if (after.phase === 'none') return []
    const subject = `joint:${self}`
    const dims = { theme: after.theme }
    if (event.type === 'received')
      return [
        { measure: 'joint-received', on: day, subject, dims },
        { measure: 'joint-asked', on: day, quantity: after.asked, subject, dims },
        { measure: 'joint-asked-apart', on: day, quantity: after.apart, subject, dims },
      ]
    return event.type === 'completed' && before.phase === 'underway'
      ? [{ measure: 'joint-complete', on: day, subject, dims }]
      : []
  },
  messages: (event, _, after) => {
    if (after.phase === 'none' || event.type !== 'completed') return []
    const to = [...applicants(after), ...(after.phone === undefined ? [] : ['contact'])]
    return to.map((one) => ({ to: one, template: 'completed', about: { title: after.title } }))
  },
  contact: (state) => (state.phase === 'none' ? undefined : { name: state.contact, phone: state.phone }),
  facts: (state) => {
    if (state.phase === 'none') return {}
    return {
      theme: state.theme,
      settled: settledIn(state),
      enterprise: state.enterprise,
      applicant: state.applicant,
      contact: state.contact,
      phone: state.phone,
      channel: state.channel,
      agent: state.agent,
      signatory: state.signatory,
      document: state.document,
      registrar: state.registrar,
      delivery: state.delivery,
      address: state.address,
    }
  },
})

const staff = (actor: Actor) => actor.system === true || actor.posts.length > 0

function applicants({ enterprise: firm, by }: Case): string[] {
  return [...(firm === undefined ? [] : [`enterprise:${firm}`]), ...by]
}

function receive(said: z.output<typeof Together>, context: Context) {
  const { actor, facts, secret, mint, id: self } = context
  const of = stateOf(theme, facts['theme'])
  if (of?.phase !== 'standing') return refuse('theme-not-open', 'theme')
  const wrong = wrongParts(said.parts, of.parts)
  if (wrong) return wrong
  const contents = contentsOf(said.parts, facts)
  if ('refused' in contents) return contents
  const old = contents.of.findIndex(([, , version], place) => said.parts[place]!.version !== version)
  if (old >= 0) return refuse('version-changed', `parts.${old}.version`)
  const form = formOf(
    contents.of.map(([item, content], place) => ({ item, content, situations: said.parts[place]!.situations })),
  )
  if ('refused' in form) return refuse('cycle', 'parts', { path: form.path.join(' → ') })
  const firm = stateOf(enterprise, facts['enterprise'])
  const known = firm === undefined || firm.phase === 'none' ? undefined : firm
  const all = contents.of.map(([, content]) => content)
  const notHis = notTaken(said.enterprise, all)
  if (notHis) return notHis
  const { applicant = known?.name, contact = known?.contact, phone = known?.phone } = said
  const answered = answersTo(form.asked, said.answers, { applicant, contact, phone }, isFirm(said.enterprise, all))
  if ('refused' in answered) return answered
  const by = byOf(actor)
  const brought = papersFor(form.asked, {
    papers: said.papers,
    files: said.files ?? [],
    online: said.channel === 'web',
    signed: said.signed === true,
    commitment: contents.of.every(([, content]) => content.commitment === true),
    excluded: isExcluded(facts['exclusion']),
    identified: bearerFor(said, actor) !== undefined,
    produced: [],
  })
  if ('refused' in brought) return brought
  const { theme: __, parts, answers: ____, papers: ___, files, ...common } = said
  const answers = answered.answers.map(({ field, value }) => ({ field, value }))
  const ids = parts.map(() => mint('application'))
  const layer = (item: string) => form.order.findIndex((codes) => codes.includes(item))
  // Those that wait come first: what is decided at once finds them there.
  const places = parts.map((_, place) => place).toSorted((a, b) => layer(parts[b]!.item) - layer(parts[a]!.item))
  const orders = places.map((place): Order => {
    const { item, version, situations } = parts[place]!
    const mine = form.parts[place]!
    const papers = brought.papers
      .filter(({ material }) => mine.materials.includes(material))
      .map(({ name: _, ...paper }) => paper)
    const pages = papers.flatMap((one) => one.pages ?? [])
    return {
      kind: 'application',
      id: ids[place]!,
      name: 'open',
      input: {
        ...common,
        item,
        version,
        situations,
        answers: answers.filter(({ field }) => mine.fields.includes(field)),
        papers,
        ...(files !== undefined && { files: files.filter((one) => pages.includes(one)) }),
        joint: self,
        produced: mine.produced,
        token: secret.hash,
      },
    }
  })
  const { promised, promisedUnit, lead } = of
  const data = {
    ...common,
    theme: said.theme,
    parts: parts.map(({ item }, place) => ({
      item,
      name: contents.of[place]![1].name,
      application: ids[place]!,
      waits: [...form.parts[place]!.produced],
      produces: contents.of[place]![1].results.map((one) => one.result),
    })),
    title: `${of.name} · ${applicant ?? ''}`.slice(0, 200),
    lead,
    token: secret.hash,
    by,
    registrar: actor.posts[0]?.unit,
    limit: { rule: 'theme.promised', unit: promisedUnit, budget: promised, article: of.basis.slice(0, 80) },
    asked: form.together,
    apart: form.apart,
  }
  return { ...record({ type: 'received', data }), follow: orders, reveal: secret.plain }
}

type Parts = z.output<typeof Together>['parts']

/** Each is of the theme and stands there once; what is no choice is not left out. */
function wrongParts(chosen: Parts, known: readonly { readonly item: string; readonly choice?: boolean | undefined }[]) {
  for (const [place, { item }] of chosen.entries()) {
    if (!known.some((one) => one.item === item)) return refuse('not-of-the-theme', `parts.${place}.item`)
    if (chosen.findIndex((one) => one.item === item) < place) return refuse('named-twice', `parts.${place}.item`)
  }
  const left = known.find((one) => one.choice !== true && !chosen.some(({ item }) => item === one.item))
  return left ? refuse('part-missing', 'parts', { item: left.item }) : undefined
}

/** What was produced goes to those that wait for it; who waits in vain is told so. */
function passing(was: Case, heard: z.output<typeof Hear>, others: Case['heard']): Order[] {
  const done = (application_: string) => others.some((one) => one.application === application_)
  const producers = (material: string) => was.parts.filter((one) => one.produces.includes(material))
  return was.parts
    .filter((part) => part.application !== heard.application && !done(part.application))
    .flatMap((part): Order[] => {
      const brings = heard.papers.filter(({ result }) => part.waits.includes(result))
      if (brings.length > 0)
        return brings.map(({ result, number }) => ({
          kind: 'application',
          id: part.application,
          name: 'obtain',
          input: { material: result, source: heard.application, ...(number !== undefined && { number }) },
        }))
      const had = (material: string) => others.some((one) => one.papers.some(({ result }) => result === material))
      const vain = part.waits.some(
        (material) => !had(material) && producers(material).every((one) => done(one.application)),
      )
      return vain
        ? [
            {
              kind: 'application',
              id: part.application,
              name: 'cease',
              input: { reasons: was.parts.find((one) => one.application === heard.application)?.name ?? heard.item },
            },
          ]
        : []
    })
}

function applicationsOf(was: Case) {
  return Object.fromEntries(was.parts.map((one) => [one.application, { kind: 'application', id: one.application }]))
}

/** Of how many of its items something has come, as `3/6`. */
function settledIn({ heard, parts }: Case): string {
  return `${heard.length}/${parts.length}`
}

function inPhase(was: Joint, facts: Readonly<Record<string, Known | undefined>>, phases: readonly string[]): string[] {
  if (was.phase === 'none') return []
  return was.parts
    .map((one) => one.application)
    .filter((one) => phases.includes(stateOf(application, facts[one])?.phase ?? ''))
}
