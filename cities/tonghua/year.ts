// A synthetic year of the example city (合成数据), told as commands with the moments at which they were given.
import { addDays, type CivilDate, type Moment } from '../../kernel/clock/date.ts'
import { addWorkdays, isWorkday, nationalCalendar } from '../../kernel/clock/calendar.ts'
import { civil, dayOf } from '../../kernel/clock/date.ts'
import { enterprises } from './enterprises.ts'
import { people, type Role } from './people.ts'
import { random } from './random.ts'
import { rules } from './rules.ts'
import { stories } from './stories.ts'
import { units } from './units.ts'

/** Who gives it: a person by id, the system (setting the city up, or time), or an appellant by the code of the record. */
export type Told = {
  readonly at: Moment
  readonly by: { readonly person: string } | 'system' | 'second' | { readonly bearer: string }
  readonly kind: string
  readonly id: string
  readonly name: string
  readonly input: unknown
}

export const ENTERPRISES = 2000
const APPEALS = 420
const SEED = 20260101

/** The city as it is set up: units, people, posts, rules, enterprises, mandates. All in any order within a kind. */
export function* founding(): Generator<Told> {
  const at: Moment = '2025-10-09T08:30:00.000+08:00'
  const tell = (kind: string, id: string, name: string, input: unknown, by: Told['by'] = 'system'): Told => ({
    at,
    by,
    kind,
    id,
    name,
    input,
  })
  for (const { id, name, nameEn, kind, parent, division } of units)
    yield tell('unit', id, 'setUp', { name, nameEn, type: kind, division, ...(parent !== undefined && { parent }) })
  for (const person of people) yield tell('person', person.id, 'enrol', { name: person.name, login: person.login })
  for (const person of people)
    for (const [place, { role, unit, jurisdiction, from, to }] of person.posts.entries())
      yield tell('post', `${person.id}-${place + 1}`, 'appoint', {
        person: person.id,
        role,
        unit,
        ...(jurisdiction !== undefined && { jurisdiction }),
        clearance: clearance(role),
        from,
        ...(to !== undefined && { to }),
      })
  for (const rule of rules) {
    yield tell('rule', rule.rule, 'lay', rule)
    yield tell('rule', rule.rule, 'publish', {}, 'second')
  }
  const year = '2024'
  for (const [place, one] of [...enterprises(ENTERPRISES, SEED)].entries()) {
    const { staff, revenue, assets, ...known } = one
    yield tell('enterprise', one.uscc, 'enter', known)
    const fact = (name: string, value: number | undefined, unit: string) =>
      value === undefined
        ? []
        : [{ fact: name, value, unit, period: year, source: '年度报告（合成数据）', observedAt: '2025-06-30' }]
    const facts = [
      ...fact('staff', staff, 'person'),
      ...fact('revenue', revenue, 'wan-yuan'),
      ...fact('assets', assets, 'wan-yuan'),
    ]
    if (facts.length > 0) yield tell('enterprise', one.uscc, 'observe', { facts })
    for (const person of people.filter((each) => each.enterprises?.includes(place)))
      yield tell('mandate', `${person.id}-${place}`, 'authorise', {
        person: person.id,
        enterprise: one.uscc,
        from: '2025-01-01',
      })
  }
}

function clearance(role: Role): number {
  return role === 'leader' || role === 'supervisor' ? 2 : 1
}

