// Applications of the example city (合成数据): the start-up theme, electricity without a visit, and a year of ordinary cases in every state.
import { addWorkdays, isWorkday, nationalCalendar } from '../../kernel/clock/calendar.ts'
import { addDays, civil, dayOf, type CivilDate, type Moment } from '../../kernel/clock/date.ts'
import { ownOf } from '../../domains/applications/index.ts'
import type { Content } from '../../domains/items/index.ts'
import { items } from './items.ts'
import { answerOf, type Applicant } from './answers.ts'
import type { ExampleEnterprise } from './enterprises.ts'
import { phoneNumber, personName, roads, tradeName } from './names.ts'
import { people } from './people.ts'
import { random, type Random } from './random.ts'
import { startUp } from './start-up.ts'
import type { Told } from './told.ts'

type Known = { readonly code: string; readonly unit: string; readonly content: Content; readonly handler: string }

const SEED = 20260103
const STARTED = 24
const ORDINARY = 96
export const THEME = 'ZT-start-up'

const FIRST = '2025-10-15'

/** Those whose units have somebody who decides. */
function known(): readonly Known[] {
  const handlers = new Map(
    people.flatMap(({ id, posts }) =>
      posts.filter(({ role, to }) => role === 'handler' && to === undefined).map(({ unit }) => [unit, id]),
    ),
  )
  return items().flatMap(({ input }) => {
    const { code, unit, ...content } = input as unknown as Content & { readonly code: string; readonly unit: string }
    const handler = handlers.get(unit)
    return handler === undefined ? [] : [{ code, unit, content, handler }]
  })
}

const about = (all: readonly Known[], topic: string) => all.filter(({ content }) => content.topics?.[0] === topic)

/** The theme of the start-up: drafted by one manager of the list, published by the other. */
export function themesFounding(at: Moment): readonly Told[] {
  // In the order in which an enterprise needs them: by that it is asked.
  const place = ({ content }: Known) => startUp.findIndex(({ name }) => name === content.name)
  const parts = about(known(), '企业开办')
    .toSorted((a, b) => place(a) - place(b))
    .map(({ code, content }) => ({ item: code, ...(content.name === '银行预约开户' && { choice: true }) }))
  const tell = (person: string, name: string, input: unknown): Told => ({
    at,
    by: { person },
    kind: 'theme',
    id: THEME,
    name,
    input,
  })
  return [
    tell('items', 'draft', {
      name: '企业开办一件事',
      lead: 'city-market',
      basis: '企业开办一件事实施方案（示例，合成数据）',
      promised: 1,
      promisedUnit: 'working-day',
      parts,
    }),
    tell('items2', 'publish', {}),
  ]
}

/** What happened until the day on which the example ends. */
export function applied(until: CivilDate, firms: readonly ExampleEnterprise[]): readonly Told[] {
  const from = random(SEED)
  const all = known()
  const steps: Told[] = []
  const tell = (
    day: CivilDate,
    hour: string,
    by: Told['by'],
    kind: string,
    id: string,
    name: string,
    input: unknown,
  ) => {
    if (day <= until) steps.push({ at: `${day}T${hour}:00.000+08:00`, by, kind, id, name, input })
  }
  startUps(all, until, from, tell)
  power(about(all, '办电'), until, firms, from, tell)
  ordinary(all, until, firms, from, tell)
  return steps
}

type Tell = (
  day: CivilDate,
  hour: string,
  by: Told['by'],
  kind: string,
  id: string,
  name: string,
  input: unknown,
) => void

const later = (day: CivilDate, days: number) => civil(addWorkdays(nationalCalendar, dayOf(day), days))
const numbered = (code: string, day: CivilDate, n: number) =>
  `${code}${day.slice(2).replaceAll('-', '')}-${String(n).padStart(7, '0')}`
const clerks = ['hall-clerk', 'hall-clerk2', 'hall-clerk3']
/** The working day on which so much of the time has passed, or the last one before it. */
function between(until: CivilDate, share: number): CivilDate {
  let day = dayOf(FIRST) + Math.floor((dayOf(until) - dayOf(FIRST)) * share)
  while (!isWorkday(nationalCalendar, day)) day -= 1
  return civil(day)
}

