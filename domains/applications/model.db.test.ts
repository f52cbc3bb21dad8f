// Everybody does everything to applications, in any order, while time passes: the program must agree with a small model of the law.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nobody, type Actor } from '../../kernel/access.ts'
import { deadlinesOf } from '../../kernel/door.ts'
import { wake } from '../../server/replay.ts'
import { compareFigures } from '../../store/compare.ts'
import { findRecord, historyOf } from '../../store/read.ts'
import { compareRecords } from '../../store/rebuild.ts'
import * as law from '../../tests/application-model.ts'
import { town, type Town } from '../../tests/world.ts'
import { application } from './application.ts'
import type { Case } from './case.ts'

let t: Town
const people = new Map<string, Actor>()
beforeAll(async () => {
  t = await town()
  t.set(morning(BEGIN))
  await publish()
  for (const who of ['gui', 'hao', 'tou', 'hui', 'du', 'qi', 'bie']) people.set(who, await t.as(who))
}, 120_000)
afterAll(() => t.close())

/** Two weeks before the Spring Festival, so that make-up days and holidays lie on the way. */
const BEGIN = '2026-02-03'
const morning = (day: string) => `${day}T10:00:00.000+08:00`
const night = (day: string) => `${day}T23:59:59.999+08:00`

const plain = {
  type: 'licence',
  basis: '测试法第一条',
  level: 'city',
  audience: ['enterprise', 'natural-person'],
  statutory: 20,
  statutoryUnit: 'working-day',
  promisedUnit: 'working-day',
  conditions: '有固定场所。',
  steps: [{ step: '受理' }],
  situations: [],
  fields: [
    { field: 'F-1', fieldName: '经营场所' },
    { field: 'F-2', fieldName: '面积', form: 'number', spare: true },
  ],
  results: [{ result: 'R-1', resultName: '许可证' }],
  visits: 1,
  channels: ['at-window', 'on-computer'],
  window: 'undifferentiated',
  hallDue: true,
  nearby: false,
  fee: false,
  remedies: '可以申请行政复议。',
  enquiries: '0435-0000000',
  specials: [
    {
      special: 'T-1',
      specialName: '专家评审',
      specialLimit: law.SPECIAL,
      specialUnit: 'working-day',
      specialBasis: '许可法第四十五条',
    },
  ],
  commitment: true,
}
const within = {
  papers: { 'M-1': 'shared', 'M-2': 'tolerable', 'M-3': 'strict' },
  statutory: 20,
  atOnce: false,
} as const
const items: readonly law.Item[] = [
  { ...within, promised: 5, commitment: true, onReceipt: false },
  { ...within, promised: 12, commitment: true, onReceipt: true },
  { ...within, promised: 0, commitment: true, onReceipt: false, atOnce: true },
  { ...within, promised: 10, commitment: false, onReceipt: false },
]
const codeOf = (place: number) => `11220500MOD0000${place}`

async function publish(): Promise<void> {
  const [hao, xiang] = [await t.as('hao'), await t.as('xiang')]
  for (const [place, { papers, promised, commitment, onReceipt, atOnce }] of items.entries()) {
    const code = codeOf(place)
    const materials = Object.entries(papers).map(([material, sort]) => ({
      material,
      materialName: `材料${material}`,
      issuer: '测试',
      originals: 1,
      copies: 0,
      shared: sort === 'shared',
      tolerable: sort === 'tolerable',
      promisable: sort !== 'shared',
    }))
    const checks = [{ field: 'F-2', test: 'at-most', bound: '100', ground: '面积不超过一百平方米' }]
    const content = {
      ...plain,
      name: `测试${place}`,
      promised,
      materials,
      commitment,
      handling: atOnce ? 'at-once' : 'within-time',
      ...(onReceipt && { receiptAccepts: true }),
      ...(atOnce && { checks }),
    }
    await t.done(hao, 'item', 'list', { ...content, code, unit: 'tax' })
    await t.done(hao, 'version', 'submit', {}, `${code}-V1`)
    await t.done(xiang, 'version', 'publish', { from: BEGIN }, `${code}-V1`)
  }
}

