// What each event makes of a case.
import { addDays, type CivilDate } from '../../kernel/clock/date.ts'
import type { Evolve } from '../../kernel/record.ts'
import { afresh, awaited, back, closePause, inHands, on, waiting, type Appeal, type Case } from './case.ts'
import type { events } from './event.ts'

export const evolve: Evolve<Appeal, typeof events> = {
  raised: (_, { token, by, registrar, triage, climb, ...said }, { on: today }) => ({
    phase: 'raised',
    said,
    token,
    by,
    ...(registrar !== undefined && { registrar }),
    raisedOn: said.receivedOn ?? today,
    line: said.line,
    matter: said.matter,
    assisting: [],
    pauses: [],
    extensions: [],
    limits: triage === undefined ? {} : { triage },
    began: { triage: said.receivedOn ?? today },
    climb,
    answers: 0,
    attempts: 0,
    solved: false,
    reopened: 0,
    escalated: { triage: 0, sign: 0, answer: 0, supervise: 0, callBack: 0 },
    urged: 0,
    absorbed: [],
  }),
  dispatched: (
    was,
    { unit: to, assisting = [], line, matter, level, answer, sign, assist, most, from, note: ___, ...debt },
    { on: sentOn },
  ) =>
    on(was, ({ handler: _, signedOn: __, ...kept }) => ({
      ...kept,
      said: { ...kept.said, ...debt },
      phase: 'dispatched',
      unit: to,
      assisting,
      line,
      matter,
      level,
      limits: { ...kept.limits, answer, sign, ...(assist && { assist }), ...(most && { most }) },
      began: {
        ...kept.began,
        sign: sentOn,
        answer: from,
        ...(assist && { assist: sentOn }),
        ...(most && { most: from }),
      },
      escalated: afresh(kept.escalated, 'sign', 'assist'),
    })),
  regrouped: (was, { assisting, assist }, mark) =>
    on(was, ({ assistedOn, ...held }) => {
      const kept = { ...held, assisting }
      if (awaited(kept).length === 0) return { ...kept, assistedOn: assistedOn ?? mark.on }
      // Those who are new have a time of their own from this day.
      const more = assisting.some((one) => !held.assisting.includes(one))
      return more && assist
        ? {
            ...kept,
            limits: { ...kept.limits, assist },
            began: { ...kept.began, assist: mark.on },
            escalated: afresh(kept.escalated, 'assist'),
          }
        : { ...kept, ...(assistedOn !== undefined && { assistedOn }) }
    }),
  'handed-over': (was, { handler }) => on(was, (kept) => ({ ...kept, handler, hands: inHands(kept, handler) })),
  signed: (was, { handler }, mark) =>
    on(was, (kept) => ({ ...kept, phase: 'handling', handler, hands: inHands(kept, handler), signedOn: mark.on })),
  returned: (was, _, mark) => on(was, (kept) => waiting(kept, mark.on)),
  recalled: (was, _, mark) => on(was, (kept) => waiting(kept, mark.on)),
  noted: (was) => was,
  contributed: (was, { unit }, mark) =>
    on(was, (held) => {
      const kept = { ...held, hands: inHands(held, mark.actor) }
      if (unit === undefined || !awaited(kept).includes(unit)) return kept
      const contributed = [...(kept.contributed ?? []), unit]
      const all = awaited({ ...kept, contributed }).length === 0
      return { ...kept, contributed, ...(all && { assistedOn: mark.on }) }
    }),
  asked: (was, { question, pauses, supply }, mark) =>
    on(was, (kept) => {
      const article = supply && { article: supply.article }
      const pause = { from: addDays(mark.on, 1), ground: 'information-asked', ...article }
      return {
        ...kept,
        phase: 'waiting',
        question,
        pauses: pauses ? [...kept.pauses, pause] : kept.pauses,
        limits: { ...kept.limits, ...(supply && { supply }) },
        began: { ...kept.began, ...(supply && { supply: mark.on }) },
        escalated: afresh(kept.escalated, 'supply'),
      }
    }),
  supplied: (was, _, mark) => on(was, (kept) => goesOn(kept, mark.on)),
  proceeded: (was, _, mark) => on(was, (kept) => goesOn(kept, mark.on)),
  extended: (was, { days, reason, by }, mark) =>
    on(was, (kept) => ({ ...kept, extensions: [...kept.extensions, { budget: days, by, reason, on: mark.on }] })),
  answered: (was, { outcome, text, evidence, inTime, by, callBack }, mark) =>
    on(was, (kept) => ({
      ...kept,
      phase: 'answered',
      answeredOn: mark.on,
      // What was asked of others beside it has come with the answer, or is asked no longer.
      ...(kept.supervised && { reportedOn: kept.reportedOn ?? mark.on }),
      ...(kept.assisting.length > 0 && { assistedOn: kept.assistedOn ?? mark.on }),
      hands: inHands(kept, by),
      limits: { ...kept.limits, ...(callBack && { callBack }) },
      escalated: afresh(kept.escalated, 'callBack'),
      began: { ...kept.began, callBack: mark.on },
      answers: kept.answers + 1,
      answer: { outcome, text, evidence, inTime, by },
    })),
  confirmed: (was, _, mark) =>
    on(was, (kept) => ({ ...kept, phase: 'closed', closedOn: mark.on, solved: kept.answer?.outcome === 'solved' })),
  attempted: (was) => on(was, (kept) => ({ ...kept, attempts: kept.attempts + 1 })),
  unreached: (was, _, mark) => on(was, (kept) => ({ ...kept, phase: 'closed', closedOn: mark.on })),
  rejected: (was, _, mark) => on(was, (kept) => back(kept, mark.on)),
  rated: (was, { grade }) => on(was, (kept) => ({ ...kept, rating: { grade, ofAnswer: kept.answers } })),
  reopened: (was, _, mark) => on(was, (kept) => ({ ...back(kept, mark.on), reopened: kept.reopened + 1 })),
  shelved: (was, { review, article }, mark) =>
    on(was, (kept) => ({
      ...kept,
      phase: 'shelved',
      review,
      pauses: [
        ...kept.pauses,
        { from: addDays(mark.on, 1), ground: 'long-term', ...(article !== undefined && { article }) },
      ],
    })),
  resumed: (was, _, mark) =>
    on(was, ({ review: __, ...kept }) => ({ ...kept, phase: 'handling', pauses: closePause(kept.pauses, mark.on) })),
  classified: (was, { secrecy }) => on(was, (kept) => ({ ...kept, secrecy })),
  merged: (was, { into }) => on(was, (kept) => ({ ...kept, phase: 'merged', mergedInto: into })),
  absorbed: (was, { from, title }) =>
    on(was, (kept) => ({ ...kept, absorbed: [...kept.absorbed, { id: from, title }] })),
  informed: (was, { outcome, text }) =>
    on(was, (kept) => ({ ...kept, answer: { outcome, text, evidence: [], inTime: true, by: '' } })),
  separated: (was, _, mark) => on(was, ({ mergedInto: __, answer: ___, ...kept }) => waiting(kept, mark.on)),
  released: (was, { from }) =>
    on(was, (kept) => ({ ...kept, absorbed: kept.absorbed.filter((one) => one.id !== from) })),
  objected: (was) => was,
  urged: (was, _, mark) => on(was, (kept) => ({ ...kept, urged: kept.urged + 1, urgedOn: mark.on })),
  supervised: (was, { supervise, ...supervised }, mark) =>
    on(was, ({ reportedOn: _, ...kept }) => ({
      ...kept,
      supervised,
      limits: { ...kept.limits, ...(supervise && { supervise }) },
      began: { ...kept.began, supervise: mark.on },
      escalated: afresh(kept.escalated, 'supervise'),
    })),
  escalated: (was, { promise }) =>
    on(was, (kept) => ({ ...kept, escalated: { ...kept.escalated, [promise]: (kept.escalated[promise] ?? 0) + 1 } })),
  withdrawn: (was, _, mark) => on(was, (kept) => ({ ...kept, phase: 'withdrawn', closedOn: mark.on })),
}

/** What was asked for has come, or is waited for no longer. */
function goesOn({ question: _, ...kept }: Case, today: CivilDate): Case {
  return { ...kept, phase: 'handling', pauses: closePause(kept.pauses, today) }
}
