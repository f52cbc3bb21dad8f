// The item library of the example city (合成数据): made from the tables of library.ts, so that its figures come out as the city's.
import { contentOf, POWER, type Draft, type Part } from './item.ts'
import { city, county, power } from './library.ts'
import { people } from './people.ts'
import { random, type Random } from './random.ts'
import { startUp } from './start-up.ts'
import { units } from './units.ts'

export type ExampleItem = {
  readonly by: string
  /** Another than who drafted it. */
  readonly publisher: string
  readonly input: Readonly<Record<string, unknown>> & { readonly code: string }
}

/** How many there are of each sort; `shorter` is the mean over all with a limit by law, in hundredths of a percent. */
const GOAL = { licences: 392, due: 400, inHall: 393, general: 330, instant: 552, tolerant: 266, shorter: 7414 }
/** Of the instant ones, how many are decided by declared rules. */
const CHECKED = 160
const SEED = 20260102

const TYPES: Readonly<Record<string, string>> = {
  许: 'licence',
  确: 'confirmation',
  给: 'payment',
  奖: 'award',
  服: 'public-service',
  其: 'other-power',
}
const SUFFIX: Readonly<Record<Part, string>> = { 新: '', 变: '变更', 延: '延续', 补: '补发', 注: '注销', '-': '' }

type Sketch = { -readonly [Name in keyof Draft]: Draft[Name] }

/** All of them, the same each time, those of one person together. */
export function items(): readonly ExampleItem[] {
  const from = random(SEED)
  const all = sketches(from)
  placed(all, from)
  quickened(all, from)
  for (const one of take(from.shuffle(all.filter((each) => usual(each) && each.part !== '-')), GOAL.tolerant))
    one.tolerant = true
  shortened(all, from)
  const codes = [...new Set(all.map(({ name }) => name))]
  const handlers = new Map(
    people.flatMap(({ id, posts }) =>
      posts.filter(({ role, to }) => role === 'handler' && to === undefined).map(({ unit }) => [unit, id]),
    ),
  )
  return all
    .map((one) => {
      const by = handlers.get(one.unit) ?? 'items'
      const owner = units.findIndex(({ id }) => id === one.unit)
      const baseCode = `0001${String(codes.indexOf(one.name) + 1).padStart(8, '0')}`
      const code = `11${units[owner]!.division}${String(owner + 1).padStart(9, '0')}X${one.level === 'city' ? 3 : 4}${baseCode}`
      const input = { code, unit: one.unit, baseCode, ...contentOf(one, from) }
      return { by, publisher: by === 'items' ? 'items2' : 'items', input }
    })
    .toSorted((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))
}

const usual = ({ startUp: start, unit }: Draft) => start === undefined && unit !== POWER

function take<One>(chosen: readonly One[], count: number): readonly One[] {
  if (chosen.length < count) throw new RangeError(`the tables hold ${chosen.length} where ${count} are wanted`)
  return chosen.slice(0, count)
}

function sketches(from: Random): readonly Sketch[] {
  const rows = Object.entries(city).flatMap(([unit, text]) => rowsOf(unit, 'city', text))
  const licences = rows.filter(({ type }) => type === 'licence')
  const owed = startUp.filter(({ type }) => type === 'licence').length
  // Each may be applied for; what else is done with it is on the list as far as that is long.
  const firsts = licences.filter(({ part }) => part === '新')
  const others = from.shuffle(licences.filter(({ part }) => part !== '新'))
  const kept = new Set([...firsts, ...take(others, GOAL.licences - owed - firsts.length)])
  const counties = units.filter(({ kind }) => kind === 'county')
  return [
    ...startUp.map((one) => ({
      ...sketch(one.unit, 'city', one.name, '-', { statutory: undefined, marks: '', ...one }),
      startUp: one,
    })),
    ...rows.filter((one) => one.type !== 'licence' || kept.has(one)),
    ...powerRows(),
    ...counties.flatMap(({ id }) =>
      Object.entries(county).flatMap(([bureau, text]) => rowsOf(`${id}-${bureau}`, 'county', text)),
    ),
  ]
}

function linesOf(text: string): readonly (readonly string[])[] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.split('|'))
}