/** What the model knows: the one application in hand, and whether its applicant has broken a commitment. */
type Model = { one?: law.Case; today: string; excluded: boolean }
/** What is there: the record, its code, and the files that were handed in. */
type Real = { id: string; token: string; files: Set<string>; count: number }
type Who = 'gui' | 'hao' | 'tou' | 'hui' | 'du' | 'qi' | 'bie' | 'bearer'

const WINDOW = ['gui']
const UNIT = ['hao', 'tou']
const ANY = ['gui', 'hao', 'tou']
const APPLICANT = ['qi', 'bearer']

type Move = {
  readonly name: string
  readonly who: Who
  readonly by: readonly string[]
  readonly input: (one: law.Case | undefined) => object
  /** What the law says: what it makes of the case, or undefined where it must be refused; and in which words, where that is plain. */
  readonly does: (one: law.Case, model: Model) => (() => void) | undefined
  readonly refused?: string
}

const actorOf = (who: Who, real: Real): Actor =>
  who === 'bearer' ? { ...nobody, token: t.world.around.hash(real.token) } : people.get(who)!

/** A command of fast-check: it is tried where it fits, and now and then where it does not. */
function tried(move: Move, stubborn: boolean): fc.AsyncCommand<Model, Real> {
  return {
    check: ({ one, ...rest }) =>
      one !== undefined &&
      (stubborn || (move.by.includes(move.who) && move.does(structuredClone(one), { one, ...rest }) !== undefined)),
    async run(model, real) {
      const one = model.one!
      const effect = move.by.includes(move.who) ? move.does(one, model) : undefined
      const input = move.input(one)
      const answer = await t.give(actorOf(move.who, real), 'application', move.name, input, real.id)
      const said = 'refused' in answer ? answer.refused : 'done'
      if (effect) {
        expect(said, `${move.who}.${move.name}`).toBe('done')
        effect()
      } else if (!move.by.includes(move.who))
        expect(['not-permitted', 'not-found', 'not-in-this-phase']).toContain(said)
      else if (move.refused !== undefined) expect(['not-in-this-phase', move.refused]).toContain(said)
      else expect(said).not.toBe('done')
      if (effect) for (const file of (input as { files?: string[] }).files ?? []) real.files.add(file)
      await agree(model, real)
    },
    toString: () => `${move.who}.${move.name}(${JSON.stringify(move.input(undefined))})`,
  }
}

type Submitting = {
  readonly who: 'gui' | 'qi' | 'bie'
  readonly item: number
  readonly two: law.Way | 'unsaid'
  readonly three: law.Way | 'unsaid'
  readonly odd: boolean
  readonly signed: boolean
  readonly area?: string | undefined
  readonly channel: 'window' | 'post'
  readonly delivery: 'collect' | 'online'
}

