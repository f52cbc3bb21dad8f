// An application (办件): what somebody asks of the city under one version of an item, and how it is decided.
import type { Actor, Grant } from '../../kernel/access.ts'
import { deadline } from '../../kernel/clock/limit.ts'
import { pin } from '../../kernel/pin.ts'
import { define, record, refuse, stateOf, type Law } from '../../kernel/record.ts'
import { version } from '../items/index.ts'
import { absent, CASE, ENDED, OPEN, outstanding, type Application, type Case } from './case.ts'
import { clockOf, rules, wakesOf } from './clock.ts'
import { acceptance, decided, deciding, excluding, resultName, telling, toVerify, wrongResult } from './decide.ts'
import { revoking } from './disclosure.ts'
import { events } from './event.ts'
import { evolve } from './evolve.ts'
import * as says from './input.ts'
import { papersOf } from './paper.ts'
import { letterFor } from './power.ts'
import { queues } from './queue.ts'
import { atOnce, readsOf, receive } from './receive.ts'
import { mayDemand, nameOf, owes, wrongSupply } from './supply.ts'
import { entriesOf, factsOf, indexOf, messagesOf } from './told.ts'

/** Those who speak for the applicant: by account, or by the query code given out when it was handed in. */
const applicant: Grant = { subject: 'always', token: 'always' }
/** Any window of the city accepts for any unit (S20). */
const accepting = { ...deciding, clerk: 'city' } as const

const UNDERWAY = ['examining', 'special'] as const

