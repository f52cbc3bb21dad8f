// The clock against chinese-days for adding working days, and ten million open clocks worked out again.
import chineseDays from 'chinese-days'
import { addWorkdays, nationalCalendar } from '../kernel/clock/calendar.ts'
import { civil, dayOf } from '../kernel/clock/date.ts'
import { deadline, dueDay, type Gaps } from '../kernel/clock/limit.ts'
import { inTurn, seconds, sequence, type Comparison } from './measure.ts'

const CASES = 500_000
const FEW = 1000
/** The terms that laws lay down in working days: they are what is asked for. */
const TERMS = [3, 5, 7, 10, 15, 20, 30, 45, 60] as const
const CLOCKS = 10_000_000

async function run(say: (line: string) => void): Promise<readonly Comparison[]> {
  const draw = sequence(7)
  const first = dayOf('2018-01-02')
  const last = dayOf('2025-09-01')
  const days = Int32Array.from({ length: CASES }, () => first + draw(last - first))
  const budgets = Int32Array.from({ length: CASES }, () => TERMS[draw(TERMS.length)]!)
  const due = new Int32Array(CASES)
  const ours = () => {
    for (let at = 0; at < CASES; at++) due[at] = addWorkdays(nationalCalendar, days[at]!, budgets[at]!)
  }
  const dates = Array.from({ length: FEW }, (_, at) => civil(days[at]!))
  const theirs: string[] = []
  // Its count begins with the day itself when that is a working day, ours with the day after: the same day is meant.
  const other = () => {
    theirs.length = 0
    for (let at = 0; at < FEW; at++) theirs.push(chineseDays.findWorkday(budgets[at]!, dates[at]))
  }
  say(`adding working days: ${CASES} cases of ours, ${FEW} of chinese-days, nine rounds in turn`)
  ours()
  other()
  const taken = await inTurn(9, ours, other)
  const perSecond = { ours: CASES / taken.ours, other: FEW / taken.other }
  const agrees = theirs.every((date, at) => dayOf(date) === due[at])

  say(`working out ${CLOCKS} open clocks again, a fifth of them with a pause`)
  const from = Int32Array.from({ length: CLOCKS }, () => dayOf('2026-01-01') + draw(300))
  const budget = Uint8Array.from({ length: CLOCKS }, () => 1 + draw(60))
  const pause = Uint8Array.from({ length: CLOCKS }, () => (draw(5) === 0 ? 1 + draw(20) : 0))
  const at = new Int32Array(CLOCKS)
  const none: Gaps = []
  const all = await seconds(() => {
    for (let one = 0; one < CLOCKS; one++) {
      const start = from[one]!
      const gaps: Gaps = pause[one] === 0 ? none : [[start + 2, start + 1 + pause[one]!]]
      at[one] = dueDay(nationalCalendar, 'working-day', budget[one]!, start, gaps)
    }
  })
  let same = true
  for (let sample = 0; sample < 20_000; sample++) {
    const one = draw(CLOCKS)
    const start = civil(from[one]!)
    const pauses =
      pause[one] === 0 ? [] : [{ from: civil(from[one]! + 2), to: civil(from[one]! + 1 + pause[one]!), ground: 'g' }]
    const limit = { rule: 'r', unit: 'working-day', budget: budget[one]!, article: 'a' } as const
    same &&= deadline(nationalCalendar, { limit, from: start, pauses }, start).due === civil(at[one]!)
  }
  return [
    {
      name: 'add working days, against chinese-days',
      ours: perSecond.ours,
      other: perSecond.other,
      ratio: perSecond.ours / perSecond.other,
      unit: 'dates/s',
      agrees,
    },
    {
      name: 'ten million open clocks, against three seconds',
      ours: all,
      other: 3,
      ratio: 3 / all,
      unit: 's',
      agrees: same,
    },
  ]
}

export const bench = { says: 'working days against chinese-days; ten million open clocks', run }