function submitted(said: Submitting): fc.AsyncCommand<Model, Real> {
  const { who, two, three, odd, signed, area, delivery } = said
  const item = items[said.item]!
  const channel = who === 'gui' ? said.channel : 'web'
  const ways = Object.entries({ 'M-2': two, 'M-3': three }).filter(([, way]) => way !== 'unsaid')
  return {
    check: ({ one }) =>
      one === undefined || ['closed', 'declined', 'withdrawn', 'terminated', 'revoked'].includes(one.phase),
    async run(model, real) {
      await reachable(real)
      real.count += 1
      const files = ways
        .filter(([, way]) => way === 'given' && channel === 'web')
        .map(([code]) => `f${real.count}-${code}`)
      const answers = [
        { field: 'F-1', value: '测试路一号' },
        ...(area === undefined ? [] : [{ field: 'F-2', value: area }]),
      ]
      const input = {
        item: codeOf(said.item),
        version: `${codeOf(said.item)}-V1`,
        enterprise: 'e1',
        channel,
        situations: [],
        answers,
        papers: [
          ...ways.map(([material, way]) => ({
            material,
            way,
            ...(channel === 'web' && way === 'given' && { pages: [`f${real.count}-${material}`] }),
          })),
          ...(odd ? [{ material: 'M-9', way: 'given' }] : []),
        ],
        ...(files.length > 0 && { files }),
        signed,
        delivery,
      }
      const committed = ways.some(([, way]) => way === 'later' || way === 'promised')
      const wrong =
        who === 'bie' ||
        odd ||
        ways.some(([, way]) => way === 'shared') ||
        three === 'later' ||
        (!item.commitment && ways.some(([, way]) => way === 'promised')) ||
        (committed && (model.excluded || !signed))
      const answer = await t.give(people.get(who)!, 'application', 'submit', input)
      if ('refused' in answer) return expect(wrong, `submit was refused: ${answer.refused}`).toBe(true)
      expect(wrong, 'submit should have been refused').toBe(false)
      const way = (given: law.Way | 'unsaid') => (given === 'unsaid' ? 'missing' : given)
      model.one = law.receive(
        item,
        {
          papers: { 'M-1': 'shared', 'M-2': way(two), 'M-3': way(three) },
          answered: answers.map(({ field }) => field),
          delivery,
          came: channel === 'window' ? 1 : 0,
          ...(channel !== 'web' && { at: 'window' as const }),
        },
        area !== undefined && Number(area) <= 100,
        model.today,
      )
      Object.assign(real, { id: answer.done.id, token: answer.reveal ?? '', files: new Set(files) })
      await agree(model, real)
    },
    toString: () => `submit(${JSON.stringify(said)})`,
  }
}

/** Days pass, each to its end. */
function waited(days: number): fc.AsyncCommand<Model, Real> {
  return {
    check: () => true,
    async run(model, real) {
      const at = async (moment: string, whole: boolean) => {
        t.set(moment)
        await wake(t.world, t.world.around, moment)
        if (model.one && law.pass(model.one, model.today, whole)) model.excluded = true
      }
      for (let day = 0; day < days; day++) {
        await at(night(model.today), true)
        model.today = law.nextDay(model.today)
      }
      await at(morning(model.today), false)
      if (model.one) await agree(model, real)
    },
    toString: () => `wait(${days})`,
  }
}

/** The unit lets him commit himself again. */
const repaired: fc.AsyncCommand<Model, Real> = {
  check: ({ excluded }) => excluded,
  async run(model) {
    await t.done(people.get('tou')!, 'exclusion', 'repair', { reason: '测试' }, 'enterprise:e1')
    model.excluded = false
  },
  toString: () => 'repair()',
}

/** The record, held against the model. */
async function agree({ one, today }: Model, { id }: Real): Promise<void> {
  const is = (await findRecord(t.world.database, 'town', 'application', id))!.state as unknown as Case
  const owed = (is.owed ?? []).map(({ code }) => code).toSorted()
  const { calendar } = await t.world.cache.law(0)
  const deadlines = deadlinesOf(application, is, calendar, morning(today))
  const due = Object.fromEntries(
    Object.entries(deadlines).map(([name, { due: day, state }]) => [name, `${day}${state === 'ended' ? ' over' : ''}`]),
  )
  const wanted = Object.keys(one!.runs).map((name) => {
    const { over } = one!.runs[name]!
    return [name, `${law.dueOf(one!, name, today)}${over ? ' over' : ''}`]
  })
  expect({
    phase: is.phase,
    received: is.receivedOn,
    how: is.accepted,
    acceptedOn: is.acceptedOn,
    owed,
    came: is.came,
    handler: is.handler,
    grade: is.grade,
    finding: is.finding,
    reminded: is.reminded ?? false,
    at: is.papersAt,
    due,
  }).toEqual({
    phase: one!.phase,
    received: one!.received,
    how: one!.accepted?.how,
    acceptedOn: one!.accepted?.on,
    owed: [...one!.owed].toSorted(),
    came: one!.came,
    handler: one!.handler,
    grade: one!.grade,
    finding: one!.finding,
    reminded: one!.reminded,
    at: one!.at,
    due: Object.fromEntries(wanted) as Record<string, string>,
  })
  // Every paper that was asked for, once, and as it stands; nothing else.
  expect(is.papers).toHaveLength(Object.keys(one!.papers).length)
  expect(Object.fromEntries(is.papers.map(({ material, way }) => [material, way]))).toEqual(one!.papers)
  reached.add(is.phase)
}