/** One form, six units; those of the last days are still on their way. */
function startUps(all: readonly Known[], until: CivilDate, from: Random, tell: Tell): void {
  const parts = about(all, '企业开办')
  const results = new Set(parts.flatMap(({ content }) => content.results.map(({ result }) => result)))
  for (let n = 0; n < STARTED; n++) {
    const day = between(until, n < STARTED - 3 ? n / STARTED : 1 - (STARTED - n) / 1000)
    const id = numbered('LB', day, n + 1)
    const applicant: Applicant = {
      name: `通化${tradeName(from)}有限公司（合成数据）`,
      contact: personName(from),
      phone: phoneNumber(n),
      address: `吉林省通化市东昌区${from.pick(roads)}${from.whole(1, 300)}号`,
    }
    const bank = n % 4 !== 0
    const chosen = parts.filter(({ content }) => bank || content.name !== '银行预约开户')
    const fields = new Map(chosen.flatMap(({ content }) => content.fields.map((one) => [one.field, one] as const)))
    const papers = new Set(chosen.flatMap(({ content }) => content.materials.map(({ material }) => material)))
    const clerk = { person: from.pick(clerks) }
    tell(day, '09:20', clerk, 'joint', id, 'submit', {
      theme: THEME,
      parts: chosen.map(({ code }) => ({ item: code, version: `${code}-V1`, situations: [] })),
      applicant: applicant.name,
      contact: applicant.contact,
      phone: applicant.phone,
      channel: 'window',
      answers: [...fields.values()]
        .filter((one) => one.spare !== true && ownOf(one, true) === undefined)
        .map((one) => ({ field: one.field, value: answerOf(one, { applicant, item: '企业开办', day, from }) })),
      papers: [...papers].filter((one) => !results.has(one)).map((material) => ({ material, way: 'given' })),
      delivery: 'collect',
    })
    const order = chosen.toSorted((a, b) => rank(a) - rank(b))
    // Of the last one only the first two have decided.
    const settled = n === STARTED - 1 ? order.slice(0, 2) : order
    for (const [place, { code, handler, content }] of settled.entries()) {
      const hour = `${String(10 + place).padStart(2, '0')}:05`
      const part = `joint/${id}#item=${code}`
      if (content.receiptAccepts !== true) tell(day, hour, { person: handler }, 'application', part, 'accept', {})
      tell(day, hour.replace(':05', ':35'), { person: handler }, 'application', part, 'decide', {
        outcome: 'approved',
        results: content.results.map(({ result }, at) => ({
          result,
          ...(at === 0 && { number: `示例〔${day.slice(0, 4)}〕${n + 1}号` }),
        })),
      })
    }
    if (n < STARTED - 3)
      tell(day, '16:50', clerk, 'joint', id, 'deliver', { way: 'collect', receivedBy: applicant.contact })
  }
}

/** The licence first, the seal after it, the bank last. */
const rank = ({ content: { name } }: Known) =>
  name === '企业设立登记' ? 0 : name === '公章刻制备案' ? 1 : name === '银行预约开户' ? 3 : 2
/** Every service several times, by post and on the network: nobody had to come. */
function power(
  services: readonly Known[],
  until: CivilDate,
  firms: readonly ExampleEnterprise[],
  from: Random,
  tell: Tell,
): void {
  for (const [place, { code, content, handler }] of services.entries())
    for (let n = 0; n < 3; n++) {
      const day = between(until, (place * 3 + n) / (services.length * 3 + 6))
      const id = numbered('BJ', day, 5000 + place * 3 + n)
      const enterprise = from.pick(firms)
      const by = { person: handler }
      tell(
        day,
        '09:10',
        by,
        'application',
        id,
        'submit',
        said(code, content, enterprise, day, from, { channel: 'post', delivery: 'online' }),
      )
      if (content.receiptAccepts !== true) tell(day, '10:10', by, 'application', id, 'accept', {})
      const done = later(day, Math.min(1, content.promised))
      tell(done, '15:10', by, 'application', id, 'decide', {
        outcome: 'approved',
        results: content.results.map(({ result }) => ({ result })),
      })
      tell(done, '15:20', by, 'application', id, 'deliver', { way: 'online' })
    }
}

