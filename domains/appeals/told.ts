// What follows from the events of an appeal for others: entries of the tally, messages, the facts that people read.
import type { EventOf, Index, Mark, Message } from '../../kernel/record.ts'
import type { Entry } from '../../kernel/tally/entry.ts'
import { appellantsOf, awaited, LEVEL, partiesOf, UNDERWAY, type Appeal, type Case } from './case.ts'
import type { events } from './event.ts'

type Event = EventOf<typeof events>

export function entriesOf(event: Event, before: Appeal, after: Appeal, { id, on: day }: Mark): readonly Entry[] {
  if (after.phase === 'none') return []
  const subject = `appeal:${id}`
  const dims = {
    matter: after.matter,
    line: after.line,
    channel: after.said.channel,
    ...(after.unit !== undefined && { unit: after.unit }),
  }
  const solved = (of: Case) => ({ ...dims, inTime: of.answer?.inTime ? 'yes' : 'no' })
  switch (event.type) {
    case 'raised':
      return [{ measure: 'appeal-raised', on: day, subject, dims }]
    case 'answered':
      return [
        { measure: 'appeal-answered', on: day, subject, dims },
        ...(event.data.inTime ? [{ measure: 'appeal-answered-in-time', on: day, subject, dims }] : []),
      ]
    case 'confirmed':
      return [
        { measure: 'appeal-called-back', on: day, subject, dims: { ...dims, accepted: 'yes' } },
        ...(after.solved ? [{ measure: 'problem-solved', on: day, subject, dims: solved(after) }] : []),
      ]
    case 'rejected':
      return [{ measure: 'appeal-called-back', on: day, subject, dims: { ...dims, accepted: 'no' } }]
    case 'reopened':
      return before.phase !== 'none' && before.solved
        ? [{ measure: 'problem-solved', on: day, n: -1, subject, dims: solved(before) }]
        : []
    case 'rated':
      return [
        { measure: 'appeal-rated', on: day, quantity: Number(event.data.grade), subject, dims },
        ...(Number(event.data.grade) >= 3 ? [{ measure: 'appeal-satisfied', on: day, subject, dims }] : []),
      ]
    case 'escalated':
      return before.phase !== 'none' && (before.escalated[event.data.promise] ?? 0) === 0
        ? [{ measure: 'appeal-overdue', on: day, subject, dims: { ...dims, promise: event.data.promise } }]
        : []
    default:
      return []
  }
}

export function messagesOf(event: Event, before: Appeal, after: Appeal): readonly Message[] {
  if (after.phase === 'none') return []
  const about = { title: after.said.title }
  const unit = after.unit ?? ''
  const tell = (to: readonly string[], template: string) => to.map((one) => ({ to: one, template, about }))
  const appellants = [...appellantsOf(after), ...(after.said.phone === undefined ? [] : ['contact'])]
  switch (event.type) {
    case 'dispatched':
      return [
        ...tell([`unit:${unit}`], 'dispatched'),
        ...tell(
          after.assisting.map((one) => `unit:${one}`),
          'assist',
        ),
        ...tell(appellants, 'sent'),
      ]
    case 'regrouped':
      return tell(
        after.assisting
          .filter((one) => before.phase !== 'none' && !before.assisting.includes(one))
          .map((one) => `unit:${one}`),
        'assist',
      )
    case 'contributed':
      return tell([after.handler === undefined ? `unit:${unit}` : `person:${after.handler}`], 'contributed')
    case 'returned':
      return tell(['dispatcher@'], 'returned')
    case 'recalled':
      return before.phase !== 'none' ? tell([`unit:${before.unit ?? ''}`], 'recalled') : []
    case 'handed-over':
      return tell([`person:${event.data.handler}`], 'handed')
    case 'extended':
      return tell(appellants, 'extended')
    case 'shelved':
      return tell(appellants, 'shelved')
    case 'resumed':
      return tell(appellants, 'resumed')
    case 'proceeded':
      return tell(appellants, 'proceeded')
    case 'confirmed':
    case 'unreached':
      return tell(appellants, 'closed')
    case 'merged':
      return tell(appellants, 'merged')
    case 'separated':
      return tell(appellants, 'separated')
    case 'objected':
      return tell(['dispatcher@'], 'objected')
    case 'withdrawn':
      return after.unit === undefined ? [] : tell([`unit:${unit}`], 'withdrawn')
    case 'asked':
      return tell(appellants, 'asked')
    case 'supplied':
      return after.handler === undefined ? [] : tell([`person:${after.handler}`], 'supplied')
    case 'answered':
      return tell(appellants, 'answered')
    case 'informed':
      return tell(appellants, 'answered')
    case 'reopened':
    case 'rejected':
      return tell([`unit:${unit}`], 'returned')
    case 'urged':
      return tell([after.unit === undefined ? 'dispatcher@' : `unit:${unit}`], 'urged')
    case 'supervised':
      return tell([`unit:${unit}`, `unit-head@${unit}`], 'supervised')
    case 'escalated':
      if (event.data.promise === 'supply')
        return tell([event.data.step === 'head' ? `unit-head@${unit}` : `person:${after.handler ?? ''}`], 'unsupplied')
      return tell(
        (event.data.promise === 'assist' ? awaited(after) : [unit]).map(
          (one) => `${event.data.step === 'head' ? 'unit-head' : event.data.step}@${one}`,
        ),
        'escalated',
      )
    default:
      return []
  }
}

export function indexOf(state: Appeal): Index {
  if (state.phase === 'none') return { title: '', open: false }
  const { said } = state
  return {
    title: said.title,
    open: !['closed', 'merged', 'withdrawn'].includes(state.phase),
    unit: state.unit,
    parties: partiesOf(state),
    facets: {
      matter: state.matter,
      line: state.line,
      channel: said.channel,
      ...(state.handler !== undefined && { handler: state.handler }),
      ...(said.cause !== undefined && { cause: said.cause }),
      ...((state.escalated.answer ?? 0) > 0 && { overdue: 'yes' }),
    },
    ...(state.secrecy !== undefined && { level: LEVEL[state.secrecy] }),
    token: state.token,
    search: `${said.title} ${said.body.slice(0, 400)}`,
  }
}

export function factsOf(state: Appeal): Readonly<Record<string, unknown>> {
  if (state.phase === 'none') return {}
  const { said, answer, rating, supervised, absorbed } = state
  return {
    body: said.body,
    matter: state.matter,
    line: state.line,
    channel: said.channel,
    reference: said.reference,
    enterprise: said.enterprise,
    debtor: said.debtor,
    debtorKind: said.debtorKind,
    owed: said.owed,
    owedSince: said.owedSince,
    contact: said.contact,
    phone: said.phone,
    registrar: state.registrar,
    files: said.files,
    level: state.level,
    assisting: listed(state.assisting),
    awaited: UNDERWAY.some((one) => one === state.phase) ? listed(awaited(state)) : undefined,
    handler: state.handler,
    question: state.question,
    outcome: answer?.outcome,
    reply: answer?.text,
    evidence: answer?.evidence,
    grade: rating?.grade,
    demand: supervised?.demand,
    until: supervised?.until,
    review: state.review,
    secrecy: state.secrecy,
    into: state.mergedInto,
    from: absorbed.length > 0 ? absorbed.map((one) => one.id) : undefined,
  }
}

function listed(units: readonly string[]): readonly string[] | undefined {
  return units.length > 0 ? units : undefined
}