const PHASES = [
  'closed',
  'correcting',
  'decided',
  'declined',
  'examining',
  'received',
  'special',
  'terminated',
  'verifying',
  'withdrawn',
]
const reached = new Set<string>()

/** Whatever was handed in is there, and what the papers show is among it. */
async function reachable({ id, files }: Real): Promise<void> {
  if (id === '') return
  const is = (await findRecord(t.world.database, 'town', 'application', id))!.state as unknown as Case
  const history = await historyOf(t.world.database, 'town', 'application', id)
  const kept = history.flatMap(({ data }) => (data['files'] as string[] | undefined) ?? [])
  for (const file of files) expect(kept).toContain(file)
  for (const page of is.papers.flatMap(({ pages }) => pages ?? [])) expect(kept).toContain(page)
}

const anybody = fc.constantFrom<Who>('gui', 'hao', 'tou', 'hui', 'du', 'qi', 'bie', 'bearer')
const among = (by: readonly string[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...(by as readonly Who[])) }, { weight: 1, arbitrary: anybody })
/** Now and then a step is tried where the law has no place for it. */
const stubborn = fc.integer({ min: 0, max: 3 }).map((one) => one === 0)

const rarely = fc.integer({ min: 0, max: 9 }).map((one) => one === 0)

type Step = Omit<Move, 'who' | 'by'>
function steps(by: readonly string[], step: fc.Arbitrary<Step>): fc.Arbitrary<fc.AsyncCommand<Model, Real>> {
  return fc.tuple(among(by), step, stubborn).map(([who, one, anyway]) => tried({ ...one, who, by }, anyway))
}
const when = (holds: boolean, effect: () => void) => (holds ? effect : undefined)
const within_ =
  (...phases: law.Phase[]) =>
  (one: law.Case) =>
    phases.includes(one.phase)
const OPEN = within_('received', 'correcting', 'examining', 'special', 'decided', 'verifying')

const codes = fc.uniqueArray(fc.constantFrom('M-1', 'M-2', 'M-3', 'F-1', 'F-2', 'M-9', 'F-9'), {
  minLength: 1,
  maxLength: 3,
})
const isPaper = (code: string) => code.startsWith('M')

