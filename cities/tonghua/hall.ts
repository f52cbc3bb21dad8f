// The hall of the example city (合成数据): eight windows, duty on days off, powers of representatives, a week of numbers and bookings.
import { nextFor, type Waiting } from '../../domains/hall/index.ts'
import { isWorkday, nationalCalendar } from '../../kernel/clock/calendar.ts'
import { addDays, dayOf, moment, weekday, type CivilDate, type Moment } from '../../kernel/clock/date.ts'
import { items } from './items.ts'
import { random } from './random.ts'
import type { Told } from './told.ts'

const HALL = 'DT-tonghua'
const SEED = 20260601
const DAYS = 7
const AHEAD = 10

/** Units with windows of their own; everybody else is served at the general ones. */
const LINES = [
  { letter: 'B', unit: 'city-market' },
  { letter: 'C', unit: 'city-tax' },
  { letter: 'D', unit: 'city-land' },
]
const SLOTS = ['08:30', '09:30', '10:30', '13:30', '14:30', '15:30']

/** Number, whom it serves, and who mans it; nobody yet mans the last two. */
const WINDOWS: readonly (readonly [number: number, serves: string | undefined, by: string | undefined])[] = [
  [1, undefined, 'clerk'],
  [2, undefined, 'hall-clerk'],
  [3, undefined, 'hall-clerk2'],
  [4, undefined, 'hall-clerk3'],
  [5, 'city-market', 'rep-market'],
  [6, 'city-tax', 'rep-tax'],
  [7, 'city-land', undefined],
  [8, undefined, undefined],
]

/** The hall as it is set up, with its windows and the powers of its representatives. */
export function hallFounding(at: Moment): readonly Told[] {
  const tell = (person: string, kind: string, id: string, name: string, input: unknown): Told => ({
    at,
    by: { person },
    kind,
    id,
    name,
    input,
  })
  const ends = (opens: string) => `${String(Number(opens.slice(0, 2)) + 1).padStart(2, '0')}:${opens.slice(3)}`
  return [
    tell('items', 'hall', HALL, 'setUp', {
      name: '通化市政务大厅（示例）',
      unit: 'city-centre',
      address: '示例路 1 号（合成数据）',
      lines: LINES,
      slots: SLOTS.map((opens) => ({ opens, closes: ends(opens), places: 6 })),
      ahead: AHEAD,
      grace: 15,
      recalls: 3,
      recallWithin: 60,
      note: '示例规则：时段、名额和叫号次数施行前由本市确定。',
    }),
    ...WINDOWS.map(([windowNumber, serves]) =>
      tell('items', 'window', `${HALL}.${windowNumber}`, 'setUp', {
        hall: HALL,
        windowNumber,
        sort: serves === undefined ? 'undifferentiated' : 'special',
        serves: serves === undefined ? [] : [serves],
      }),
    ),
    ...powersOf('rep-hr', 'head', 'city-hr', 1),
    ...powersOf('rep-industry', 'head-industry', 'city-industry', 2),
    ...powersOf('rep-market', 'head-market', 'city-market', 4, 'whole'),
    ...powersOf('rep-tax', 'head-tax', 'city-tax', 5, 'whole'),
    // One still waits to be filed.
    ...powersOf('rep-hr2', 'head', 'city-hr', 3).slice(0, 1),
  ]

  /** By name the unit's items that open powers, for what all of them open; or all items of the unit, for whatever they open. */
  function powersOf(
    person: string,
    head: string,
    unit: string,
    number: number,
    extent: 'named' | 'whole' = 'named',
  ): readonly Told[] {
    const own = items().filter(({ input }) => input['unit'] === unit && opened(input).includes('accept'))
    const powers =
      extent === 'whole'
        ? [...new Set(own.flatMap(({ input }) => opened(input)))]
        : opened(own[0]!.input).filter((one) => own.every(({ input }) => opened(input).includes(one)))
    return [
      tell(head, 'delegation', person, 'grant', {
        person,
        unit,
        ...(extent === 'named' && { items: own.map(({ input }) => input.code) }),
        powers,
        from: at.slice(0, 10),
        to: addDays(at.slice(0, 10), 730),
        letter: `示例授权〔2025〕${number}号`,
      }),
      tell('items', 'delegation', person, 'file', {}),
    ]
  }
}

function opened(input: Readonly<Record<string, unknown>>): readonly string[] {
  return Array.isArray(input['powers']) ? (input['powers'] as string[]) : []
}

