// What follows from the events of an application for others: entries of the tally, messages, the facts that people read.
import type { EventOf, Index, Mark, Message } from '../../kernel/record.ts'
import type { Entry } from '../../kernel/tally/entry.ts'
import { compression } from '../items/index.ts'
import {
  absent,
  applicantOf,
  applicantsOf,
  ENDED,
  handedIn,
  outstanding,
  promised,
  type Application,
  type Case,
} from './case.ts'
import type { events } from './event.ts'

type Event = EventOf<typeof events>

export function entriesOf(event: Event, _: Application, after: Application, { id, on }: Mark): readonly Entry[] {
  if (after.phase === 'none') return []
  const subject = `application:${id}`
  const dims = { unit: after.unit, type: after.terms.type, channel: after.channel }
  switch (event.type) {
    case 'received':
      return [{ measure: 'application-received', on, subject, dims }]
    case 'accepted':
      return [
        { measure: 'application-accepted', on, subject, dims: { ...dims, how: event.data.how } },
        ...(outstanding(after).length > 0 ? [{ measure: 'application-tolerated', on, subject, dims }] : []),
        ...(promised(after) ? [{ measure: 'application-on-commitment', on, subject, dims }] : []),
      ]
    case 'decided':
      return decisions(event.data, after, on, subject, dims)
    case 'delivered':
      return [...visits(after, on), ...(after.decision?.outcome === 'approved' ? savings(after, on, id) : [])]
    case 'rated':
      return [
        { measure: 'application-rated', on, quantity: Number(event.data.grade), subject, dims },
        ...(Number(event.data.grade) >= 3 ? [{ measure: 'application-satisfied', on, subject, dims }] : []),
      ]
    case 'terminated':
      return event.data.ending === 'broken-promise'
        ? [{ measure: 'application-promise-broken', on, subject, dims }]
        : []
    default:
      return []
  }
}

type Dims = Readonly<Record<string, string>>

function decisions(
  data: Extract<Event, { type: 'decided' }>['data'],
  { terms, item }: Case,
  on: string,
  subject: string,
  dims: Dims,
): readonly Entry[] {
  const told = { ...dims, item, outcome: data.outcome, atOnce: data.rules === undefined ? 'no' : 'yes' }
  const promise =
    terms.statutory &&
    compression({
      statutory: terms.statutory.budget,
      statutoryUnit: terms.statutory.unit as 'working-day',
      promised: terms.promised.budget,
      promisedUnit: terms.promised.unit as 'working-day',
    })
  return [
    { measure: 'application-decided', on, quantity: data.used, subject, dims: told },
    ...(data.inTime ? [{ measure: 'application-decided-in-time', on, subject, dims: told }] : []),
    // Told of its item: how long it really takes, in the unit of the promise.
    { measure: 'item-used', on, quantity: data.used, subject: `item:${item}`, dims: { unit: terms.promised.unit } },
    // Hundredths of a percent: as promised, and as it was.
    ...(promise && data.compressed !== undefined
      ? [
          { measure: 'application-compression-promised', on, quantity: promise.share, subject, dims: told },
          { measure: 'application-compression', on, quantity: data.compressed, subject, dims: told },
          // Hundredths of a day by the calendar.
          { measure: 'application-limit-statutory', on, quantity: promise.statutory, subject, dims: told },
          { measure: 'application-limit-saved', on, quantity: promise.saved, subject, dims: told },
          {
            measure: 'application-time-saved',
            on,
            quantity: Math.round((promise.statutory * data.compressed) / 10_000),
            subject,
            dims: told,
          },
        ]
      : []),
  ]
}

function topical({ terms, unit }: Case): Dims {
  const topic = terms.topics?.[0]
  return { unit, ...(topic !== undefined && { topic }) }
}

/** However it was decided: whether anybody had to come for it, told of its item. */
function visits(after: Case, on: string): readonly Entry[] {
  const told = { on, quantity: after.came, subject: `item:${after.item}`, dims: topical(after) }
  return [
    { measure: 'application-closed', ...told },
    ...(after.came > 0 ? [{ measure: 'application-visited', ...told }] : []),
  ]
}

/** What an approved case counts for: what the city paid, what was saved by the declared norm. */
function savings(after: Case, on: string, id: string): readonly Entry[] {
  const { terms } = after
  const dims = topical(after)
  const applies = applicantOf(after)
  return [
    ...(terms.saves === undefined
      ? []
      : [{ measure: 'application-saved', on, quantity: terms.saves, subject: `application:${id}`, dims }]),
    ...(terms.cityPays === undefined
      ? []
      : [
          {
            measure: 'application-paid-by-city',
            on,
            quantity: terms.cityPays,
            // An enterprise that is being founded has no code yet: its application stands for it.
            subject: applies.startsWith('enterprise:') ? applies : `application:${id}`,
            dims,
          },
        ]),
  ]
}