/** What happened from October 2025 to the day the example ends, oldest first. */
export function happenings(until: CivilDate): Told[] {
  const from = random(SEED + 1)
  const all: Told[] = []
  const firms = [...enterprises(ENTERPRISES, SEED)].map((one) => one.uscc)
  const handlers = new Map(
    people.flatMap((person) =>
      person.posts
        .filter((post) => post.role === 'handler' && post.to === undefined)
        .map((post) => [post.unit, person.id] as const),
    ),
  )
  const worked = [...handlers.keys()]
  const hour = (day: CivilDate, from_: number): Moment =>
    `${day}T${String(from_).padStart(2, '0')}:${String(from.whole(0, 59)).padStart(2, '0')}:${String(from.whole(0, 59)).padStart(2, '0')}.000+08:00`
  const first = dayOf('2025-10-13')
  const last = dayOf(until)

  for (let leader = 0; leader < 40; leader++) {
    const enterprise = firms[leader]!
    const id = `assignment-${leader + 1}`
    all.push({
      at: hour('2025-10-10', 9),
      by: { person: 'supervisor' },
      kind: 'assignment',
      id,
      name: 'assign',
      input: {
        enterprise,
        leader: leader % 2 === 0 ? 'mayor' : 'mayor2',
        unit: worked[leader % worked.length]!,
        from: '2025-10-10',
      },
    })
    for (let visit = 0; visit < from.whole(0, 3); visit++) {
      const day = workday(first + from.whole(0, last - first))
      if (day > until) continue
      all.push({
        at: hour(day, 15),
        by: { person: leader % 2 === 0 ? 'mayor' : 'mayor2' },
        kind: 'visit',
        id: `visit-${leader + 1}-${visit + 1}`,
        name: 'record',
        input: {
          enterprise,
          on: day,
          assignment: id,
          summary: '实地察看生产车间，了解订单、用工和资金情况，听取企业意见。（合成数据）',
          problems: [],
        },
      })
    }
  }

  for (let number = 0; number < APPEALS; number++) {
    const story = stories[(number * 7 + from.whole(0, 6)) % stories.length]!
    const day = workday(first + from.whole(0, last - first))
    if (day > until) continue
    const id = `SQ${day.slice(2).replaceAll('-', '')}-${String(number + 1).padStart(7, '0')}`
    const enterprise = number < 40 ? firms[number % 4]! : from.pick(firms)
    const unit = handlers.has(story.unit) ? story.unit : from.pick(worked)
    const handler = handlers.get(unit)!
    const channel = from.weighted([
      ['web', 40],
      ['phone', 25],
      ['counter', 12],
      ['visit', 15],
      ['letter', 3],
      ['transfer', 5],
    ] as const)
    const tell = (at: Moment, by: Told['by'], name: string, input: unknown) => {
      if (at.slice(0, 10) <= until) all.push({ at, by, kind: 'appeal', id, name, input })
    }
    const { title, body, matter, line, progress, answer } = story
    tell(hour(day, 9), { person: 'clerk' }, 'raise', {
      title,
      body,
      matter,
      line,
      channel,
      enterprise,
      contact: '企业经办人',
      phone: '199-0000-0000',
    })
    // The newest wait for the dispatcher.
    if (number % 60 < 2 && day >= addDays(until, -12)) continue
    const sent = from.chance(0.85) ? day : workday(dayOf(day) + 1)
    tell(hour(sent, 11), { person: 'dispatcher' }, 'dispatch', {
      unit,
      line,
      matter,
      level: unit.startsWith('city') ? 'city' : 'county',
    })
    if (from.chance(0.04) && sent >= addDays(until, -20)) continue
    const signed = workday(dayOf(sent) + (from.chance(0.9) ? 0 : 2))
    tell(hour(signed, 14), { person: handler }, 'sign', {})
    let now = signed
    if (from.chance(0.5))
      tell(hour((now = workday(dayOf(now) + 1)), 10), { person: handler }, 'note', { text: progress })
    if (from.chance(0.12)) {
      tell(hour(now, 15), { person: handler }, 'ask', { question: '请补充合同、票据等能够说明情况的材料。' })
      now = workday(dayOf(now) + from.whole(1, 6))
      tell(hour(now, 9), { person: 'clerk' }, 'supply', { text: '材料已补充。' })
    }
    const limit = matter === 'consultation' ? 1 : matter === 'complaint' ? 7 : matter === 'arrears' ? 20 : 12
    const takes = from.chance(0.93) ? from.whole(0, Math.max(0, limit - 2)) : limit + from.whole(1, 6)
    now = civil(addWorkdays(nationalCalendar, dayOf(now), takes))
    const outcome =
      matter === 'consultation'
        ? 'explained'
        : from.weighted([
            ['solved', 80],
            ['explained', 15],
            ['impossible', 5],
          ] as const)
    tell(hour(now, 16), { person: handler }, 'answer', {
      outcome,
      text: answer,
      evidence: outcome === 'solved' ? [`办理凭证 ${number + 1} 号（合成数据）`] : [],
    })
    now = workday(dayOf(now) + from.whole(1, 3))
    if (from.chance(0.05)) {
      tell(hour(now, 10), { person: 'caller' }, 'callBack', { accepted: false, note: '企业反映尚未解决。' })
      now = workday(dayOf(now) + from.whole(2, 5))
      tell(hour(now, 16), { person: handler }, 'answer', {
        outcome,
        text: `经再次核实：${answer}`,
        evidence: outcome === 'solved' ? [`补充办理凭证 ${number + 1} 号（合成数据）`] : [],
      })
      now = workday(dayOf(now) + 1)
    }
    tell(hour(now, 10), { person: 'caller' }, 'callBack', { accepted: true, note: '电话回访，企业确认。' })
    if (from.chance(0.7))
      tell(hour(now, 17), { bearer: id }, 'rate', {
        grade: from.weighted([
          ['5', 62],
          ['4', 22],
          ['3', 10],
          ['2', 4],
          ['1', 2],
        ] as const),
      })
  }
  return all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function workday(day: number): CivilDate {
  let next = day
  while (!isWorkday(nationalCalendar, next)) next += 1
  return civil(next)
}