export const application = define<Application>()({
  kind: 'application',
  code: 'BJ',
  initial: { phase: 'none' },
  phases: ['none', ...CASE],
  refusals: [
    'item-unknown',
    'item-not-open',
    'version-changed',
    'enterprise-unknown',
    'not-your-enterprise',
    'applicant-missing',
    'no-contact',
    'channel-is-web',
    'mandate-not-seen',
    'situation-unknown',
    'situation-not-chosen',
    'not-asked',
    'given-twice',
    'answer-of-another-form',
    'answer-missing',
    'not-shared',
    'obtained-by-sharing',
    'denied-with-results',
    'not-tolerable',
    'not-by-commitment',
    'file-unknown',
    'file-missing',
    'not-signed',
    'not-identified',
    'only-enterprises',
    'not-for-enterprises',
    'excluded',
    'address-missing',
    'no-rule',
    'not-empowered',
    'not-demanded',
    'not-his-to-bring',
    'told-already',
    'too-late-to-tell',
    'paper-missing',
    'still-to-correct',
    'never-told',
    'not-due-yet',
    'taken-already',
    'special-unknown',
    'term-over',
    'extended-already',
    'beyond-the-limit',
    'reasons-missing',
    'supplement-outstanding',
    'supplement-over',
    'result-unknown',
    'valid-to-the-past',
    'result-missing',
    'not-published',
    'not-for-the-applicant',
    'already-rated',
    'handed-over-already',
  ],
  events,
  // What the procedure came to was once called as what a verification finds.
  upcasters: {
    specialEnded: { 1: ({ finding, ...rest }: { finding: string }) => ({ ...rest, opinion: finding }) },
  },
  evolve,
  commands: {
    // In the order of the buttons: the usual step first.
    submit: {
      input: says.Submit,
      by: { public: 'always' },
      in: ['none'],
      desks: { clerk: 3 },
      reads: readsOf,
      decide: (_, said, context) => receive(said, context),
    },
    /** One of several under one form. */
    open: {
      input: says.Open,
      by: { system: 'always' },
      in: ['none'],
      inner: true,
      reads: readsOf,
      decide: (_, { joint, produced, token, ...said }, context) => receive(said, context, { joint, produced, token }),
    },
    /** Another item of the same theme has produced a paper that this one waits for. */
    obtain: {
      input: says.Obtain,
      by: { system: 'always' },
      in: ['awaiting'],
      inner: true,
      reads: (_, was) => ({ version: was.phase === 'none' ? undefined : { kind: 'version', id: was.version } }),
      decide(was, data, context) {
        const { facts, law, today, now, id, actor } = context
        const limit = pin(law, [rules.accept], today)
        const text = stateOf(version, facts['version'])
        if (was.phase === 'none' || !limit || !text || text.phase === 'none') return refuse('no-rule')
        const obtained = { type: 'obtained' as const, data: { ...data, limit } }
        const is = evolve.obtained(was, obtained.data, { id, at: now, on: today, actor: actor.id })
        if (is.phase !== 'received') return { events: [obtained] }
        // All of it is there: what receipt alone brings about comes about now.
        const more = atOnce(is, text.content, context)
        return { events: [obtained, ...more.events], follow: more.follow }
      },
    },
    accept: {
      input: says.Accept,
      by: accepting,
      in: ['received'],
      needs: letterFor('accept', true),
      decide(was, data, context) {
        if (was.phase === 'none') return refuse('no-rule')
        // Whoever has corrected all that he was told is accepted (行政许可法第三十二条第一款第五项): what he was not told is not held against him.
        const [lost] = was.told === undefined ? absent(was) : []
        if (lost) return refuse('paper-missing', undefined, { name: lost.name })
        if ((was.owed ?? []).length > 0) return refuse('still-to-correct')
        return record({ type: 'accepted', data: { ...acceptance(was, context, 'person'), ...data } })
      },
    },
    /** 一次性告知: once, within the time, itemised, and nothing that the version does not ask for. */
    correct: {
      input: says.Correct,
      by: accepting,
      in: ['received', 'examining'],
      fits: (was) =>
        was.phase !== 'none' && was.told === undefined && (was.phase === 'received' || was.accepted === 'by-receipt'),
      needs: letterFor('accept', true),
      decide(was, { demands }, { law, today }) {
        if (was.phase === 'none') return refuse('no-rule')
        if (was.told !== undefined) return refuse('told-already')
        const run = clockOf(was)['accept']
        const until = run && deadline(law.calendar, { ...run, ended: undefined }, today)
        if (until?.late === true || (was.phase === 'examining' && was.accepted !== 'by-receipt'))
          return refuse('too-late-to-tell', undefined, { until: until?.due ?? was.receivedOn })
        const named = demands.map((one) => ({ ...one, name: nameOf(was, one) ?? '' }))
        for (const [place, one] of named.entries()) {
          if (one.name === '') return refuse('not-demanded', `demands.${place}.code`)
          if (!mayDemand(was, one)) return refuse('not-his-to-bring', `demands.${place}.code`, { name: one.name })
          if (named.findIndex(({ sort, code }) => sort === one.sort && code === one.code) < place)
            return refuse('given-twice', `demands.${place}.code`)
        }
        return record({ type: 'told', data: { demands: named, limit: pin(law, [rules.correct], today) } })
      },
    },
    supply: {
      input: says.Supply,
      by: { ...applicant, clerk: 'city' },
      in: ['correcting', 'examining', 'special'],
      awaited: true,
      shows: ['owed', 'outstanding'],
      fits: (was, actor) => was.phase !== 'none' && owes(was) && !answersFor(was, actor, 'clerk'),
      reads: ({ answers }, was) => ({
        version: was.phase !== 'none' && answers.length > 0 ? { kind: 'version', id: was.version } : undefined,
      }),
      decide(was, data, { actor, facts, law, today }) {
        if (was.phase === 'none') return refuse('no-rule')
        if (answersFor(was, actor, 'clerk')) return refuse('not-for-the-applicant')
        const wrong = wrongSupply(was, data, actor, stateOf(version, facts['version']))
        const run = clockOf(was)['supplement']
        if (
          run &&
          !wrong &&
          outstanding(was).some(({ material }) => data.papers.some((one) => one.material === material))
        ) {
          const { late, due } = deadline(law.calendar, { ...run, ended: undefined }, today)
          if (late) return refuse('supplement-over', 'papers', { until: due })
        }
        if (wrong) return wrong
        const came = actor.posts.length > 0
        const called = (sort: 'field' | 'paper', code: string) => nameOf(was, { sort, code }) ?? ''
        const answers = data.answers.map((one) => ({ ...one, name: called('field', one.field) }))
        const papers = data.papers.map((one) => ({ ...one, name: called('paper', one.material) }))
        const limit = pin(law, [rules.accept], today)
        return record({ type: 'supplied', data: { ...data, answers, papers, came, limit } })
      },
    },
    take: {
      input: says.Take,
      by: deciding,
      in: ['received', 'examining', 'special'],
      fits: (was, actor) => was.phase !== 'none' && was.handler !== actor.id,
      needs: letterFor('examine'),
      decide: (was, _, { actor }) =>
        was.phase !== 'none' && was.handler === actor.id
          ? refuse('taken-already')
          : record({ type: 'taken', data: { handler: actor.id } }),
    },
    decide: {
      input: says.Decide,
      by: deciding,
      in: ['examining'],
      needs: letterFor('decide'),
      reads: (input, was) => ({
        version: was.phase !== 'none' && input.outcome === 'denied' ? { kind: 'version', id: was.version } : undefined,
      }),
      decide(was, input, context) {
        if (was.phase === 'none') return refuse('no-rule')
        const { outcome, reasons, results, withheld } = input
        if (outcome === 'denied' && reasons === undefined) return refuse('reasons-missing', 'reasons')
        if (withheld !== undefined && (was.terms.type !== 'licence' || outcome === 'denied'))
          return refuse('not-published', 'withheld')
        const [later] = outcome === 'approved' ? outstanding(was) : []
        if (later) return refuse('supplement-outstanding', undefined, { name: later.name })
        if (outcome === 'approved' && (was.owed ?? []).length > 0) return refuse('still-to-correct')
        const wrong = wrongResult(was, input, context)
        if (wrong) return wrong
        const text = stateOf(version, context.facts['version'])
        const remedies = text && text.phase !== 'none' ? text.content.remedies : undefined
        const named = results.map((one) => ({ ...one, name: resultName(was, one.result) }))
        return decided(was, { ...input, results: named, remedies }, context)
      },
    },
    startSpecial: {
      input: says.StartSpecial,
      by: deciding,
      in: ['examining'],
      grave: true,
      needs: letterFor('examine'),
      reads: (_, was) => ({ version: was.phase === 'none' ? undefined : { kind: 'version', id: was.version } }),
      decide(was, data, { facts }) {
        const text = stateOf(version, facts['version'])
        const specials = text && text.phase !== 'none' ? (text.content.specials ?? []) : []
        const found = specials.find(({ special }) => special === data.special)
        if (was.phase === 'none' || !found)
          return refuse('special-unknown', 'special', { known: specials.map((one) => one.special).join('、') || '—' })
        const { specialName, specialLimit, specialUnit, specialBasis } = found
        const limit = { rule: 'item.special', unit: specialUnit, budget: specialLimit, article: specialBasis }
        return record({ type: 'specialStarted', data: { ...data, name: specialName, limit } })
      },
    },
    endSpecial: {
      input: says.EndSpecial,
      by: deciding,
      in: ['special'],
      needs: letterFor('examine'),
      decide: (_, data) => record({ type: 'specialEnded', data }),
    },
    /** By whoever answers for the unit, once (行政许可法第四十二条第一款). */
    extend: {
      input: says.Extend,
      by: { 'unit-head': 'unit' },
      in: ['examining'],
      fits: (was) => was.phase !== 'none' && was.extensions.length === 0,
      decide(was, data, { actor, law, today }) {
        if (was.phase === 'none') return refuse('no-rule')
        if (was.extensions.length > 0) return refuse('extended-already')
        const most = pin(law, [rules.extend], today)
        const units = [was.limits.decide, was.limits.statute].flatMap((one) => one?.unit ?? [])
        if (!most || units.some((unit) => unit !== most.unit)) return refuse('no-rule')
        const run = clockOf(was)[was.limits.statute ? 'statute' : 'decide']
        // What has lapsed is late, and no extension makes it timely.
        if (run && deadline(law.calendar, run, today).late) return refuse('term-over')
        if (data.days > most.budget) return refuse('beyond-the-limit', 'days', { most: most.budget })
        return record({ type: 'extended', data: { ...data, by: actor.id, article: most.article } })
      },
    },
    deliver: {
      input: says.Deliver,
      by: accepting,
      in: ['decided'],
      needs: letterFor('seal', true),
      decide(was, { way, ...data }, { law, today }) {
        if (was.phase === 'none') return refuse('no-rule')
        return record({ type: 'delivered', data: { ...data, delivered: way, limit: toVerify(was, law, today) } })
      },
    },
    /** What was granted on a commitment is looked into afterwards. */
    verify: {
      input: says.Verify,
      by: deciding,
      in: ['verifying'],
      needs: letterFor('examine'),
      decide(was, data, { law, today, id }) {
        if (was.phase === 'none') return refuse('no-rule')
        const limit = data.finding === 'rectify' ? pin(law, [rules.rectify], today) : undefined
        return {
          ...record({ type: 'verified', data: { ...data, limit } }),
          follow: data.finding === 'false' ? [...excluding(was, id), ...revoking(was, id)] : [],
        }
      },
    },
    decline: {
      input: says.Decline,
      by: deciding,
      in: ['received', 'correcting'],
      grave: true,
      needs: letterFor('accept'),
      reads: (_, was) => ({ version: was.phase === 'none' ? undefined : { kind: 'version', id: was.version } }),
      decide(was, data, { facts, law, today, id }) {
        if (was.phase === 'none') return refuse('no-rule')
        if (data.ground === 'not-corrected' && !uncorrected(was, law, today)) return refuse('never-told', 'ground')
        const text = stateOf(version, facts['version'])
        const remedies = text && text.phase !== 'none' ? text.content.remedies : ''
        return { ...record({ type: 'declined', data: { ...data, remedies } }), follow: telling(was, id) }
      },
    },
    note: {
      input: says.Note,
      by: accepting,
      in: ['received', 'correcting', ...UNDERWAY, 'decided', 'verifying'],
      decide: (_, data) => record({ type: 'noted', data }),
    },
    /** Papers on paper go from the window to the unit that decides, with the time of each hand. */
    sendPapers: {
      input: says.Nothing,
      by: { clerk: 'city' },
      in: [...OPEN],
      fits: (was) => was.phase !== 'none' && was.papersAt === 'window',
      decide: (was, _, { actor }) =>
        was.phase !== 'none' && was.papersAt === 'window'
          ? record({ type: 'papersSent', data: { sentBy: actor.id } })
          : refuse('handed-over-already'),
    },
    takePapers: {
      input: says.Nothing,
      by: deciding,
      // What is underway arrives, whatever became of the case.
      in: [...OPEN, ...ENDED],
      fits: (was) => was.phase !== 'none' && was.papersAt === 'underway',
      decide: (was, _, { actor }) =>
        was.phase !== 'none' && was.papersAt === 'underway'
          ? record({ type: 'papersTaken', data: { takenBy: actor.id } })
          : refuse('handed-over-already'),
    },
    rate: {
      input: says.Rate,
      by: applicant,
      in: ['decided', 'verifying', ...ENDED],
      awaited: true,
      shows: ['outcome', 'results', 'reasons'],
      fits: (was, actor) =>
        was.phase !== 'none' && was.phase !== 'withdrawn' && was.grade === undefined && !answersFor(was, actor),
      decide(was, data, { actor }) {
        if (answersFor(was, actor)) return refuse('not-for-the-applicant')
        if (was.phase === 'none' || was.phase === 'withdrawn' || was.grade !== undefined) return refuse('already-rated')
        return record({ type: 'rated', data })
      },
    },
    terminate: {
      input: says.Terminate,
      by: deciding,
      in: ['correcting', ...UNDERWAY],
      grave: true,
      needs: letterFor('decide'),
      decide(was, data, { law, today, id }) {
        if (was.phase === 'none') return refuse('no-rule')
        if (data.ending === 'never-corrected' && !uncorrected(was, law, today)) return refuse('never-told', 'ending')
        return { ...record({ type: 'terminated', data }), follow: telling(was, id) }
      },
    },
    withdraw: {
      input: says.Withdraw,
      by: applicant,
      in: ['awaiting', 'received', 'correcting', ...UNDERWAY],
      grave: true,
      fits: (was, actor) => !answersFor(was, actor),
      decide: (was, data, { actor, id }) =>
        was.phase === 'none' || answersFor(was, actor)
          ? refuse('not-for-the-applicant')
          : { ...record({ type: 'withdrawn', data }), follow: telling(was, id) },
    },
    /** Nobody told what to correct in the time: accepted from receipt (行政许可法第三十二条第一款第四项). */
    deem: {
      input: says.Nothing,
      by: { system: 'always' },
      in: ['received'],
      inner: true,
      decide(was, _, context) {
        const run = was.phase === 'none' ? undefined : clockOf(was)['accept']
        if (was.phase === 'none' || !run || deadline(context.law.calendar, run, context.now).at > context.now)
          return refuse('not-due-yet')
        const data = { ...acceptance(was, context, 'deemed'), from: run.from }
        return record({ type: 'accepted', data })
      },
    },
    /** What was to be corrected has not come in time: whoever decides and whoever applies are told, once. */
    overrun: {
      input: says.Nothing,
      by: { system: 'always' },
      in: ['correcting'],
      inner: true,
      decide(was, _, { law, now }) {
        const run = was.phase === 'none' ? undefined : clockOf(was)['correct']
        return was.phase === 'none' ||
          was.overran === true ||
          !run ||
          run.ended !== undefined ||
          deadline(law.calendar, run, now).at > now
          ? refuse('not-due-yet')
          : record({ type: 'overran', data: {} })
      },
    },
    remind: {
      input: says.Nothing,
      by: { system: 'always' },
      in: UNDERWAY,
      inner: true,
      decide: (was) =>
        was.phase === 'none' || was.reminded === true || outstanding(was).length === 0
          ? refuse('not-due-yet')
          : record({ type: 'reminded', data: {} }),
    },
    /** The papers that were to follow have not come: it ends, and whoever promised them promises nothing more for now. */
    break: {
      input: says.Nothing,
      by: { system: 'always' },
      in: UNDERWAY,
      inner: true,
      decide(was, _, { law, now, id }) {
        const run = was.phase === 'none' ? undefined : clockOf(was)['supplement']
        if (was.phase === 'none' || !run || run.ended !== undefined || deadline(law.calendar, run, now).at > now)
          return refuse('not-due-yet')
        const names = outstanding(was).map(({ name }) => name)
        return {
          ...record({ type: 'terminated', data: { ending: 'broken-promise' as const, reasons: names.join('、') } }),
          follow: [...excluding(was, id), ...telling(was, id)],
        }
      },
    },
    /** An item that was to produce a paper for this one has come to nothing. */
    cease: {
      input: says.Terminate.pick({ reasons: true }),
      by: { system: 'always' },
      in: CASE,
      inner: true,
      decide: (was, { reasons }, { id }) =>
        was.phase === 'awaiting'
          ? {
              ...record({ type: 'terminated', data: { ending: 'nothing-came-before' as const, reasons } }),
              follow: telling(was, id),
            }
          : { events: [] },
    },
  },
  sees: {
    subject: 'always',
    token: 'always',
    handler: 'involved',
    'unit-head': 'involved',
    representative: 'unit',
    // At any window one hands in, is told how it stands, and collects.
    clerk: 'city',
    supervisor: 'subtree',
    leader: 'subtree',
    'audit-admin': 'city',
  },
  reveals: {
    subject: 'always',
    token: 'always',
    handler: 'unit',
    'unit-head': 'unit',
    representative: 'unit',
    clerk: 'city',
  },
  columns: ['item', 'enterprise', 'channel', 'handler'],
  queues,
  index: indexOf,
  clock: clockOf,
  wakes: wakesOf,
  entries: entriesOf,
  messages: messagesOf,
  papers: papersOf,
  facts: factsOf,
  contact: (state) => (state.phase === 'none' ? undefined : { name: state.contact, phone: state.phone }),
})

/** Told what to correct, he has not done it, and the time that he was given is over. */
function uncorrected(was: Case, law: Law, today: string): boolean {
  const run = clockOf(was)['correct']
  return was.phase === 'correcting' && (run === undefined || deadline(law.calendar, run, today).late)
}

/** Whoever works for the city does not speak for the applicant but as his own post lets him; nor does the system. */
function answersFor(was: Application, actor: Actor, but?: string): boolean {
  if (was.phase === 'none') return false
  const own = but !== undefined && actor.posts.some((post) => post.role === but)
  return !own && (actor.system === true || actor.posts.length > 0)
}
