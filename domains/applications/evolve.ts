// What each event makes of an application.
import { addDays, type CivilDate } from '../../kernel/clock/date.ts'
import type { Evolve, Mark } from '../../kernel/record.ts'
import { awaited, on, outstanding, type Application, type Case, type Demand, type PromiseName } from './case.ts'
import type { events } from './event.ts'
import { promises } from './input.ts'

export const evolve: Evolve<Application, typeof events> = {
  received: (_, { limit, files: __, ...said }, mark) => ({
    ...said,
    phase: awaited(said).length > 0 ? 'awaiting' : 'received',
    receivedOn: mark.on,
    limits: limit === undefined ? {} : { accept: limit },
    began: limit === undefined ? {} : { accept: mark.on },
    ended: {},
    pauses: [],
    extensions: [],
    came: said.channel === 'window' ? 1 : 0,
    ...(said.channel !== 'web' && said.registrar !== undefined && { papersAt: 'window' as const }),
  }),
  obtained: (was, { material, source, limit }, mark) =>
    on(was, (kept) => {
      const papers = kept.papers.map((one) => (one.material === material ? { ...one, source } : one))
      if (awaited({ papers }).length > 0) return { ...kept, papers }
      // All that the other items were to produce is there: it has come in now.
      return { ...begun({ ...kept, papers }, 'accept', limit, mark.on), phase: 'received', receivedOn: mark.on }
    }),
  told: (was, { demands, limit }, mark) =>
    on(was, (kept) => ({
      ...begun(over(kept, mark.on, 'accept'), 'correct', limit, mark.on),
      phase: kept.phase === 'received' ? 'correcting' : kept.phase,
      told: demands,
      owed: demands,
    })),
  supplied: (was, { answers, papers, came, limit }, mark) =>
    on(was, (kept) => {
      const next: Case = {
        ...kept,
        came: kept.came + (came ? 1 : 0),
        answers: kept.answers.map((one) => ({ ...one, ...answers.find(({ field }) => field === one.field) })),
        papers: kept.papers.map((one) => {
          const brought = papers.find(({ material }) => material === one.material)
          return brought ? { ...one, ...brought, way: 'given' as const } : one
        }),
        owed: (kept.owed ?? []).filter((one) => !meets(one, answers, papers)),
      }
      const followed = outstanding(next).length === 0 ? over(next, mark.on, 'supplement') : next
      if (next.owed!.length > 0) return followed
      const corrected = over(followed, mark.on, 'correct')
      if (kept.phase !== 'correcting') return corrected
      // Corrected as asked: it has come in again, and whoever accepts it has his time anew.
      return { ...begun(corrected, 'accept', limit, mark.on), phase: 'received' }
    }),
  accepted: (was, { how, from, supplement, handler }, mark) =>
    on(was, (kept) => {
      const { promised, statutory } = kept.terms
      const decided: Case = begun(over(kept, mark.on, 'accept', 'correct'), 'decide', promised, from)
      const lawful = begun(decided, 'statute', statutory, from)
      return {
        ...begun(lawful, 'supplement', supplement, mark.on),
        phase: 'examining',
        acceptedOn: from,
        accepted: how,
        ...(handler !== undefined && { handler }),
      }
    }),
  declined: (was, _, mark) =>
    on(was, (kept) => ({ ...over(kept, mark.on, 'accept', 'correct'), phase: 'declined', closedOn: mark.on })),
  taken: (was, { handler }) => on(was, (kept) => ({ ...kept, handler })),
  noted: (was) => was,
  specialStarted: (was, { special, name, limit }, mark) =>
    on(was, (kept) => ({
      ...begun(kept, 'special', limit, mark.on),
      phase: 'special',
      special: { special, name },
      pauses: [...kept.pauses, { from: addDays(mark.on, 1), ground: 'special-procedure', article: limit.article }],
    })),
  specialEnded: (was, _, mark) =>
    on(was, ({ special: __, ...kept }) => ({
      ...over(kept, mark.on, 'special'),
      phase: 'examining',
      pauses: closed(kept.pauses, mark.on),
    })),
  extended: (was, { days, reason, by, article }, mark) =>
    on(was, (kept) => ({
      ...kept,
      extensions: [...kept.extensions, { budget: days, by, reason, article, on: mark.on }],
    })),
  decided: (was, decision, mark) =>
    on(was, (kept) => ({
      ...begun(
        over({ ...kept, pauses: closed(kept.pauses, mark.on) }, mark.on, 'decide', 'statute', 'supplement', 'correct'),
        'deliver',
        decision.limit,
        mark.on,
      ),
      phase: 'decided',
      decidedOn: mark.on,
      decision,
    })),
  delivered: (was, { delivered, limit }, mark) =>
    on(was, (kept) => {
      const came = kept.came + (delivered === 'collect' ? 1 : 0)
      const done: Case = { ...over(kept, mark.on, 'deliver'), came }
      return limit === undefined
        ? { ...done, phase: 'closed', closedOn: mark.on }
        : { ...begun(done, 'verify', limit, mark.on), phase: 'verifying' }
    }),
  verified: (was, { finding, limit }, mark) =>
    on(was, (kept) => {
      const found = { ...over(kept, mark.on, 'verify', 'rectify'), finding }
      if (finding === 'rectify') return begun(found, 'rectify', limit, mark.on)
      return { ...found, phase: finding === 'holds' ? 'closed' : 'revoked', closedOn: mark.on }
    }),
  rated: (was, { grade }) => on(was, (kept) => ({ ...kept, grade })),
  overran: (was) => on(was, (kept) => ({ ...kept, overran: true })),
  reminded: (was) => on(was, (kept) => ({ ...kept, reminded: true })),
  terminated: (was, _, mark) => on(was, (kept) => stopped(kept, 'terminated', mark)),
  withdrawn: (was, _, mark) => on(was, (kept) => stopped(kept, 'withdrawn', mark)),
  papersSent: (was, { sentBy }, { at, actor }) =>
    on(was, (kept) => ({ ...kept, papersAt: 'underway', sentAt: minuteOf(at), sentBy: sentBy ?? actor })),
  papersTaken: (was, { takenBy }, { at, actor }) =>
    on(was, (kept) => ({ ...kept, papersAt: 'unit', takenAt: minuteOf(at), takenBy: takenBy ?? actor })),
}

