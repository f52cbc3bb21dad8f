// A synthetic year of the example city (合成数据), told as commands with the moments at which they were given.
import { addDays, type CivilDate, type Moment } from '../../kernel/clock/date.ts'
import { addWorkdays, isWorkday, nationalCalendar } from '../../kernel/clock/calendar.ts'
import { civil, dayOf } from '../../kernel/clock/date.ts'
import { accessFounding, clues } from './access.ts'
import { applied, themesFounding } from './applications.ts'
import { enterprises } from './enterprises.ts'
import { hallDays, hallFounding } from './hall.ts'
import { items } from './items.ts'
import { laddered } from './ladder.ts'
import { people, type Role } from './people.ts'
import { profiled } from './claims.ts'
import { policiesFounding } from './policies.ts'
import { random } from './random.ts'
import { rules } from './rules.ts'
import { stories, type Story } from './stories.ts'
import type { Told } from './told.ts'
import { units } from './units.ts'

export const ENTERPRISES = 2000
const APPEALS = 420
const SEED = 20260101

/** As the example's codes are made: the unit's credit code, the level, the base code (合成数据). */
const CODES = {
  codeShortest: 31,
  codeLongest: 36,
  baseShortest: 12,
  baseLongest: 12,
  source: '省级事项编码规范（示例）',
  note: '示例按 18 位统一社会信用代码、1 位层级、12 位基本编码取 31 位；施行前由本市按省级规范核定。',
}

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
  yield tell('coding', 'coding', 'lay', CODES, { person: 'items' })
  const library = items()
  for (const { by, input } of library) {
    yield tell('item', input.code, 'list', input, { person: by })
    yield tell('version', `${input.code}-V1`, 'submit', {}, { person: by })
  }
  // Those of one reviewer together: one append takes many.
  for (const reviewer of new Set(library.map(({ publisher }) => publisher)))
    for (const { publisher, input } of library)
      if (publisher === reviewer)
        yield tell('version', `${input.code}-V1`, 'publish', { from: at.slice(0, 10) }, { person: reviewer })
  yield* hallFounding(at)
  yield* themesFounding(at)
  yield* accessFounding(at)
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

/** The key enterprises: behind the first forty stand a leader and a department, behind the others nobody yet. */
const KEY = 44
const BACKED = 40

