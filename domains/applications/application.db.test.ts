// An application comes in, is corrected once, accepted, examined, decided, delivered and rated; and what people do wrong on the way.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nobody, system, type Actor } from '../../kernel/access.ts'
import type { Done } from '../../kernel/door.ts'
import { offeredOn } from '../../server/offer.ts'
import { wake } from '../../server/replay.ts'
import { compareFigures } from '../../store/compare.ts'
import { findRecord } from '../../store/read.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { figureValue } from '../../store/tally.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'
import type { Case } from './case.ts'
import { clockOf } from './clock.ts'

let t: Town
beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())
beforeEach(() => t.set(wednesday))

const material = {
  material: 'M-1',
  materialName: '营业执照',
  issuer: '市场监管部门',
  originals: 0,
  copies: 1,
  tolerable: false,
  shared: true,
}
const content = {
  name: '测试许可',
  type: 'licence',
  basis: '测试法第一条',
  level: 'city',
  audience: ['enterprise', 'natural-person'],
  handling: 'within-time',
  statutory: 20,
  statutoryUnit: 'working-day',
  promised: 5,
  promisedUnit: 'working-day',
  conditions: '有固定场所。',
  steps: [{ step: '受理' }, { step: '决定' }],
  situations: [],
  materials: [
    material,
    { ...material, material: 'M-2', materialName: '平面图', shared: false, tolerable: true, promisable: true },
    { ...material, material: 'M-3', materialName: '管理制度', shared: false },
  ],
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
  remedies: '可以申请行政复议或者提起行政诉讼。',
  enquiries: '0435-0000000',
  specials: [
    {
      special: 'T-1',
      specialName: '专家评审',
      specialLimit: 10,
      specialUnit: 'working-day',
      specialBasis: '许可法第四十五条',
    },
  ],
}

let items = 0
/** An item in force, with its own code and this content. */
async function published(more: object = {}): Promise<{ item: string; version: string }> {
  items += 1
  const code = `11220500TAX${String(items).padStart(5, '0')}`
  const hao = await t.as('hao')
  await t.done(hao, 'item', 'list', { ...content, ...more, code, unit: 'tax' })
  const version = `${code}-V1`
  await t.done(hao, 'version', 'submit', {}, version)
  await t.done(await t.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, version)
  return { item: code, version }
}

const given = (material_: string) => ({ material: material_, way: 'given' })
const whole = {
  enterprise: 'e1',
  channel: 'window',
  situations: [],
  answers: [{ field: 'F-1', value: '测试路一号' }],
  papers: [given('M-2'), given('M-3')],
  delivery: 'collect',
}

async function received(of: { item: string; version: string }, more: object = {}, by = 'gui'): Promise<string> {
  return (await t.done(await t.as(by), 'application', 'submit', { ...whole, ...of, ...more })).done.id
}

const state = async (id: string) =>
  (await findRecord(t.world.database, 'town', 'application', id))!.state as unknown as Case
const versionOf = async (id: string) => {
  const { item, version } = await state(id)
  return { item, version }
}
/** What is offered to somebody on a case, as the door would decide. */
const offers = async (who: string, id: string) => {
  const row = (await findRecord(t.world.database, 'town', 'application', id))!
  return (await offeredOn(t.world, await t.as(who), [row]))[0]
}
const give = async (who: string | Actor, id: string, name: string, input: unknown = {}) =>
  t.give(typeof who === 'string' ? await t.as(who) : who, 'application', name, input, id)
const done = async (who: string | Actor, id: string, name: string, input: unknown = {}): Promise<Done> => {
  const answer = await give(who, id, name, input)
  if ('refused' in answer) expect.fail(`${name} was refused: ${JSON.stringify(answer)}`)
  return answer
}
const figure = async (id: string, on = '2026-12-31') =>
  (await figureValue(t.world.database, 'town', t.world.registry.figures.get(id)!, { on })).value
const approve = { outcome: 'approved', results: [{ result: 'R-1', number: '测许〔2026〕1号' }] }