const TOLD: Readonly<Partial<Record<Event['type'], string>>> = {
  told: 'told',
  accepted: 'accepted',
  declined: 'declined',
  specialStarted: 'special',
  extended: 'extended',
  decided: 'decided',
  delivered: 'delivered',
  reminded: 'reminded',
  terminated: 'terminated',
  verified: 'verified',
}

export function messagesOf(event: Event, _: Application, after: Application): readonly Message[] {
  if (after.phase === 'none') return []
  const about = { title: after.terms.name }
  const tell = (to: readonly string[], template: string) => to.map((one) => ({ to: one, template, about }))
  const ours = after.handler === undefined ? `unit:${after.unit}` : `person:${after.handler}`
  if (event.type === 'received') return tell([`unit:${after.unit}`], 'received')
  if (event.type === 'obtained' && after.phase === 'received') return tell([`unit:${after.unit}`], 'received')
  if (event.type === 'supplied') return tell([ours], 'supplied')
  if (event.type === 'withdrawn') return tell([ours], 'withdrawn')
  if (event.type === 'overran') return tell([...applicantsOf(after), ours], 'overran')
  const template = TOLD[event.type]
  if (template === undefined) return []
  return tell([...applicantsOf(after), ...(after.phone === undefined ? [] : ['contact'])], template)
}

export function indexOf(state: Application): Index {
  if (state.phase === 'none') return { title: '', open: false }
  return {
    title: state.title,
    open: !ENDED.some((one) => one === state.phase),
    unit: state.unit,
    parties: [...applicantsOf(state), ...(state.registrar === undefined ? [] : [`unit:${state.registrar}`])],
    facets: {
      item: state.item,
      channel: state.channel,
      ...(state.handler !== undefined && { handler: state.handler }),
      ...(state.papersAt !== undefined && { papers: state.papersAt }),
      ...(state.decision && { decidedBy: state.decision.by, decidedIn: state.decidedOn!.slice(0, 7) }),
      // The list of what changed hands is of a day or of a month.
      ...(state.sentAt !== undefined && { sentOn: state.sentAt.slice(0, 10), sentIn: state.sentAt.slice(0, 7) }),
      ...(state.joint !== undefined && { joint: state.joint }),
    },
    token: state.token,
    search: state.title,
  }
}

/** The papers on paper that have changed hands, and through whose hands they went. */
function handsOf(state: Case): Readonly<Record<string, unknown>> {
  const { sentAt, sentBy, takenAt, takenBy } = state
  if (sentAt === undefined) return {}
  const onPaper = handedIn(state).map(({ name, originals, copies }) => ({ name, originals, copies }))
  return {
    ...(onPaper.length > 0 && { onPaper }),
    sentAt,
    sentBy,
    ...(takenAt !== undefined && { takenAt, takenBy }),
  }
}

export function factsOf(state: Application): Readonly<Record<string, unknown>> {
  if (state.phase === 'none') return {}
  const { decision } = state
  const later = outstanding(state).map(({ name }) => name)
  const lost = absent(state).map(({ name }) => name)
  const some = <T>(list: readonly T[] | undefined) => (list === undefined || list.length === 0 ? undefined : list)
  return {
    item: state.item,
    version: state.version,
    enterprise: state.enterprise,
    applicant: state.applicant,
    contact: state.contact,
    phone: state.phone,
    channel: state.channel,
    agent: state.agent,
    signatory: state.signatory,
    document: state.document,
    registrar: state.registrar,
    joint: state.joint,
    handler: state.handler,
    accepted: state.accepted,
    situations: some(state.situations),
    answers: some(state.answers.map(({ field, name, value }) => ({ field, name, value }))),
    papers: some(
      state.papers.map(({ material, name, way, source, pages = [] }) => ({
        material,
        name,
        way,
        ...(source !== undefined && { source }),
        ...(pages.length > 0 && { pages }),
      })),
    ),
    owed: some(state.owed?.map(({ sort, code, name, fault, note }) => ({ sort, code, name, fault, note }))),
    outstanding: some(later),
    absent: some(lost),
    ...handsOf(state),
    special: state.special?.name,
    delivery: state.delivery,
    address: state.address,
    powers: some(state.terms.powers),
    decidedOn: state.decidedOn,
    outcome: decision?.outcome,
    reasons: decision?.reasons,
    remedies: decision?.remedies,
    rules: some(decision?.rules),
    results: some(decision?.results.map(({ name, number, validTo }) => ({ name, number, validTo }))),
    withheld: decision?.withheld,
    finding: state.finding,
    grade: state.grade,
    came: state.came,
  }
}