/** A week up to a day, and what is booked for the days after it. */
export function hallDays(until: CivilDate): readonly Told[] {
  const chance = random(SEED)
  const told: Told[] = []
  const all = items()
  const general = all.filter(({ input }) => input['window'] === 'undifferentiated')
  const special = (unit: string) => all.find(({ input }) => input['window'] === 'special' && input['unit'] === unit)
  const days = Array.from({ length: DAYS + AHEAD }, (_, place) => addDays(until, place - DAYS + 1))
  const tell = (at: Moment, by: Told['by'], kind: string, id: string, name: string, input: unknown = {}) => {
    if (at.slice(0, 10) <= until) told.push({ at, by, kind, id, name, input })
  }
  const works = (on: CivilDate) => isWorkday(nationalCalendar, dayOf(on))
  const first = days[0]!
  const early = `${addDays(first, -AHEAD)}T09:00:00.000+08:00`
  for (const on of days) {
    // On duty on Saturdays, and not on Sundays: a gap that the roster shows.
    const duty = !works(on) && weekday(dayOf(on)) === 6
    if (duty)
      tell(early, { person: 'items' }, 'duty', `duty-${on}`, 'roster', {
        hall: HALL,
        on,
        person: 'clerk',
        unit: 'city-centre',
      })
    if (works(on) || duty) oneDay(on, duty)
  }
  return told

  function oneDay(on: CivilDate, duty: boolean) {
    const bookings = booked(on)
    if (on > until) return
    const at = (minute: number, second: number): Moment =>
      moment(Date.parse(`${on}T00:00:00+08:00`) + minute * 60_000 + second * 1000)
    const open = duty ? WINDOWS.slice(0, 1) : WINDOWS.filter(([, , by]) => by !== undefined)
    const desks = open.map(([number, serves, by]) => ({
      window: `${HALL}.${number}`,
      letters: [LINES.find(({ unit }) => unit === serves)?.letter ?? 'A'],
      by: { person: by! },
      /** Until which minute it is busy, and with what that ends. */
      busy: 0,
      ends: undefined as 'begin' | 'finish' | undefined,
    }))
    desks.forEach((desk, place) => tell(at(510, place), desk.by, 'window', desk.window, 'open'))
    let waiting: Waiting[] = []
    let numbers = 0
    for (let minute = 511; minute < (duty ? 690 : 1020); minute++) {
      for (const { id, come, slot } of bookings.filter((one) => one.come === minute)) {
        tell(at(come, 1), { person: 'clerk' }, 'booking', id, 'arrive')
        waiting.push({ ticket: id, number: id, letter: 'A', since: at(come, 1), booked: `${on}T${slot}:00.000+08:00` })
      }
      const noon = minute >= 690 && minute < 810
      if (!duty && chance.chance(noon ? 0.02 : minute > 960 ? 0.05 : 0.22)) {
        const line = chance.weighted([
          ['A', 70],
          ['B', 18],
          ['C', 12],
        ] as const)
        const id = `PH${on.slice(2).replaceAll('-', '')}-${String(++numbers).padStart(4, '0')}`
        const unit = LINES.find(({ letter }) => letter === line)?.unit
        const item = unit === undefined ? (chance.chance(0.6) ? chance.pick(general) : undefined) : special(unit)
        const matter = item ? { item: item.input.code } : unit === undefined ? {} : { unit }
        tell(at(minute, 5), { bearer: id }, 'ticket', id, 'take', { hall: HALL, ...matter })
        waiting.push({ ticket: id, number: id, letter: line, since: at(minute, 5) })
      }
      for (const [place, desk] of desks.entries()) {
        if (desk.busy > minute) continue
        const now = at(minute, 10 + place * 4)
        if (desk.ends === 'finish') tell(now, desk.by, 'window', desk.window, 'finish')
        if (desk.ends === 'begin') {
          // Every twentieth does not come.
          const missed = chance.chance(0.05)
          tell(now, desk.by, 'window', desk.window, missed ? 'skip' : 'begin')
          desk.ends = missed ? undefined : 'finish'
          desk.busy = minute + (missed ? 1 : chance.whole(4, 16))
          continue
        }
        desk.ends = undefined
        const call = at(minute, 12 + place * 4)
        const next = nextFor(waiting, desk, call)
        if (!next) continue
        waiting = waiting.filter((one) => one !== next)
        tell(call, desk.by, 'window', desk.window, 'call')
        desk.ends = 'begin'
        desk.busy = minute + 1
      }
    }
    for (const [place, desk] of desks.entries()) {
      if (desk.ends !== undefined)
        tell(at(1040, place * 4), desk.by, 'window', desk.window, desk.ends === 'begin' ? 'skip' : 'finish')
      tell(at(1041, place * 4), desk.by, 'window', desk.window, 'close')
    }
  }

  /** The bookings of a day, made some days before; most come in their slot, one in ten does not. */
  function booked(on: CivilDate) {
    return Array.from({ length: chance.whole(3, 6) }, (_, place) => {
      const slot = SLOTS[weekday(dayOf(on)) === 6 && !works(on) ? place % 2 : (place * 2) % SLOTS.length]!
      const id = `YY${on.slice(2).replaceAll('-', '')}-${String(place + 1).padStart(4, '0')}`
      const made = addDays(on, -chance.whole(1, AHEAD - 2))
      const begins = Number(slot.slice(0, 2)) * 60 + Number(slot.slice(3))
      tell(`${made}T19:${String(10 + place).padStart(2, '0')}:00.000+08:00`, { bearer: id }, 'booking', id, 'book', {
        hall: HALL,
        item: chance.pick(general).input.code,
        on,
        slot,
        contact: '预约人',
        phone: `199-0000-${String(place).padStart(2, '0')}${on.slice(8)}`,
      })
      return { id, slot, come: chance.chance(0.1) ? -1 : Math.max(512, begins + chance.whole(-10, 40)) }
    })
  }
}