function rowsOf(unit: string, level: Draft['level'], text: string): Sketch[] {
  return linesOf(text).flatMap(([name = '', kind = '', parts = '', marks = '', own = '']) => {
    const statutory = kind.length > 1 ? Number(kind.slice(1)) : undefined
    const papers = own.split(' ').filter((one) => one !== '')
    return ([...parts] as Part[]).map((part) =>
      sketch(unit, level, name, part, { type: TYPES[kind[0]!]!, statutory, marks, papers }),
    )
  })
}

function powerRows(): Sketch[] {
  return linesOf(power).map(([name = '', days = '', saved = '']) => ({
    ...sketch(POWER, 'city', name, '-', {
      type: 'public-service',
      statutory: undefined,
      marks: '',
      papers: [],
      promised: Number(days),
    }),
    due: false,
    window: 'outside',
    ...(saved !== '' && { saves: Number(saved) }),
  }))
}

type Row = Pick<Draft, 'type' | 'statutory' | 'marks' | 'papers'> & { readonly promised?: number }

function sketch(unit: string, level: Draft['level'], base: string, part: Part, row: Row): Sketch {
  const { type, statutory, marks, papers } = row
  // Where the law sets a limit, until all are shortened together.
  const promised = row.promised ?? (statutory === undefined ? 5 : Math.ceil(statutory / 2))
  return {
    unit,
    level,
    base,
    part,
    type,
    statutory,
    marks,
    papers,
    promised,
    name: `${base}${SUFFIX[part]}`,
    due: true,
    window: 'undifferentiated',
    instant: promised === 0,
    tolerant: false,
    checked: false,
  }
}

/** What is due in the hall, what is there, and at which window. */
function placed(all: readonly Sketch[], from: Random): void {
  const atCity = all.filter(({ level, unit }) => level === 'city' && unit !== POWER)
  const [may, must] = [(one: Draft) => one.marks.includes('外'), (one: Draft) => !/[外窗]/.test(one.marks)]
  for (const one of take(from.shuffle(atCity.filter(may)), atCity.length - GOAL.due)) {
    one.due = false
    one.window = 'outside'
  }
  const due = from.shuffle(atCity.filter((one) => one.due && usual(one)))
  for (const one of take([...due.filter(may), ...due.filter(must)], GOAL.due - GOAL.inHall)) one.window = 'outside'
  const there = due.filter(({ window }) => window !== 'outside')
  const own = (one: Draft) => one.marks.includes('窗')
  const special = [...there.filter(own), ...there.filter((one) => !own(one))]
  for (const one of take(special, GOAL.inHall - GOAL.general)) one.window = 'special'
}

/** What is decided at once: rather a change or a replacement than what needs an inspection. */
function quickened(all: readonly Sketch[], from: Random): void {
  const slow = from.shuffle(all.filter((one) => usual(one) && !one.instant))
  const marked = (one: Draft) => one.marks.includes('即')
  const light = (one: Draft) => !marked(one) && /[变补注]/.test(one.part)
  const renewed = (one: Draft) => !marked(one) && one.part === '延'
  const quick = [...slow.filter(marked), ...slow.filter(light), ...slow.filter(renewed)]
  for (const one of take(quick, GOAL.instant - all.filter(({ instant }) => instant).length)) {
    one.instant = true
    one.promised = 0
  }
  const ruled = from.shuffle(all.filter(({ instant, part }) => instant && /[变补注]/.test(part)))
  for (const one of take(ruled, CHECKED)) one.checked = true
}

/** Promises of all sorts, then lengthened or shortened by a day each in turn until the mean comes out. */
function shortened(all: readonly Sketch[], from: Random): void {
  const limited = all.filter(({ statutory }) => statutory !== undefined)
  const share = ({ statutory, promised }: Draft) => Math.round(((statutory! - promised) / statutory!) * 10_000)
  const open = from.shuffle(limited.filter((one) => !one.instant && usual(one)))
  for (const one of open)
    one.promised = Math.min(one.statutory! - 1, Math.ceil(one.statutory! * (0.4 + from.next() / 2)))
  let left = limited.reduce((sum, one) => sum + share(one), 0) - GOAL.shorter * limited.length
  for (let moved = true; moved;) {
    moved = false
    for (const one of open) {
      const before = one.promised
      const [was, next] = [share(one), before + Math.sign(left)]
      if (next < 1 || next >= one.statutory!) continue
      one.promised = next
      const then = left + share(one) - was
      if (Math.abs(then) < Math.abs(left)) [left, moved] = [then, true]
      else one.promised = before
    }
  }
}