describe('an application', () => {
  test('taken in at any window is accepted there, decided by the unit of the item, delivered, and rated by the applicant alone', async () => {
    const of = await published()
    const id = await received(of)
    expect(await state(id)).toMatchObject({
      phase: 'received',
      unit: 'tax',
      registrar: 'centre',
      papers: [
        { material: 'M-1', way: 'shared' },
        { material: 'M-2', way: 'given' },
        { material: 'M-3', way: 'given' },
      ],
      came: 1,
      papersAt: 'window',
    })
    await done('gui', id, 'accept')
    expect((await state(id)).handler).toBeUndefined()
    expect(await give('gui', id, 'decide', approve)).toMatchObject({ refused: 'not-permitted' })
    expect(await give('hui', id, 'decide', approve)).toMatchObject({ refused: 'not-found' })
    await done('hao', id, 'take')
    await done('gui', id, 'sendPapers')
    expect(await give('gui', id, 'sendPapers')).toMatchObject({ refused: 'handed-over-already' })
    await done('hao', id, 'takePapers')
    t.set('2026-02-13T10:00:00.000+08:00')
    await done('hao', id, 'decide', approve)
    // Two of five working days, of twenty by law.
    expect((await state(id)).decision).toMatchObject({ inTime: true, used: 2, compressed: 9000 })
    const qi = await t.as('qi')
    await done('gui', id, 'deliver', { way: 'collect', receivedBy: '钱某' })
    expect(await state(id)).toMatchObject({ phase: 'closed', came: 2 })
    expect(await give('gui', id, 'rate', { grade: '5' })).toMatchObject({ refused: 'not-permitted' })
    await done(qi, id, 'rate', { grade: '4' })
    expect(await give(qi, id, 'rate', { grade: '1' })).toMatchObject({ refused: 'already-rated' })
    expect(await give('hao', id, 'decide', approve)).toMatchObject({ refused: 'not-in-this-phase' })
  })

  test('tells how much shorter than the law allows it was, by both formulas, promised and as it was, and of its item', async () => {
    const short = await received(await published({ statutory: 10 }))
    await done('hao', short, 'accept')
    await done('hao', short, 'decide', approve)
    // Five of twenty and five of ten working days were promised; two and none were taken.
    expect(await figure('application-compression-promised')).toBeCloseTo((75 + 50) / 2)
    expect(await figure('application-compression-promised-total')).toBeCloseTo((100 * (30 - 10)) / 30)
    expect(await figure('application-compression-actual')).toBeCloseTo((90 + 100) / 2)
    expect(await figure('application-compression-actual-total')).toBeCloseTo((100 * (30 - 2)) / 30)
    // Another of the second item took one of ten: by item that is their mean.
    const other = await received(await versionOf(short))
    await done('hao', other, 'accept')
    t.set('2026-02-12T10:00:00.000+08:00')
    await done('hao', other, 'decide', approve)
    expect(await figure('application-compression-actual')).toBeCloseTo((90 + 100 + 90) / 3)
    expect(await figure('item-compression-actual')).toBeCloseTo((90 + 95) / 2)
    expect(await figure('item-compression-actual-total')).toBeCloseTo((100 * (30 - 2 - 0.5)) / 30)
  })

  test('keeps the version it began with; a new one takes its place for those who come after', async () => {
    const of = await published()
    const id = await received(of)
    const hao = await t.as('hao')
    await t.done(hao, 'item', 'revise', { ...content, promised: 1 }, of.item)
    await t.done(hao, 'version', 'submit', {}, `${of.item}-V2`)
    await t.done(await t.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${of.item}-V2`)
    await done('gui', id, 'accept')
    expect(clockOf(await state(id))['decide']!.limit.budget).toBe(5)
    expect(await t.give(await t.as('gui'), 'application', 'submit', { ...whole, ...of })).toMatchObject({
      refused: 'version-changed',
      field: 'version',
      about: { version: `${of.item}-V2` },
    })
    expect(clockOf(await state(await received({ ...of, version: `${of.item}-V2` })))).toMatchObject({})
  })

  test('of an item that is suspended, or of none, is not taken', async () => {
    const of = await published()
    await t.done(await t.as('xiang'), 'item', 'suspend', { reason: '测试' }, of.item)
    const gui = await t.as('gui')
    expect(await t.give(gui, 'application', 'submit', { ...whole, ...of })).toMatchObject({ refused: 'item-not-open' })
    expect(await t.give(gui, 'application', 'submit', { ...whole, item: 'none', version: 'none' })).toMatchObject({
      refused: 'item-unknown',
      field: 'item',
    })
  })

  test('for an enterprise needs a mandate; at the window it must have been seen', async () => {
    const of = await published()
    const online = {
      ...whole,
      ...of,
      channel: 'web',
      papers: [
        { material: 'M-2', way: 'missing' },
        { material: 'M-3', way: 'missing' },
      ],
    }
    expect(await t.give(await t.as('bie'), 'application', 'submit', online)).toMatchObject({
      refused: 'not-your-enterprise',
      field: 'enterprise',
    })
    expect(await t.give(nobody, 'application', 'submit', online)).toMatchObject({ refused: 'not-your-enterprise' })
    await t.done(await t.as('qi'), 'application', 'submit', online)
    const gui = await t.as('gui')
    const agent = { ...whole, ...of, agent: '赵某' }
    expect(await t.give(gui, 'application', 'submit', agent)).toMatchObject({
      refused: 'mandate-not-seen',
      field: 'mandate',
    })
    await t.done(gui, 'application', 'submit', { ...agent, mandate: true })
  })

  test.each([
    [{ answers: [] }, 'answer-missing', 'answers'],
    [{ answers: [{ field: 'F-9', value: '多' }] }, 'not-asked', 'answers.0.field'],
    [{ answers: [whole.answers[0], whole.answers[0]] }, 'given-twice', 'answers.1.field'],
    [{ answers: [whole.answers[0], { field: 'F-2', value: '很大' }] }, 'answer-of-another-form', 'answers.1.value'],
    [{ papers: [given('M-9')] }, 'not-asked', 'papers.0.material'],
    [{ papers: [given('M-2'), given('M-2')] }, 'given-twice', 'papers.1.material'],
    [{ papers: [{ material: 'M-3', way: 'shared' }] }, 'not-shared', 'papers.0.material'],
    [{ papers: [{ material: 'M-3', way: 'later' }], signed: true }, 'not-tolerable', 'papers.0.material'],
    [{ papers: [{ material: 'M-1', way: 'missing' }] }, 'obtained-by-sharing', 'papers.0.material'],
    [{ papers: [{ material: 'M-1', way: 'promised' }], signed: true }, 'obtained-by-sharing', 'papers.0.material'],
    [{ papers: [{ material: 'M-2', way: 'later' }] }, 'not-signed', 'signed'],
    [{ papers: [{ material: 'M-2', way: 'promised' }], signed: true }, 'not-by-commitment', 'papers.0.material'],
    [{ papers: [{ material: 'M-2', way: 'given', pages: ['f1'] }] }, 'file-unknown', 'papers.0.pages'],
    [{ situations: ['S-1'] }, 'situation-unknown', 'situations.0'],
    [{ enterprise: 'e9' }, 'enterprise-unknown', 'enterprise'],
    [{ enterprise: undefined }, 'applicant-missing', 'applicant'],
    [{ enterprise: undefined, applicant: '孙某' }, 'no-contact', 'phone'],
    [{ delivery: 'courier' }, 'address-missing', 'address'],
  ])('with %j is refused', async (more, refused, field) => {
    const of = await published()
    expect(await t.give(await t.as('gui'), 'application', 'submit', { ...whole, ...of, ...more })).toMatchObject({
      refused,
      field,
    })
  })

  test('is of whoever the item is for: a person, an enterprise of the register, or one that is being founded', async () => {
    const gui = await t.as('gui')
    const [firms, persons] = [{ audience: ['enterprise'] }, { audience: ['natural-person'] }]
    const named = { ...whole, enterprise: undefined, applicant: '孙某', phone: '13900001234' }
    const submit = (of: object, by: object) => t.give(gui, 'application', 'submit', { ...by, ...of })
    const [onlyFirms, onlyPersons] = [await published(firms), await published(persons)]
    expect(await submit(onlyFirms, named)).toMatchObject({ refused: 'only-enterprises', field: 'enterprise' })
    expect(await submit(onlyFirms, whole)).toHaveProperty('done')
    expect(await submit(onlyPersons, whole)).toMatchObject({ refused: 'not-for-enterprises', field: 'enterprise' })
    expect(await submit(onlyPersons, named)).toHaveProperty('done')
    const founded = await submit(await published({ ...firms, founding: true }), {
      ...named,
      applicant: '通化甲公司（筹）',
    })
    expect(founded).toHaveProperty('done')
    const hao = await t.as('hao')
    const wrong = { ...content, ...persons, founding: true, code: '11220500TAX99990', unit: 'tax' }
    expect(await t.give(hao, 'item', 'list', wrong)).toMatchObject({
      refused: 'founding-without-enterprises',
      field: 'founding',
    })
  })

  test('says once who applies and whom to call: the fields that ask for it are answered by that', async () => {
    const asks = (field: string, known: string, more: object = {}) => ({
      field,
      fieldName: `测试${field}`,
      known,
      ...more,
    })
    const fields = [
      asks('F-1', 'enterprise.name'),
      asks('F-2', 'applicant.name'),
      asks('F-3', 'enterprise.contact'),
      asks('F-4', 'enterprise.phone'),
      asks('F-5', 'person.phone'),
    ]
    const [open, founding] = [{ fields }, { fields, audience: ['enterprise'], founding: true }]
    const bare = { ...whole, answers: [], enterprise: undefined, applicant: '孙某', phone: '13900001234' }
    const gui = await t.as('gui')
    const answersOf = async (id: string) => (await state(id)).answers.map(({ field, value }) => `${field} ${value}`)
    const person = await published(open)
    // A person may speak of an enterprise: its name is asked; and who is to be turned to is missing.
    expect(await t.give(gui, 'application', 'submit', { ...bare, ...person })).toMatchObject({
      refused: 'answer-missing',
      field: 'answers',
      about: { name: '测试F-1' },
    })
    const spoken = { ...bare, ...person, answers: [{ field: 'F-1', value: '测试商行' }] }
    expect(await t.give(gui, 'application', 'submit', spoken)).toMatchObject({
      refused: 'answer-missing',
      field: 'contact',
    })
    const full = await received(person, { ...spoken, contact: '李某' })
    expect(await answersOf(full)).toEqual([
      'F-1 测试商行',
      'F-2 孙某',
      'F-3 李某',
      'F-4 13900001234',
      'F-5 13900001234',
    ])
    const firm = await received(await published(founding), { ...bare, applicant: '通化甲公司（筹）', contact: '李某' })
    expect((await answersOf(firm)).slice(0, 2)).toEqual(['F-1 通化甲公司（筹）', 'F-2 通化甲公司（筹）'])
    // What is said otherwise counts.
    const other = { ...whole, contact: '李某', answers: [{ field: 'F-4', value: '13900009999' }] }
    const known = await received(await published(open), other)
    expect((await answersOf(known)).slice(0, 4)).toEqual([
      'F-1 通化e1公司',
      'F-2 通化e1公司',
      'F-3 李某',
      'F-4 13900009999',
    ])
  })

  test('commits nobody who is not told apart from others, and holds a broken commitment against whoever was', async () => {
    const of = await published({ commitment: true })
    const gui = await t.as('gui')
    const named = { ...whole, ...of, enterprise: undefined, applicant: '赵·某', phone: '13900001234' }
    const promise = { ...named, papers: [{ material: 'M-2', way: 'promised' }, given('M-3')], signed: true }
    expect(await t.give(gui, 'application', 'submit', promise)).toMatchObject({
      refused: 'not-identified',
      field: 'document',
    })
    const online = { ...promise, channel: 'web', papers: [promise.papers[0], { material: 'M-3', way: 'missing' }] }
    expect(await t.give(nobody, 'application', 'submit', { ...online, document: '12345x' })).toMatchObject({
      refused: 'not-identified',
      field: 'papers',
    })
    const id = await received(of, { ...promise, document: '12345x' })
    await done('gui', id, 'accept')
    await done('hao', id, 'decide', approve)
    await done('gui', id, 'deliver', { way: 'collect' })
    await done('hao', id, 'verify', { finding: 'false', verified: '测试不实' })
    const again = await t.give(gui, 'application', 'submit', { ...promise, document: '12345X' })
    expect(again).toMatchObject({ refused: 'excluded', field: 'papers' })
    // Somebody else of that name, and the same person who brings everything.
    expect(await t.give(gui, 'application', 'submit', { ...promise, document: '543210' })).toHaveProperty('done')
    expect(await t.give(gui, 'application', 'submit', { ...named, document: '12345X' })).toHaveProperty('done')
  })

  test('is asked in its situation for what that needs, and for nothing else', async () => {
    const of = await published({
      situations: [
        { situation: 'S-1', situationName: '新办' },
        { situation: 'S-2', situationName: '变更' },
      ],
      materials: [
        { ...material, within: 'S-1' },
        { ...material, material: 'M-2', materialName: '变更说明', shared: false, within: 'S-2' },
      ],
    })
    const gui = await t.as('gui')
    const bare = { ...whole, ...of, papers: [] }
    expect(await t.give(gui, 'application', 'submit', bare)).toMatchObject({ refused: 'situation-not-chosen' })
    expect(
      await t.give(gui, 'application', 'submit', { ...bare, situations: ['S-1'], papers: [given('M-2')] }),
    ).toMatchObject({
      refused: 'not-asked',
    })
    const id = await received(of, { situations: ['S-1'], papers: [] })
    expect((await state(id)).papers.map((one) => one.material)).toEqual(['M-1'])
  })
})

describe('correction', () => {
  const demand = (code: string, sort = 'paper') => ({ sort, code, fault: 'incomplete', note: '请补第二页' })

  test('is told once, of what the version asks for, and what is corrected comes in anew', async () => {
    const id = await received(await published(), { papers: [given('M-2')] })
    expect(await give('gui', id, 'accept')).toMatchObject({ refused: 'paper-missing', about: { name: '管理制度' } })
    expect(await give('hao', id, 'correct', { demands: [demand('M-9')] })).toMatchObject({
      refused: 'not-demanded',
      field: 'demands.0.code',
    })
    await done('hao', id, 'correct', { demands: [demand('M-3'), demand('F-1', 'field')] })
    expect(await state(id)).toMatchObject({ phase: 'correcting', told: [{ name: '管理制度' }, { name: '经营场所' }] })
    const qi = await t.as('qi')
    expect(await give('gui', id, 'supply', { answers: [], papers: [{ material: 'M-2' }] })).toMatchObject({
      refused: 'not-demanded',
      field: 'papers.0.material',
    })
    expect(await give(qi, id, 'supply', { answers: [], papers: [{ material: 'M-3' }] })).toMatchObject({
      refused: 'file-missing',
    })
    t.set('2026-02-12T10:00:00.000+08:00')
    await done('gui', id, 'supply', { answers: [], papers: [{ material: 'M-3' }] })
    expect((await state(id)).phase).toBe('correcting')
    await done(qi, id, 'supply', { answers: [{ field: 'F-1', value: '测试路二号' }], papers: [] })
    expect(await state(id)).toMatchObject({ phase: 'received', began: { accept: '2026-02-12' }, owed: [] })
    expect(await give('hao', id, 'correct', { demands: [demand('M-3')] })).toMatchObject({ refused: 'told-already' })
    await done('hao', id, 'accept')
    expect(await state(id)).toMatchObject({ phase: 'examining', handler: 'hao', acceptedOn: '2026-02-12' })
  })

  test('untold within five working days, it counts as accepted from receipt', async () => {
    const id = await received(await published(), { papers: [] })
    // Wednesday the 11th: Thursday, Friday, the make-up Saturday, and two days after the Spring Festival.
    const run = clockOf(await state(id))['accept']!
    expect(run).toMatchObject({ from: '2026-02-11', limit: { budget: 5 } })
    t.set('2026-02-26T00:00:01.000+08:00')
    await wake(t.world, t.world.around, '2026-02-26T00:00:01.000+08:00')
    expect(await state(id)).toMatchObject({ phase: 'examining', accepted: 'deemed', acceptedOn: '2026-02-11' })
    expect(clockOf(await state(id))['decide']).toMatchObject({ from: '2026-02-11' })
    expect(await give('hao', id, 'correct', { demands: [demand('M-3')] })).toMatchObject({
      refused: 'too-late-to-tell',
    })
  })

  test('never made, it may be declined with the remedies; told nothing, it may not', async () => {
    const id = await received(await published(), { papers: [] })
    const reason = { ground: 'not-corrected', reasons: '测试' }
    expect(await give('hao', id, 'decline', reason)).toMatchObject({ refused: 'never-told', field: 'ground' })
    await done('hao', id, 'correct', { demands: [demand('M-3')] })
    expect(await give('hao', id, 'terminate', { ending: 'never-corrected', reasons: '测试' })).toMatchObject({
      refused: 'never-told',
    })
    // Not before the time is over that he was given.
    expect(await give('hao', id, 'decline', reason)).toMatchObject({ refused: 'never-told', field: 'ground' })
    t.set('2026-03-20T10:00:00.000+08:00')
    await done('hao', id, 'decline', reason)
    expect(await state(id)).toMatchObject({ phase: 'declined' })
  })

  test('made as told, it is accepted: what nobody told of is not held against the applicant', async () => {
    const id = await received(await published(), { papers: [] })
    await done('hao', id, 'correct', { demands: [demand('M-2')] })
    await done('gui', id, 'supply', { answers: [], papers: [{ material: 'M-2' }] })
    expect(await give('hao', id, 'decline', { ground: 'not-corrected', reasons: '测试' })).toMatchObject({
      refused: 'never-told',
    })
    await done('hao', id, 'accept')
    expect(await state(id)).toMatchObject({ phase: 'examining' })
  })
})

describe('the clock', () => {
  test('stands still in a special procedure that the version lists, and goes on after it', async () => {
    const id = await received(await published())
    await done('hao', id, 'accept')
    expect(await give('hao', id, 'startSpecial', { special: 'T-9', reason: '测试' })).toMatchObject({
      refused: 'special-unknown',
      about: { known: 'T-1' },
    })
    await done('hao', id, 'startSpecial', { special: 'T-1', reason: '须请专家评审' })
    expect(await give('hao', id, 'decide', approve)).toMatchObject({ refused: 'not-in-this-phase' })
    t.set('2026-03-04T10:00:00.000+08:00')
    await done('hao', id, 'endSpecial', { opinion: '通过' })
    await done('hao', id, 'decide', approve)
    expect((await state(id)).decision).toMatchObject({ inTime: true, used: 0, compressed: 10_000 })
  })

  test('is extended once, by the head, by ten working days at most, before it is over', async () => {
    const id = await received(await published())
    await done('hao', id, 'accept')
    expect(await give('hao', id, 'extend', { days: 5, reason: '测试' })).toMatchObject({ refused: 'not-permitted' })
    expect(await give('tou', id, 'extend', { days: 11, reason: '测试' })).toMatchObject({
      refused: 'beyond-the-limit',
      field: 'days',
    })
    await done('tou', id, 'extend', { days: 10, reason: '测试' })
    expect(await give('tou', id, 'extend', { days: 1, reason: '测试' })).toMatchObject({ refused: 'extended-already' })
    const late = await received(await published())
    await done('hao', late, 'accept')
    t.set('2026-06-01T10:00:00.000+08:00')
    expect(await give('tou', late, 'extend', { days: 1, reason: '测试' })).toMatchObject({ refused: 'term-over' })
    await done('hao', late, 'decide', approve)
    expect((await state(late)).decision).toMatchObject({ inTime: false })
  })
})

describe('a decision', () => {
  test('against the applicant gives its reasons and the remedies of the version', async () => {
    const id = await received(await published())
    await done('hao', id, 'accept')
    expect(await give('hao', id, 'decide', { outcome: 'denied', results: [] })).toMatchObject({
      refused: 'reasons-missing',
      field: 'reasons',
    })
    expect(await give('hao', id, 'decide', { outcome: 'approved', results: [] })).toMatchObject({
      refused: 'result-missing',
    })
    expect(await give('hao', id, 'decide', { outcome: 'approved', results: [{ result: 'R-9' }] })).toMatchObject({
      refused: 'result-unknown',
    })
    await done('hao', id, 'decide', { outcome: 'denied', reasons: '场所不符合条件', results: [] })
    expect((await state(id)).decision).toMatchObject({ remedies: content.remedies })
  })

  test('is made in the same transaction by declared rules, with what they found; or by a person where one does not hold', async () => {
    const of = await published({
      handling: 'at-once',
      promised: 0,
      materials: [material],
      checks: [{ field: 'F-2', test: 'at-most', bound: '100', ground: '面积不超过一百平方米' }],
    })
    const small = { papers: [], answers: [whole.answers[0], { field: 'F-2', value: '80' }] }
    const id = await received(of, { ...small, delivery: 'online' })
    expect(await state(id)).toMatchObject({
      phase: 'closed',
      accepted: 'decided-at-once',
      decision: { rules: [{ ground: '面积不超过一百平方米', found: '80' }], inTime: true },
    })
    const large = await received(of, { ...small, answers: [whole.answers[0], { field: 'F-2', value: '120' }] })
    expect(await state(large)).toMatchObject({ phase: 'received' })
  })

  test('cannot be made twice: two windows that accept at once accept once', async () => {
    const id = await received(await published())
    const answers = await Promise.all(['gui', 'hao'].map((who) => give(who, id, 'accept')))
    expect(answers.filter((one) => 'done' in one)).toHaveLength(1)
    expect(answers.find((one) => 'refused' in one)).toMatchObject({ refused: 'not-in-this-phase' })
  })

  test('on receipt begins the clock at once, and still lets it be told once what to correct', async () => {
    const id = await received(await published({ receiptAccepts: true }), { papers: [given('M-2')] })
    expect(await state(id)).toMatchObject({ phase: 'examining', accepted: 'by-receipt', acceptedOn: '2026-02-11' })
    expect(await give('hao', id, 'decline', { ground: 'not-competent', reasons: '测试' })).toMatchObject({
      refused: 'not-in-this-phase',
    })
    await done('hao', id, 'correct', { demands: [{ sort: 'paper', code: 'M-3', fault: 'absent', note: '请提交' }] })
    expect((await state(id)).phase).toBe('examining')
    expect(await give('hao', id, 'decide', approve)).toMatchObject({ refused: 'still-to-correct' })
    await done('gui', id, 'supply', { answers: [], papers: [{ material: 'M-3' }] })
    await done('hao', id, 'decide', approve)
  })
})

describe('a commitment', () => {
  test('to bring a paper later has its own time, one reminder, and ends the case when broken', async () => {
    const of = await published({ promised: 10 })
    const later = { papers: [{ material: 'M-2', way: 'later' }, given('M-3')], signed: true, enterprise: 'e2' }
    const id = await received(of, later)
    await done('hao', id, 'accept')
    // Two working days before the ten of the promise.
    expect(clockOf(await state(id))['supplement']).toMatchObject({ limit: { budget: 8 }, aside: 'subject' })
    expect(await give('hao', id, 'decide', approve)).toMatchObject({ refused: 'supplement-outstanding' })
    for (const day of ['2026-02-28', '2026-03-01', '2026-03-03']) {
      t.set(`${day}T12:00:00.000+08:00`)
      await wake(t.world, t.world.around, `${day}T12:00:00.000+08:00`)
    }
    expect(await state(id)).toMatchObject({ phase: 'terminated', reminded: true })
    const bie = await t.as('bie')
    expect(await findRecord(t.world.database, 'town', 'exclusion', 'enterprise:e2')).toMatchObject({
      phase: 'standing',
    })
    expect(await t.give(await t.as('gui'), 'application', 'submit', { ...whole, ...of, ...later })).toMatchObject({
      refused: 'excluded',
      field: 'papers',
    })
    expect(await t.give(bie, 'exclusion', 'repair', { reason: '测试' }, 'enterprise:e2')).toMatchObject({
      refused: 'not-permitted',
    })
    await t.done(await t.as('tou'), 'exclusion', 'repair', { reason: '已履行' }, 'enterprise:e2')
    const again = await received(of, later)
    await done('hao', again, 'accept')
    await done('gui', again, 'supply', { answers: [], papers: [{ material: 'M-2' }] })
    expect(clockOf(await state(again))['supplement']).toMatchObject({ ended: '2026-03-03' })
    await done('hao', again, 'decide', approve)
  })

  test('too late to bring it, nothing is taken any more', async () => {
    const id = await received(await published({ promised: 10 }), {
      papers: [{ material: 'M-2', way: 'later' }, given('M-3')],
      signed: true,
    })
    await done('hao', id, 'accept')
    t.set('2026-03-20T10:00:00.000+08:00')
    expect(await give('gui', id, 'supply', { answers: [], papers: [{ material: 'M-2' }] })).toMatchObject({
      refused: 'supplement-over',
      about: { until: '2026-02-28' },
    })
    await wake(t.world, t.world.around, '2026-03-20T10:00:00.000+08:00')
    expect(await give('gui', id, 'supply', { answers: [], papers: [{ material: 'M-2' }] })).toMatchObject({
      refused: 'not-in-this-phase',
    })
    await t.done(await t.as('tou'), 'exclusion', 'repair', { reason: '已履行' }, 'enterprise:e1')
  })

  test('in place of a proof is verified after the decision, and revokes it when it was false', async () => {
    const of = await published({ commitment: true })
    const promised = { papers: [{ material: 'M-2', way: 'promised' }, given('M-3')], signed: true, enterprise: 'e2' }
    // What is no proof cannot be replaced by a commitment, whatever the item takes.
    const more = { ...promised, papers: [given('M-2'), { material: 'M-3', way: 'promised' }] }
    expect(await t.give(await t.as('gui'), 'application', 'submit', { ...whole, ...of, ...more })).toMatchObject({
      refused: 'not-by-commitment',
      field: 'papers.1.material',
    })
    const id = await received(of, promised)
    await done('hao', id, 'accept')
    await done('hao', id, 'decide', approve)
    await done('gui', id, 'deliver', { way: 'courier', courierNumber: 'SF1' })
    expect(await state(id)).toMatchObject({ phase: 'verifying', limits: { verify: { budget: 30 } } })
    await done('hao', id, 'verify', { finding: 'rectify', verified: '消防通道须清理' })
    expect(clockOf(await state(id))['rectify']).toMatchObject({ limit: { budget: 10 } })
    await done('hao', id, 'verify', { finding: 'false', verified: '现场与承诺不符' })
    expect(await state(id)).toMatchObject({ phase: 'revoked' })
    expect(await findRecord(t.world.database, 'town', 'exclusion', 'enterprise:e2')).toMatchObject({
      phase: 'standing',
    })
    await t.done(await t.as('tou'), 'exclusion', 'repair', { reason: '已整改' }, 'enterprise:e2')
  })
})

describe('a chief representative', () => {
  test('accepts and decides at the window what his letter gives him, in its term, and nothing else', async () => {
    await t.done(system, 'person', 'enrol', { name: '代某', login: 'dai-login' }, 'dai')
    const post = { person: 'dai', role: 'representative', unit: 'tax', clearance: 1, from: '2020-01-01' }
    await t.done(system, 'post', 'appoint', post, 'post-dai')
    const of = await published({ powers: ['accept', 'decide'] })
    const other = await published({ powers: ['accept', 'decide'] })
    const closed = await published()
    const [id, beyond, unopened] = [await received(of), await received(other), await received(closed)]
    for (const name of ['accept', 'take'])
      expect(await give('dai', id, name)).toMatchObject({ refused: 'not-empowered' })
    expect(await offers('dai', id)).toEqual(['note'])
    const letter = {
      person: 'dai',
      unit: 'tax',
      items: [of.item],
      powers: ['accept', 'decide'],
      letter: '测授〔2026〕1号',
    }
    await t.done(await t.as('tou'), 'delegation', 'grant', { ...letter, from: '2026-02-11', to: '2026-02-28' }, 'dai')
    // Not filed yet, it is not in force.
    expect(await give('dai', id, 'accept')).toMatchObject({ refused: 'not-empowered' })
    await t.done(await t.as('xiang'), 'delegation', 'file', {}, 'dai')
    expect(await offers('dai', id)).toEqual(['accept', 'correct', 'decline', 'note'])
    expect(await offers('dai', beyond)).toEqual(['note'])
    await done('dai', id, 'accept')
    expect(await offers('dai', id)).toEqual(['decide', 'note', 'terminate'])
    expect(await give('dai', id, 'startSpecial', { special: 'T-1', reason: '测试' })).toMatchObject({
      refused: 'not-empowered',
    })
    await done('dai', id, 'decide', approve)
    expect(await give('dai', id, 'deliver', { way: 'collect' })).toMatchObject({ refused: 'not-empowered' })
    expect(await give('dai', beyond, 'accept')).toMatchObject({ refused: 'not-empowered' })
    expect(await give('dai', unopened, 'accept')).toMatchObject({ refused: 'not-empowered' })
    const late = await received(of)
    t.set('2026-03-02T10:00:00.000+08:00')
    expect(await offers('dai', late)).toEqual(['note'])
    expect(await give('dai', late, 'accept')).toMatchObject({ refused: 'not-empowered' })
    await done('hao', late, 'accept')
  })
})

test('what is denied bears no results', async () => {
  const id = await received(await published())
  await done('hao', id, 'accept')
  expect(await give('hao', id, 'decide', { ...approve, outcome: 'denied', reasons: '条件不符' })).toMatchObject({
    refused: 'denied-with-results',
    field: 'results',
  })
  await done('hao', id, 'decide', { outcome: 'denied', reasons: '条件不符', results: [] })
})

test('what is not the applicant’s to bring is not demanded: what the city obtains, what may follow, what a commitment replaces', async () => {
  const of = await published({ commitment: true })
  const id = await received(of, { papers: [{ material: 'M-2', way: 'promised' }, given('M-3')], signed: true })
  const correct = (code: string) =>
    give('hao', id, 'correct', { demands: [{ sort: 'paper', code, fault: 'absent', note: '请提交' }] })
  for (const code of ['M-1', 'M-2'])
    expect(await correct(code)).toMatchObject({ refused: 'not-his-to-bring', field: 'demands.0.code' })
  await t.done(
    await t.as('hao'),
    'application',
    'correct',
    { demands: [{ sort: 'paper', code: 'M-3', fault: 'absent', note: '请提交' }] },
    id,
  )
  const later = await received(of, { papers: [{ material: 'M-2', way: 'later' }, given('M-3')], signed: true })
  expect(
    await give('hao', later, 'correct', { demands: [{ sort: 'paper', code: 'M-2', fault: 'absent', note: '请提交' }] }),
  ).toMatchObject({ refused: 'not-his-to-bring' })
})

test('when what was to be corrected has not come in time, both sides are told once, and it may still come', async () => {
  const id = await received(await published())
  await done('hao', id, 'correct', { demands: [{ sort: 'paper', code: 'M-3', fault: 'absent', note: '请提交' }] })
  const run = clockOf(await state(id))['correct']!
  expect(run.aside).toBe('subject')
  const told = async () =>
    (
      await t.world.database.query(
        `select recipient from outbox where record = $1 and template = 'overran' order by 1`,
        [id],
      )
    ).rows.map((row) => row['recipient'])
  const late = '2026-04-20T10:00:00.000+08:00'
  t.set(late)
  await wake(t.world, t.world.around, late)
  await wake(t.world, t.world.around, late)
  expect(await told()).toEqual(['enterprise:e1', 'unit:tax'])
  expect(await state(id)).toMatchObject({ phase: 'correcting', overran: true })
  await done('gui', id, 'supply', { answers: [], papers: [{ material: 'M-3' }] })
})

test('a special procedure that runs over the time that was notified is late', async () => {
  const id = await received(await published())
  await done('hao', id, 'accept')
  await done('hao', id, 'startSpecial', { special: 'T-1', reason: '测试' })
  const due = async () =>
    (await t.world.database.query(`select due::text from record where kind = 'application' and id = $1`, [id]))
      .rows[0]!['due']
  const at = await due()
  expect(at).not.toBeNull()
  await done('hao', id, 'endSpecial', { opinion: '通过' })
  expect(await due()).not.toBe(at)
})

test('withdrawn, it is over, and staff do not withdraw it', async () => {
  const id = await received(await published())
  expect(await give('gui', id, 'withdraw')).toMatchObject({ refused: 'not-permitted' })
  await done(await t.as('qi'), id, 'withdraw')
  expect(await give('hao', id, 'accept')).toMatchObject({ refused: 'not-in-this-phase' })
})

test('electricity without a visit counts, with one visit it does not; what is saved and paid is added up', async () => {
  const power = { topics: ['办电'], saves: 120_000, savesBasis: '测试标准', handling: 'within-time' }
  const [one, two] = [await published(power), await published(power)]
  const online = { channel: 'post', delivery: 'online' }
  const finish = async (id: string, way = 'online') => {
    await done('hao', id, 'accept')
    await done('hao', id, 'decide', approve)
    await done('hao', id, 'deliver', { way })
  }
  expect(await figure('F29')).toBe(0)
  await finish(await received(one, online))
  await finish(await received(two, online))
  expect(await figure('F29')).toBe(2)
  await finish(await received(two, online), 'collect')
  expect(await figure('F29')).toBe(1)
  expect(await figure('F30')).toBe(3600)
  const seal = await published({ topics: ['企业开办'], cityPays: 35_000, cityPaysBasis: '测试' })
  await finish(await received(seal, online))
  await finish(await received(seal, online))
  expect(await figure('F27')).toBe(1)
  expect(await figure('F28')).toBe(700)
})

test('folded again, records and figures are the same', async () => {
  const { world } = t
  const { differences } = await compareRecords(world.database, 'town', world.registry, await world.cache.law(0))
  expect(differences).toEqual([])
  expect(await compareFigures(world.database, 'town', world.registry.figures.values(), '2026-12-31')).toEqual([])
})
