// What becomes of an application, told a second time from the licensing law and from practice, in a few lines and without the
// program: its days are counted one by one, over a calendar of somebody else.
import chineseDays from 'chinese-days'

export type Day = string
export type Phase =
  | 'received'
  | 'correcting'
  | 'examining'
  | 'special'
  | 'decided'
  | 'verifying'
  | 'closed'
  | 'declined'
  | 'withdrawn'
  | 'terminated'
  | 'revoked'
export type Way = 'given' | 'shared' | 'later' | 'promised' | 'missing'

/** What the version of the item says. */
export type Item = {
  readonly promised: number
  readonly statutory: number
  readonly papers: Readonly<Record<string, 'shared' | 'tolerable' | 'strict'>>
  readonly commitment: boolean
  /** Receipt is acceptance. */
  readonly onReceipt: boolean
  /** Decided at once, where this field holds a number of at most so much. */
  readonly atOnce: boolean
}

/** The city's rules, in working days. */
export const RULES = {
  accept: 5,
  correct: 15,
  extend: 10,
  deliver: 10,
  supplement: 20,
  before: 2,
  verify: 30,
  rectify: 10,
}
export const SPECIAL = 10

type Run = { readonly from: Day; readonly days: number; over?: true }
type Pause = { readonly from: Day; to?: Day }

export type Case = {
  readonly item: Item
  phase: Phase
  readonly received: Day
  accepted?: { readonly how: string; readonly on: Day }
  readonly papers: Record<string, Way>
  readonly answered: readonly string[]
  owed: Set<string>
  told: boolean
  readonly runs: Record<string, Run>
  readonly pauses: Pause[]
  extra: number
  extended: boolean
  came: number
  handler?: string
  grade?: string
  finding?: string
  reminded: boolean
  at?: 'window' | 'underway' | 'unit'
  readonly delivery: string
  approved?: boolean
}

export function nextDay(day: Day, much = 1): Day {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + much)
  return at.toISOString().slice(0, 10)
}

/** Day by day: the first does not count, nor does a day off or one that stands still. */
function count(from: Day, days: number, pauses: readonly Pause[], today: Day): Day {
  const still = (day: Day) => pauses.some((pause) => pause.from <= day && day <= (pause.to ?? today))
  let day = from
  for (let left = days; left > 0;) {
    day = nextDay(day)
    if (chineseDays.isWorkday(day) && !still(day)) left -= 1
  }
  // 民法典第二百零三条, for what is promised for the same day.
  while (days === 0 && (!chineseDays.isWorkday(day) || still(day))) day = nextDay(day)
  return day
}

export function dueOf(one: Case, name: string, today: Day): Day | undefined {
  const run = one.runs[name]
  if (!run) return undefined
  const moves = name === 'decide' || name === 'statute'
  return count(run.from, run.days + (moves ? one.extra : 0), moves ? one.pauses : [], today)
}

const has = (one: Case, way: Way) => Object.values(one.papers).includes(way)
const stop = (one: Case, ...names: string[]) => {
  for (const name of names) if (one.runs[name]) one.runs[name].over = true
}

export function receive(
  item: Item,
  said: Pick<Case, 'papers' | 'answered' | 'delivery' | 'came' | 'at'>,
  small: boolean,
  today: Day,
) {
  const one: Case = {
    ...said,
    item,
    phase: 'received',
    received: today,
    owed: new Set(),
    told: false,
    runs: { accept: { from: today, days: RULES.accept } },
    pauses: [],
    extra: 0,
    extended: false,
    reminded: false,
  }
  if (item.atOnce && small && !has(one, 'missing') && !has(one, 'later')) {
    accept(one, 'decided-at-once', today, today)
    decide(one, true, today)
    if (one.delivery === 'online') deliver(one, 'online', today)
  } else if (item.onReceipt) accept(one, 'by-receipt', today, today)
  return one
}

export function accept(one: Case, how: string, on: Day, today: Day): void {
  stop(one, 'accept', 'correct')
  Object.assign(one, { phase: 'examining', accepted: { how, on } })
  one.runs['decide'] = { from: on, days: one.item.promised }
  one.runs['statute'] = { from: on, days: one.item.statutory }
  const most = Math.max(1, Math.min(RULES.supplement, one.item.promised - RULES.before))
  if (has(one, 'later')) one.runs['supplement'] = { from: today, days: most }
}

/** 第三十二条第一款第五项: what is complete, or was corrected as told, is accepted; nothing else may be asked for. */
export const acceptable = (one: Case) =>
  one.phase === 'received' && one.owed.size === 0 && (one.told || !has(one, 'missing'))