/** What happened from October 2025 to the day the example ends, oldest first. */
export function happenings(until: CivilDate): Told[] {
  const from = random(SEED + 1)
  const all: Told[] = []
  const registered = [...enterprises(ENTERPRISES, SEED)]
  const firms = registered.map((one) => one.uscc)
  const holders = (role: Role) =>
    new Map(
      people.flatMap((person) =>
        person.posts
          .filter((post) => post.role === role && post.to === undefined)
          .map((post) => [post.unit, person.id] as const),
      ),
    )
  const [handlers, heads] = [holders('handler'), holders('unit-head')]
  const worked = [...handlers.keys()]
  const hour = (day: CivilDate, from_: number): Moment =>
    `${day}T${String(from_).padStart(2, '0')}:${String(from.whole(0, 59)).padStart(2, '0')}:${String(from.whole(0, 59)).padStart(2, '0')}.000+08:00`
  const first = dayOf('2025-10-13')
  const last = dayOf(until)
  const tell = (at: Moment, person: string, kind: string, id: string, name: string, input: unknown) => {
    if (at.slice(0, 10) <= until) all.push({ at, by: { person }, kind, id, name, input })
  }

  for (let place = 0; place < KEY; place++)
    tell(hour('2025-10-09', 10), 'supervisor', 'enterprise', firms[place]!, 'designate', {
      key: true,
      reason: '列入本年度重点民营企业名单（合成数据）',
    })
  for (let place = 0; place < BACKED; place++) {
    const enterprise = firms[place]!
    const leader = place % 2 === 0 ? 'mayor' : 'mayor2'
    const id = `assignment-${place + 1}`
    const unit = worked[place % worked.length]!
    tell(hour('2025-10-10', 9), 'supervisor', 'assignment', id, 'assign', {
      enterprise,
      leader,
      unit,
      from: '2025-10-10',
      // Every tenth was for half a year, and has ended by itself.
      ...(place % 10 === 9 && { to: '2026-03-31' }),
    })
    for (let visit = 0; visit < from.whole(0, 5); visit++) {
      const day = workday(first + from.whole(0, last - first))
      const visitId = `visit-${place + 1}-${visit + 1}`
      const told = from.chance(0.6) ? stories[from.whole(0, stories.length - 1)] : undefined
      const raised = told?.matter === 'arrears' ? undefined : told
      tell(hour(day, 9), leader, 'visit', visitId, 'record', {
        enterprise,
        on: day,
        summary: '实地察看生产车间，了解订单、用工和资金情况，听取企业意见。（合成数据）',
        problems: raised ? [{ title: raised.title, body: raised.body, matter: raised.matter, line: raised.line }] : [],
      })
      if (raised) course(`visit/${visitId}#0`, day, raised, 1)
      if (place % 10 !== 2 || visit !== 0) continue
      // Recorded a second time by mistake, and withdrawn.
      const twice = `${visitId}-2`
      const again = { enterprise, on: day, summary: '实地察看生产车间。（合成数据）', problems: [] }
      tell(`${day}T17:40:00.000+08:00`, leader, 'visit', twice, 'record', again)
      tell(`${day}T17:45:00.000+08:00`, leader, 'visit', twice, 'void', { reason: '重复登记。（合成数据）' })
    }
  }

  for (let number = 0; number < APPEALS; number++) {
    const story = stories[(number * 7 + from.whole(0, 6)) % stories.length]!
    // Every fifth falls into the last month, so that desks have work on them in every state.
    const day = workday(number % 5 === 0 ? last - from.whole(0, 30) : first + from.whole(0, last - first))
    const id = `SQ${day.slice(2).replaceAll('-', '')}-${String(number + 1).padStart(7, '0')}`
    const enterprise = number < 40 ? firms[number % 4]! : from.pick(firms)
    const channel = from.weighted([
      ['web', 40],
      ['phone', 25],
      ['counter', 20],
      ['letter', 5],
      ['transfer', 10],
    ] as const)
    const { title, body, matter, line } = story
    const debtor = matter === 'arrears' ? from.pick(['事业单位', '建设集团', '镇政府', '采购中心']) : ''
    tell(hour(day, 9), 'clerk', 'appeal', id, 'raise', {
      title,
      body,
      matter,
      line,
      channel,
      enterprise,
      contact: '企业经办人',
      phone: '199-0000-0000',
      ...(channel === 'transfer' && { reference: `示例转办〔${day.slice(0, 4)}〕${number + 1}号` }),
      ...(matter === 'arrears' && {
        debtor: `示例${debtor}（合成数据）`,
        debtorKind: debtor === '建设集团' ? ('large' as const) : ('public' as const),
        owed: from.whole(20_000, 900_000) * 100,
        owedSince: addDays(day, -from.whole(60, 700)),
      }),
    })
    course(id, day, story, number)
    if (number % 35 === 7 && day >= addDays(until, -60)) twin(id, day, story)
  }
  // What is applied for is nothing for a stall.
  const companies = registered.filter(({ uscc }) => uscc.startsWith('91'))
  all.push(
    ...hallDays(until),
    ...applied(until, companies),
    ...clues(until, firms[0]!),
    ...policiesFounding().filter(({ at }) => at.slice(0, 10) <= until),
    ...profiled(until, companies),
    ...laddered(
      until,
      companies,
      registered.filter(({ uscc }) => uscc.startsWith('92')),
    ),
  )
  return all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))

  /** Another enterprise says the same on the same day; it is laid beside the first and merged into it. */
  function twin(id: string, day: CivilDate, { title, body, matter, line }: Story) {
    if (matter === 'arrears') return
    const other = `${id.slice(0, -1)}T`
    const raised = {
      title: `同样的问题：${title}`.slice(0, 80),
      body,
      matter,
      line,
      channel: 'phone',
      enterprise: from.pick(firms),
    }
    tell(hour(day, 10), 'hotline', 'appeal', other, 'raise', raised)
    tell(hour(day, 12), 'dispatcher', 'appeal', other, 'merge', { into: id, reason: '与该件反映同一问题。' })
  }

  /** What comes of an appeal that was raised on a day. */
  function course(id: string, day: CivilDate, { unit: wanted, line, matter, progress, answer }: Story, number: number) {
    const give = (at: Moment, person: string, name: string, input: unknown) =>
      tell(at, person, 'appeal', id, name, input)
    const unit = handlers.has(wanted) ? wanted : from.pick(worked)
    const handler = handlers.get(unit)!
    const head = heads.get(unit)
    // The newest wait for the dispatcher.
    if (day >= addDays(until, number % 3 === 0 ? -3 : 0)) return
    const sent = from.chance(0.85) ? day : workday(dayOf(day) + 1)
    // Every sixth needs what other units know.
    const others = worked.filter((one) => one !== unit)
    const assisting = [6, 18].flatMap((each) => (number % each === 0 ? [others[(number + each) % others.length]!] : []))
    const dispatch = {
      unit,
      line,
      matter,
      level: unit.startsWith('city') ? 'city' : 'county',
      ...(assisting.length > 0 && { assisting: [...new Set(assisting)] }),
    }
    give(hour(sent, 11), 'dispatcher', 'dispatch', dispatch)
    if (from.chance(0.04) && sent >= addDays(until, -20)) return
    if (from.chance(0.04)) {
      // Sent to the wrong unit, sent back, and sent on again to the right one.
      give(hour(sent, 12), handler, 'return', { reason: '不属于本单位职责，建议改派。（合成数据）' })
      give(hour(sent, 13), 'dispatcher2', 'dispatch', { ...dispatch, note: '经核实，仍由原单位主办，请尽快签收。' })
    }
    const signed = workday(dayOf(sent) + (from.chance(0.9) ? 0 : 2))
    give(hour(signed, 14), handler, 'sign', {})
    for (const [place, one] of [...new Set(assisting)].entries())
      if ((number + place) % 4 !== 0)
        give(hour(signed, 15), handlers.get(one)!, 'contribute', {
          text: '涉及本单位职责的情况已经核实，有关材料随附说明。（合成数据）',
        })
    let now = signed
    if (from.chance(0.5)) give(hour((now = workday(dayOf(now) + 1)), 10), handler, 'note', { text: progress })
    if (from.chance(0.12)) {
      give(hour(now, 15), handler, 'ask', { question: '请补充合同、票据等能够说明情况的材料。' })
      now = workday(dayOf(now) + from.whole(1, 6))
      give(hour(now, 9), 'clerk', 'supply', { text: '材料已补充。' })
    }
    if (matter === 'difficulty' && now >= addDays(until, -80) && from.chance(0.08)) {
      // Cannot be settled this year: listed as long-term, taken up again on the day of review.
      give(hour(now, 17), head ?? 'supervisor', 'shelve', {
        reason: '涉及规划调整，本年度内不具备条件。（合成数据）',
        review: addDays(now, 90),
      })
      return
    }
    if (from.chance(0.06)) give(hour(now, 15), 'supervisor', 'urge', { reason: '企业反映急迫，请优先办理。' })
    if (from.chance(0.03))
      give(hour(now, 15), 'supervisor', 'supervise', {
        demand: '请主办单位负责人牵头研究，按期书面报告办理情况。',
        until: workday(dayOf(now) + 5),
      })
    const limit = matter === 'consultation' ? 1 : matter === 'complaint' ? 7 : matter === 'arrears' ? 20 : 12
    if (head !== undefined && limit > 1 && from.chance(0.08))
      give(hour(now, 15), head, 'extend', { days: 5, reason: '涉及多个单位，需要会商。（合成数据）' })
    const recent = day >= addDays(until, -30)
    const inTime = from.chance(recent ? 0.75 : 0.93)
    const takes = inTime ? from.whole(0, Math.max(0, limit - 2)) : limit + from.whole(1, recent ? 14 : 6)
    now = civil(addWorkdays(nationalCalendar, dayOf(now), takes))
    const outcome =
      matter === 'consultation'
        ? 'explained'
        : from.weighted([
            ['solved', 80],
            ['explained', 15],
            ['impossible', 5],
          ] as const)
    const evidence = (words: string) => (outcome === 'solved' ? [`${words} ${number + 1} 号（合成数据）`] : [])
    give(hour(now, 16), handler, 'answer', { outcome, text: answer, evidence: evidence('办理凭证') })
    now = workday(dayOf(now) + from.whole(1, 3))
    if (from.chance(0.07)) {
      give(hour(now, 11), 'caller', 'attempt', { note: '两次拨打无人接听。' })
      now = workday(dayOf(now) + 1)
    }
    if (from.chance(0.05)) {
      give(hour(now, 10), 'caller', 'callBack', { accepted: false, note: '企业反映尚未解决。' })
      now = workday(dayOf(now) + from.whole(2, 5))
      give(hour(now, 16), handler, 'answer', {
        outcome,
        text: `经再次核实：${answer}`,
        evidence: evidence('补充办理凭证'),
      })
      now = workday(dayOf(now) + 1)
    }
    give(hour(now, 10), 'caller', 'callBack', { accepted: true, note: '电话回访，企业确认。' })
    // Only the appellant rates, with the code of the appeal; of what a leader took down, nobody has come back with it yet.
    if (!id.includes('#') && from.chance(0.7) && now <= until)
      all.push({
        at: hour(now, 17),
        by: { bearer: id },
        kind: 'appeal',
        id,
        name: 'rate',
        input: {
          grade: from.weighted([
            ['5', 62],
            ['4', 22],
            ['3', 10],
            ['2', 4],
            ['1', 2],
          ] as const),
        },
      })
  }
}

function workday(day: number): CivilDate {
  let next = day
  while (!isWorkday(nationalCalendar, next)) next += 1
  return civil(next)
}