const accepts = fc.constantFrom<'gui' | 'hao' | 'tou'>('gui', 'hao', 'tou').chain((who) =>
  stubborn.map((anyway) =>
    tried(
      {
        name: 'accept',
        who,
        by: ANY,
        input: () => ({}),
        does: (one, { today }) =>
          when(law.acceptable(one), () => {
            law.accept(one, 'person', today, today)
            if (who !== 'gui') one.handler = who
          }),
      },
      anyway,
    ),
  ),
)
const tells = steps(
  ANY,
  fc.oneof(fc.subarray(['M-2', 'M-3', 'F-1'], { minLength: 1 }), codes).map((what) => ({
    name: 'correct',
    input: () => ({
      demands: what.map((code) => ({
        sort: isPaper(code) ? 'paper' : 'field',
        code,
        fault: 'incomplete',
        note: '测试',
      })),
    }),
    does: (one, { today }) =>
      when(law.tellable(one, today) && what.every((code) => law.demandable(one, code)), () =>
        law.tell(one, what, today),
      ),
  })),
)
/** What he brings: all that he owes, some of it, or whatever comes to hand. */
const bringing = fc.oneof(fc.constant('all' as const), fc.constant('one' as const), codes)
const supplies = fc.tuple(among(['gui', 'qi', 'bearer']), bringing, stubborn).map(([who, bring, anyway]) => {
  const whatOf = (one: law.Case | undefined): readonly string[] => {
    if (typeof bring === 'object') return bring
    const owed = Object.keys({ ...one?.papers, 'F-1': '', 'F-2': '' }).filter((code) => one && law.takes(one, code))
    return owed.slice(0, bring === 'all' ? 3 : 1)
  }
  return tried(
    {
      name: 'supply',
      who,
      by: ['gui', ...APPLICANT],
      input: (one) => {
        const what = whatOf(one)
        const pages = (code: string) => (who === 'gui' ? {} : { pages: [`${code}-${one?.came}-${what.length}`] })
        const papers = what.filter(isPaper).map((material) => ({ material, ...pages(material) }))
        const files = papers.flatMap((paper) => ('pages' in paper ? paper.pages : []))
        return {
          answers: what.filter((code) => !isPaper(code)).map((field) => ({ field, value: '7' })),
          papers,
          ...(files.length > 0 && { files }),
        }
      },
      does: (one, { today }) => {
        const what = whatOf(one)
        const fits = what.length > 0 && what.every((code) => law.takes(one, code))
        return when(within_('correcting', 'examining', 'special')(one) && fits, () =>
          law.supply(one, what, who === 'gui', today),
        )
      },
      refused: 'not-demanded',
    },
    anyway,
  )
})
const takes = fc.tuple(among(UNIT), stubborn).map(([who, anyway]) =>
  tried(
    {
      name: 'take',
      who,
      by: UNIT,
      input: () => ({}),
      does: (one) =>
        when(within_('received', 'examining', 'special')(one) && one.handler !== who, () => (one.handler = who)),
      refused: 'taken-already',
    },
    anyway,
  ),
)
const decides = steps(
  UNIT,
  fc
    .record({ approved: fc.boolean(), reasons: fc.boolean(), result: fc.boolean() })
    .map(({ approved, reasons, result }) => ({
      name: 'decide',
      input: () => ({
        outcome: approved ? 'approved' : 'denied',
        ...(reasons && { reasons: '测试' }),
        results: result ? [{ result: 'R-1' }] : [],
      }),
      does: (one, { today }) =>
        when(one.phase === 'examining' && (approved ? result && law.approvable(one) : reasons && !result), () =>
          law.decide(one, approved, today),
        ),
    })),
)
const specials = steps(
  UNIT,
  fc.constantFrom('T-1', 'T-1', 'T-9').map((special) => ({
    name: 'startSpecial',
    input: () => ({ special, reason: '测试' }),
    does: (one, { today }) => when(one.phase === 'examining' && special === 'T-1', () => law.startSpecial(one, today)),
    refused: 'special-unknown',
  })),
)
const extends_ = steps(
  ['tou'],
  fc.integer({ min: 1, max: 12 }).map((days) => ({
    name: 'extend',
    input: () => ({ days, reason: '测试' }),
    does: (one, { today }) =>
      when(law.extendable(one, days, today), () => Object.assign(one, { extended: true, extra: days })),
  })),
)
const delivers = steps(
  ANY,
  fc.constantFrom('collect', 'courier', 'online').map((way) => ({
    name: 'deliver',
    input: () => ({ way }),
    does: (one, { today }) => when(one.phase === 'decided', () => law.deliver(one, way, today)),
    refused: 'not-in-this-phase',
  })),
)
const verifies = steps(
  UNIT,
  fc.constantFrom('holds', 'rectify', 'false').map((finding) => ({
    name: 'verify',
    input: () => ({ finding, verified: '测试' }),
    does: (one, model) =>
      when(one.phase === 'verifying', () => {
        law.verify(one, finding, model.today)
        if (finding === 'false') model.excluded = true
      }),
    refused: 'not-in-this-phase',
  })),
)
const declines = steps(
  UNIT,
  fc.constantFrom('no-licence-needed', 'not-competent', 'not-corrected').map((ground) => ({
    name: 'decline',
    input: () => ({ ground, reasons: '测试' }),
    does: (one, { today }) =>
      when(within_('received', 'correcting')(one) && (ground !== 'not-corrected' || law.uncorrected(one, today)), () =>
        law.end(one, 'declined', today),
      ),
    refused: 'never-told',
  })),
)
const terminates = steps(
  UNIT,
  fc.constantFrom('applicant-ceased', 'impossible', 'never-corrected').map((ending) => ({
    name: 'terminate',
    input: () => ({ ending, reasons: '测试' }),
    does: (one, { today }) =>
      when(
        within_('correcting', 'examining', 'special')(one) &&
          (ending !== 'never-corrected' || law.uncorrected(one, today)),
        () => law.end(one, 'terminated', today),
      ),
    refused: 'never-told',
  })),
)
const nothing = (name: string, by: readonly string[], does: Move['does'], input: object = {}) =>
  steps(by, fc.constant({ name, input: () => input, does }))