/** 第三十二条第一款第四项: once, within five days. */
export function tellable(one: Case, today: Day): boolean {
  if (one.told) return false
  if (one.phase === 'received') return true
  return one.phase === 'examining' && one.accepted?.how === 'by-receipt' && today <= count(one.received, 5, [], today)
}

/** Nothing that the city obtains itself, that may follow, or that a commitment replaces. */
export const demandable = (one: Case, what: string) =>
  ['given', 'missing'].includes(one.papers[what] ?? '') || one.answered.includes(what)

export function tell(one: Case, what: readonly string[], today: Day): void {
  stop(one, 'accept')
  Object.assign(one, { told: true, owed: new Set(what) })
  if (one.phase === 'received') one.phase = 'correcting'
  one.runs['correct'] = { from: today, days: RULES.correct }
}

/** What he was told to correct, and what he has promised; nothing else is taken. */
export const takes = (one: Case, what: string) => one.owed.has(what) || one.papers[what] === 'later'

export function supply(one: Case, what: readonly string[], window: boolean, today: Day): void {
  for (const each of what) {
    one.owed.delete(each)
    if (each in one.papers) one.papers[each] = 'given'
  }
  if (window) one.came += 1
  if (!has(one, 'later')) stop(one, 'supplement')
  if (one.owed.size > 0) return
  stop(one, 'correct')
  if (one.phase !== 'correcting') return
  one.phase = 'received'
  one.runs['accept'] = { from: today, days: RULES.accept }
}

/** Not corrected: told, not corrected, and the time that was given for it is over. */
export const uncorrected = (one: Case, today: Day) =>
  one.phase === 'correcting' && one.owed.size > 0 && today > dueOf(one, 'correct', today)!

export function startSpecial(one: Case, today: Day): void {
  one.phase = 'special'
  one.runs['special'] = { from: today, days: SPECIAL }
  one.pauses.push({ from: nextDay(today) })
}

export function endSpecial(one: Case, today: Day): void {
  stop(one, 'special')
  one.phase = 'examining'
  resume(one, today)
}

function resume(one: Case, today: Day): void {
  const open = one.pauses.find((pause) => pause.to === undefined)
  if (open) open.to = today
}

/** 第四十二条第一款: once, by ten days at most, before the time is over. */
export const extendable = (one: Case, days: number, today: Day) =>
  one.phase === 'examining' && !one.extended && days <= RULES.extend && today <= dueOf(one, 'statute', today)!

export const approvable = (one: Case) => one.owed.size === 0 && !has(one, 'later')

export function decide(one: Case, approved: boolean, today: Day): void {
  stop(one, 'decide', 'statute', 'supplement', 'correct')
  Object.assign(one, { phase: 'decided', approved })
  one.runs['deliver'] = { from: today, days: RULES.deliver }
}

export function deliver(one: Case, way: string, today: Day): void {
  stop(one, 'deliver')
  if (way === 'collect') one.came += 1
  const verifies = one.approved === true && has(one, 'promised')
  one.phase = verifies ? 'verifying' : 'closed'
  if (verifies) one.runs['verify'] = { from: today, days: RULES.verify }
}

export function verify(one: Case, finding: string, today: Day): void {
  stop(one, 'verify', 'rectify')
  one.finding = finding
  if (finding === 'rectify') one.runs['rectify'] = { from: today, days: RULES.rectify }
  else one.phase = finding === 'holds' ? 'closed' : 'revoked'
}

export function end(one: Case, phase: 'declined' | 'withdrawn' | 'terminated', today: Day): void {
  if (phase === 'declined') stop(one, 'accept', 'correct')
  else stop(one, ...Object.keys(one.runs))
  resume(one, today)
  one.phase = phase
}

/** What time alone does by a moment: `whole` when the day is over. True when a commitment was broken by it. */
export function pass(one: Case, today: Day, whole: boolean): boolean {
  const over = (name: string) => {
    const due = one.runs[name]?.over ? undefined : dueOf(one, name, today)
    return due !== undefined && (due < today || (whole && due === today))
  }
  if (one.phase === 'received' && over('accept')) accept(one, 'deemed', one.runs['accept']!.from, today)
  const supplement = one.runs['supplement']
  if (!['examining', 'special'].includes(one.phase) || !supplement || supplement.over) return false
  if (nextDay(dueOf(one, 'supplement', today)!, -2) <= today) one.reminded = true
  if (!over('supplement')) return false
  end(one, 'terminated', today)
  return true
}