/** In every state: corrected, in a special procedure, extended, denied, on commitment; the latest are under way. */
function ordinary(
  all: readonly Known[],
  until: CivilDate,
  firms: readonly ExampleEnterprise[],
  from: Random,
  tell: Tell,
): void {
  const open = all.filter(
    ({ content }) =>
      content.audience.includes('enterprise') &&
      content.situations.length === 0 &&
      content.handling === 'within-time' &&
      content.promised >= 4 &&
      content.level === 'city' &&
      content.hallDue,
  )
  for (let n = 0; n < ORDINARY; n++) {
    const { code, content, handler } = open[(n * 17) % open.length]!
    const latest = n % 6 === 0
    const day = latest ? later(addDays(until, -9), from.whole(0, 4)) : between(until, (n + 1) / (ORDINARY + 12))
    const id = numbered('BJ', day, n + 1)
    const clerk = { person: from.pick(clerks) }
    const examiner = { person: handler }
    const give = (on: CivilDate, hour: string, by: Told['by'], name: string, input: unknown) =>
      tell(on, hour, by, 'application', id, name, input)
    const tolerant = content.materials.find(({ tolerable }) => tolerable)
    const short =
      n % 7 === 3 && content.receiptAccepts !== true ? content.materials.find(({ shared }) => !shared) : undefined
    const later_ = short === undefined && n % 5 === 1 ? tolerant : undefined
    give(
      day,
      '09:30',
      clerk,
      'submit',
      said(code, content, n % 16 === 6 ? firms[0]! : from.pick(firms), day, from, {
        missing: short?.material,
        later: later_?.material,
      }),
    )
    if (latest && n % 12 === 0) continue
    let now = day
    if (short) {
      now = later(now, 1)
      const note = '请提交原件，并核对名称与营业执照一致。（合成数据）'
      give(now, '10:00', examiner, 'correct', {
        demands: [{ sort: 'paper', code: short.material, fault: 'absent', note }],
      })
      if (latest) continue
      now = later(now, from.whole(1, 6))
      give(now, '09:40', clerk, 'supply', { answers: [], papers: [{ material: short.material }] })
    }
    if (content.receiptAccepts !== true) give(now, '14:00', short ? examiner : clerk, 'accept', {})
    give(now, '14:10', clerk, 'sendPapers', {})
    give(now, '16:30', examiner, 'takePapers', {})
    if (short === undefined || content.receiptAccepts === true) give(now, '14:20', examiner, 'take', {})
    const special = n % 9 === 4 ? content.specials?.[0] : undefined
    if (special) {
      now = later(now, 1)
      give(now, '10:20', examiner, 'startSpecial', { special: special.special, reason: '需要专业意见。（合成数据）' })
      if (latest) continue
      now = later(now, Math.max(1, special.specialLimit - 2))
      give(now, '10:20', examiner, 'endSpecial', { opinion: '意见一致，符合条件。（合成数据）' })
    }
    if (later_) {
      now = later(now, 1)
      give(now, '09:50', clerk, 'supply', { answers: [], papers: [{ material: later_.material }] })
    }
    if (latest) continue
    now = later(now, from.whole(0, Math.max(1, content.promised - 3)))
    const denied = n % 23 === 11
    give(now, '15:30', examiner, 'decide', {
      outcome: denied ? 'denied' : 'approved',
      ...(denied && { reasons: '现场与申报的条件不符，整改后可以重新申请。（合成数据）' }),
      results: denied
        ? []
        : content.results.map(({ result }) => ({ result, number: `示例许〔${now.slice(0, 4)}〕${n + 1}号` })),
    })
    now = later(now, from.whole(0, 3))
    give(now, '17:10', clerk, 'deliver', { way: n % 3 === 0 ? 'courier' : 'collect' })
    if (n % 4 !== 0)
      give(now, '18:10', { bearer: id }, 'rate', { grade: denied ? '3' : from.pick(['5', '5', '5', '4']) })
  }
}

type More = {
  readonly channel?: string
  readonly delivery?: string
  readonly missing?: string | undefined
  readonly later?: string | undefined
}

/** What is handed in: every field, every paper but the one that is missing or follows. */
function said(
  code: string,
  { name: item, fields, materials }: Content,
  applicant: ExampleEnterprise,
  day: CivilDate,
  from: Random,
  more: More,
) {
  const way = (material: string, shared: boolean) =>
    material === more.missing ? 'missing' : material === more.later ? 'later' : shared ? 'shared' : 'given'
  return {
    item: code,
    version: `${code}-V1`,
    enterprise: applicant.uscc,
    contact: applicant.contact,
    phone: applicant.phone,
    channel: more.channel ?? 'window',
    situations: [],
    answers: fields
      .filter((one) => one.spare !== true && one.within === undefined && ownOf(one, true) === undefined)
      .map((one) => ({ field: one.field, value: answerOf(one, { applicant, item, day, from }) })),
    papers: materials
      .filter(({ within }) => within === undefined)
      .map(({ material, shared }) => ({ material, way: way(material, shared) })),
    ...(more.later !== undefined && { signed: true }),
    delivery: more.delivery ?? 'collect',
  }
}