const others = [
  nothing('endSpecial', UNIT, (one, { today }) => when(one.phase === 'special', () => law.endSpecial(one, today)), {
    opinion: '测试',
  }),
  nothing('note', ANY, (one) => when(OPEN(one), () => undefined), { text: '测试' }),
  nothing('sendPapers', WINDOW, (one) => when(OPEN(one) && one.at === 'window', () => (one.at = 'underway'))),
  nothing('takePapers', UNIT, (one) => when(one.at === 'underway', () => (one.at = 'unit'))),
  nothing(
    'rate',
    APPLICANT,
    (one) =>
      when(
        within_('decided', 'verifying', 'closed', 'declined', 'terminated', 'revoked')(one) && one.grade === undefined,
        () => (one.grade = '4'),
      ),
    { grade: '4' },
  ),
]
const withdraws = nothing('withdraw', APPLICANT, (one, { today }) =>
  when(within_('received', 'correcting', 'examining', 'special')(one), () => law.end(one, 'withdrawn', today)),
)

const submits = fc
  .record({
    who: fc.constantFrom<'gui' | 'qi' | 'bie'>('gui', 'gui', 'qi', 'qi', 'bie'),
    item: fc.nat({ max: items.length - 1 }),
    two: fc.constantFrom<law.Way | 'unsaid'>('given', 'later', 'later', 'promised', 'missing', 'unsaid', 'shared'),
    three: fc.constantFrom<law.Way | 'unsaid'>('given', 'given', 'given', 'promised', 'missing', 'later'),
    odd: rarely,
    signed: rarely.map((one) => !one),
    area: fc.constantFrom(undefined, '80', '120'),
    channel: fc.constantFrom<'window' | 'post'>('window', 'post'),
    delivery: fc.constantFrom<'collect' | 'online'>('collect', 'online'),
  })
  .map(submitted)
const waits = fc.constantFrom(1, 1, 2, 3, 5, 8, 20).map(waited)

/** What goes on, and what ends it: that comes more rarely, or nothing would go far. */
const usual = [
  [submits, waits, waits, accepts, accepts, tells, tells, supplies, supplies, supplies],
  [takes, decides, decides, specials, extends_, delivers, delivers, verifies, ...others],
].flat()
const ends = [declines, terminates, withdraws]

test('whatever anybody does, an application stands as the law says', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      submits,
      fc.noBias(
        fc.commands([...usual, ...usual, ...usual, ...ends, fc.constant(repaired)], { maxCommands: 250, size: 'max' }),
      ),
      async (first, commands) => {
        t.set(morning(BEGIN))
        const model: Model = { today: BEGIN, excluded: false }
        const real: Real = { id: '', token: '', files: new Set(), count: 0 }
        try {
          await fc.asyncModelRun(() => ({ model, real }), [first, ...commands])
          await reachable(real)
        } finally {
          // The next begins with nothing that time could still change.
          await t.give(people.get('qi')!, 'application', 'withdraw', {}, real.id)
          await t.give(people.get('tou')!, 'exclusion', 'repair', { reason: '测试' }, 'enterprise:e1')
        }
      },
    ),
    { numRuns: 120 },
  )
  // A false commitment is rare, and may not have come up.
  expect([...reached].filter((phase) => phase !== 'revoked').toSorted()).toEqual(PHASES)
  const { database, registry, cache } = t.world
  expect((await compareRecords(database, 'town', registry, await cache.law(0))).differences).toEqual([])
  expect(await compareFigures(database, 'town', registry.figures.values(), '2026-12-31')).toEqual([])
})