/** The city's own clock, to the minute. */
const minuteOf = (at: string) => at.slice(0, 16).replace('T', ' ')

type Supplied = { readonly field: string }
type Papers = { readonly material: string }

function meets({ sort, code }: Demand, answers: readonly Supplied[], papers: readonly Papers[]): boolean {
  return sort === 'field'
    ? answers.some(({ field }) => field === code)
    : papers.some(({ material }) => material === code)
}

function begun(kept: Case, name: PromiseName, limit: Case['limits'][PromiseName], from: CivilDate): Case {
  if (limit === undefined) return kept
  const { [name]: _, ...ended } = kept.ended
  return { ...kept, limits: { ...kept.limits, [name]: limit }, began: { ...kept.began, [name]: from }, ended }
}

/** These promises are over, those of them that ran. */
function over(kept: Case, day: CivilDate, ...names: readonly PromiseName[]): Case {
  const ran = names.filter((name) => kept.began[name] !== undefined && kept.ended[name] === undefined)
  return { ...kept, ended: { ...kept.ended, ...Object.fromEntries(ran.map((name) => [name, day])) } }
}

function closed(pauses: Case['pauses'], to: CivilDate): Case['pauses'] {
  return pauses.flatMap((pause) => {
    if (pause.to !== undefined) return [pause]
    return to < pause.from ? [] : [{ ...pause, to }]
  })
}

function stopped(kept: Case, phase: 'terminated' | 'withdrawn', { on: day }: Mark): Case {
  return { ...over({ ...kept, pauses: closed(kept.pauses, day) }, day, ...promises), phase, closedOn: day }
}
