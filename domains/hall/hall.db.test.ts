// A day in the hall: numbers, windows, bookings and duty, with two at once, and what people do wrong.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nobody, system, type Actor } from '../../kernel/access.ts'
import type { Answer, Done } from '../../kernel/door.ts'
import { messagesFor } from '../../server/message.ts'
import { wake } from '../../server/replay.ts'
import { compareFigures } from '../../store/compare.ts'
import { findRecord } from '../../store/read.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { figureValue } from '../../store/tally.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'
import { content } from './item.fixture.ts'
import type { HallDay } from './day.ts'
import type { Ticket } from './ticket.ts'
import type { Window } from './window.ts'

let t: Town
let [gui, gan, hao]: Actor[] = []
const GENERAL_ITEM = '11220500GENERAL1'
const SPECIAL_ITEM = '11220500SPECIAL1'
const SATURDAY = '2026-02-21'

beforeAll(async () => {
  t = await town()
  await t.done(system, 'person', 'enrol', { name: '甘某', login: 'gan-login' }, 'gan')
  const post = { role: 'clerk', unit: 'centre', clearance: 1, from: '2020-01-01' }
  await t.done(system, 'post', 'appoint', { person: 'gan', ...post }, 'post-gan')
  hao = await t.as('hao')
  for (const [code, window] of [
    [GENERAL_ITEM, 'undifferentiated'],
    [SPECIAL_ITEM, 'special'],
    ['11220500OUTSIDE1', 'outside'],
  ] as const) {
    await t.done(hao, 'item', 'list', { ...content, code, unit: 'tax', window })
    await t.done(hao, 'version', 'submit', {}, `${code}-V1`)
    await t.done(await t.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${code}-V1`)
  }
  gui = await t.as('gui')
  gan = await t.as('gan')
})
afterAll(() => t.close())

const rules = {
  name: '市政务大厅',
  unit: 'centre',
  lines: [{ letter: 'B', unit: 'tax' }],
  slots: [
    { opens: '09:00', closes: '10:00', places: 2 },
    { opens: '10:00', closes: '11:00', places: 3 },
  ],
  ahead: 14,
  grace: 15,
  recalls: 3,
  recallWithin: 30,
}
let hall = ''
let made = 0
/** Each test has a hall of its own, with three windows: two for everybody and one of the tax bureau. */
beforeEach(async () => {
  t.set(wednesday)
  hall = `h${++made}`
  const xiang = await t.as('xiang')
  await t.done(xiang, 'hall', 'setUp', rules, hall)
  const general = { hall, sort: 'undifferentiated', serves: [] }
  await t.done(xiang, 'window', 'setUp', { ...general, windowNumber: 1 })
  await t.done(xiang, 'window', 'setUp', { ...general, windowNumber: 2 })
  await t.done(xiang, 'window', 'setUp', { hall, sort: 'special', serves: ['tax'], windowNumber: 3 })
})

const at = (time: string, on = '2026-02-11') => t.set(`${on}T${time}:00.000+08:00`)
const state = async <T>(kind: string, id: string) =>
  (await findRecord(t.world.database, 'town', kind, id))!.state as unknown as T
const numbered = async ({ done }: Done) => (await state<Ticket & { number: string }>('ticket', done.id)).number
const phase = async (id: string) => (await state<Ticket>('ticket', id)).phase
const day = (on = '2026-02-11') => state<Exclude<HallDay, { phase: 'none' }>>('hall-day', `${hall}.${on}`)
const held = async (window: number) => (await state<Window & { held?: object }>('window', `${hall}.${window}`)).held
const take = (more: object = {}, who: Actor = nobody) => t.done(who, 'ticket', 'take', { hall, ...more })
const at_ = (actor: Actor, window: number, name: string, input: object = {}) =>
  t.give(actor, 'window', name, input, `${hall}.${window}`)
const desk = (actor: Actor, window: number, name: string, input: object = {}) =>
  t.done(actor, 'window', name, input, `${hall}.${window}`)
const figure = async (id: string, on = '2026-12-31') =>
  (await figureValue(t.world.database, 'town', t.world.registry.figures.get(id)!, { on })).value
const reasons = (answers: readonly Answer[]) =>
  answers.map((one) => ('refused' in one ? one.refused : 'done')).toSorted()

describe('numbers', () => {
  test('are short, of the line of the matter, and counted anew each day', async () => {
    expect(await numbered(await take())).toBe('A001')
    expect(await numbered(await take({ item: GENERAL_ITEM }))).toBe('A002')
    expect(await numbered(await take({ item: SPECIAL_ITEM }))).toBe('B001')
    expect(await numbered(await take({ unit: 'tax' }))).toBe('B002')
    // A unit without windows of its own is served at the general ones.
    expect(await numbered(await take({ unit: 'labour' }))).toBe('A003')
    at('09:00', '2026-02-12')
    expect(await numbered(await take())).toBe('A001')
  })

  test('of many who come at once each has another, and none is left out', async () => {
    const taken = await Promise.all(Array.from({ length: 40 }, () => take()))
    const numbers = await Promise.all(taken.map(numbered))
    expect(numbers.toSorted()).toEqual(Array.from({ length: 40 }, (_, n) => `A${String(n + 1).padStart(3, '0')}`))
  })

  test('a second press gives the same one', async () => {
    const [one, other] = [1, 2].map(() =>
      t.done(nobody, 'ticket', 'take', { hall }, undefined, { key: `press ${hall}` }),
    )
    expect((await one!).done.id).toBe((await other!).done.id)
    expect((await day()).waiting).toHaveLength(1)
  })

  test('for what the hall does not have are refused at their field', async () => {
    const wrong = (input: object) => t.give(nobody, 'ticket', 'take', { hall, ...input })
    expect(await wrong({ hall: 'nowhere' })).toMatchObject({ refused: 'hall-unknown', field: 'hall' })
    expect(await wrong({ item: 'nothing' })).toMatchObject({ refused: 'item-unknown', field: 'item' })
    expect(await wrong({ item: '11220500OUTSIDE1' })).toMatchObject({ refused: 'outside-the-hall', field: 'item' })
    expect(await wrong({ unit: 'nobody' })).toMatchObject({ refused: 'unit-unknown', field: 'unit' })
    expect(await wrong({ item: GENERAL_ITEM, unit: 'tax' })).toMatchObject({ refused: 'item-or-unit', field: 'unit' })
    const xiang = await t.as('xiang')
    const { unit: _, ...same } = rules
    await t.done(xiang, 'hall', 'amend', { ...same, lines: [] }, hall)
    expect(await wrong({ item: SPECIAL_ITEM })).toMatchObject({ refused: 'no-window-for-it', field: 'item' })
  })

  test('whoever bears the code follows his number and may leave; nobody else', async () => {
    const answer = await take()
    const bearer = { ...nobody, token: t.world.around.hash(answer.reveal!) }
    expect(await t.give(nobody, 'ticket', 'leave', {}, answer.done.id)).toMatchObject({ refused: 'not-found' })
    await t.done(bearer, 'ticket', 'leave', {}, answer.done.id)
    expect((await day()).waiting).toEqual([])
    await desk(gui!, 1, 'open')
    expect(await at_(gui!, 1, 'call')).toMatchObject({ refused: 'nobody-waits' })
  })

  test('whoever leaves after being called frees the window', async () => {
    const { done } = await take()
    await desk(gui!, 1, 'open')
    await desk(gui!, 1, 'call')
    await t.done(gui!, 'ticket', 'leave', {}, done.id)
    expect(await held(1)).toBeUndefined()
    expect((await day()).calling).toEqual([])
  })
})

describe('windows', () => {
  test('are manned by one clerk each, and by those whom it concerns', async () => {
    await desk(gui!, 1, 'open')
    expect(await at_(gui!, 2, 'open')).toMatchObject({ refused: 'at-another-window' })
    expect(await at_(gan!, 1, 'open')).toMatchObject({ refused: 'not-in-this-phase' })
    expect(await at_(gan!, 1, 'call')).toMatchObject({ refused: 'manned-by-another' })
    // A handler of the tax bureau at its own window, but at no general one.
    expect(await at_(hao!, 2, 'open')).toMatchObject({ refused: 'not-your-window' })
    await desk(hao!, 3, 'open')
    expect(await at_(await t.as('hui'), 3, 'close')).toMatchObject({ refused: 'manned-by-another' })
    expect(await t.give(await t.as('fen'), 'window', 'open', {}, `${hall}.2`)).toMatchObject({
      refused: 'not-permitted',
    })
    await desk(gui!, 1, 'close')
    await desk(gui!, 2, 'open')
    expect((await day()).windows.map((one) => one.windowNumber)).toEqual([3, 2])
  })

  test('what contradicts itself is not set up', async () => {
    const xiang = await t.as('xiang')
    const wrong = (input: object, id?: string) =>
      t.give(xiang, 'window', 'setUp', { hall, sort: 'special', serves: ['tax'], windowNumber: 9, ...input }, id)
    expect(await wrong({ windowNumber: 1 })).toMatchObject({ refused: 'number-taken', field: 'windowNumber' })
    expect(await wrong({}, 'mine')).toMatchObject({ refused: 'other-number' })
    expect(await wrong({ serves: [] })).toMatchObject({ refused: 'serves-somebody', field: 'serves' })
    expect(await wrong({ sort: 'undifferentiated' })).toMatchObject({ refused: 'serves-all', field: 'serves' })
    expect(await wrong({ serves: ['labour'] })).toMatchObject({ refused: 'no-line', field: 'serves.0' })
    expect(await wrong({ serves: ['nobody'] })).toMatchObject({ refused: 'unit-unknown', field: 'serves.0' })
    expect(
      await t.give(gui!, 'window', 'setUp', { hall, sort: 'special', serves: ['tax'], windowNumber: 9 }),
    ).toMatchObject({
      refused: 'not-permitted',
    })
    const rule = (more: object) => t.give(xiang, 'hall', 'setUp', { ...rules, ...more }, 'wrong')
    expect(await rule({ unit: 'nobody' })).toMatchObject({ refused: 'unit-unknown', field: 'unit' })
    expect(await rule({ lines: [...rules.lines, { letter: 'C', unit: 'tax' }] })).toMatchObject({
      refused: 'named-twice',
      field: 'lines.1.unit',
    })
    expect(await rule({ lines: [...rules.lines, { letter: 'B', unit: 'labour' }] })).toMatchObject({
      refused: 'named-twice',
      field: 'lines.1.letter',
    })
    expect(await rule({ slots: [rules.slots[1], rules.slots[0]] })).toMatchObject({
      refused: 'one-after-another',
      field: 'slots.1.opens',
    })
    expect(await rule({ lines: [{ letter: 'A', unit: 'tax' }] })).toMatchObject({ refused: 'invalid-input' })
  })

  test('two that call at once never get the same number', async () => {
    for (let n = 0; n < 6; n++) await take()
    await desk(gui!, 1, 'open')
    await desk(gan!, 2, 'open')
    for (let round = 0; round < 3; round++) {
      await Promise.all([desk(gui!, 1, 'call'), desk(gan!, 2, 'call')])
      const [one, other] = [await held(1), await held(2)] as { ticket: string }[]
      expect(one!.ticket).not.toBe(other!.ticket)
      for (const [actor, window] of [
        [gui!, 1],
        [gan!, 2],
      ] as const) {
        await desk(actor, window, 'begin')
        await desk(actor, window, 'finish')
      }
    }
    expect((await day()).served['A']).toMatchObject({ n: 6 })
    expect(reasons(await Promise.all([at_(gui!, 1, 'call'), at_(gan!, 2, 'call')]))).toEqual([
      'nobody-waits',
      'nobody-waits',
    ])
  })

  test('the last one is called by one of two', async () => {
    await desk(gui!, 1, 'open')
    await desk(gan!, 2, 'open')
    for (let round = 0; round < 12; round++) {
      const { done } = await take()
      const answers = await Promise.all([at_(gui!, 1, 'call'), at_(gan!, 2, 'call')])
      expect(reasons(answers)).toEqual(['done', 'nobody-waits'])
      await t.done(gui!, 'ticket', 'leave', {}, done.id)
    }
  })

  test('one number at a time, and its steps in their order', async () => {
    await take()
    await take()
    await desk(gui!, 1, 'open')
    for (const name of ['begin', 'finish', 'skip', 'transfer'])
      expect(await at_(gui!, 1, name, name === 'transfer' ? { window: `${hall}.2` } : {})).toMatchObject({
        refused: 'nobody-in-hand',
      })
    await desk(gui!, 1, 'call')
    const { ticket } = (await held(1)) as { ticket: string }
    expect(await at_(gui!, 1, 'call')).toMatchObject({ refused: 'somebody-in-hand' })
    expect(await at_(gui!, 1, 'close')).toMatchObject({ refused: 'somebody-in-hand' })
    expect(await at_(gui!, 1, 'finish')).toMatchObject({ refused: 'not-yet-begun' })
    expect(await at_(gui!, 1, 'begin', { ticket: 'another' })).toMatchObject({ refused: 'another-in-hand' })
    await desk(gui!, 1, 'begin', { ticket })
    for (const name of ['begin', 'skip', 'recall'])
      expect(await at_(gui!, 1, name)).toMatchObject({ refused: 'being-served' })
    at('10:07')
    await desk(gui!, 1, 'finish', { ticket })
    expect(await state<{ service: number }>('ticket', ticket)).toMatchObject({ phase: 'served', service: 420 })
    expect((await day()).served['A']).toEqual({ n: 1, seconds: 420 })
  })

  test('a number passed over is called again in time, and not too often', async () => {
    const { done } = await take()
    await desk(gui!, 1, 'open')
    await desk(gui!, 1, 'call')
    await desk(gui!, 1, 'recall')
    await desk(gui!, 1, 'skip')
    expect(await phase(done.id)).toBe('missed')
    expect(await at_(gui!, 1, 'recall')).toMatchObject({ refused: 'nobody-in-hand', field: 'ticket' })
    expect(await at_(gui!, 1, 'recall', { ticket: 'nothing' })).toMatchObject({ refused: 'ticket-unknown' })
    at('10:31')
    expect(await at_(gui!, 1, 'recall', { ticket: done.id })).toMatchObject({ refused: 'too-late-to-recall' })
    at('10:29')
    await desk(gui!, 1, 'recall', { ticket: done.id })
    expect(await phase(done.id)).toBe('called')
    expect(await held(1)).toMatchObject({ ticket: done.id, phase: 'called' })
    expect((await day()).calling).toMatchObject([{ ticket: done.id }])
    expect(await at_(gui!, 1, 'recall')).toMatchObject({ refused: 'recalled-often' })
    await desk(gui!, 1, 'begin')
    await desk(gui!, 1, 'finish')
    expect(await phase(done.id)).toBe('served')
  })

  test('who is sent to another window keeps number and place', async () => {
    const first = await take()
    at('10:01')
    const second = await take({ unit: 'tax' })
    await desk(gui!, 1, 'open')
    await desk(hao!, 3, 'open')
    at('10:02')
    await desk(gui!, 1, 'call')
    expect(await at_(gui!, 1, 'transfer', {})).toMatchObject({ refused: 'one-way', field: 'window' })
    expect(await at_(gui!, 1, 'transfer', { unit: 'tax', window: `${hall}.3` })).toMatchObject({ refused: 'one-way' })
    expect(await at_(gui!, 1, 'transfer', { window: `${hall}.1` })).toMatchObject({ refused: 'to-itself' })
    expect(await at_(gui!, 1, 'transfer', { window: `${hall}.2` })).toMatchObject({ refused: 'window-unknown' })
    expect(await at_(gui!, 1, 'transfer', { unit: 'nobody' })).toMatchObject({ refused: 'unit-unknown' })
    await desk(gui!, 1, 'transfer', { unit: 'tax' })
    expect(await state<object>('ticket', first.done.id)).toMatchObject({
      phase: 'transferred',
      number: 'A001',
      letter: 'B',
    })
    // He came before the other, who took a number of that line.
    await desk(hao!, 3, 'call')
    expect(await held(3)).toMatchObject({ ticket: first.done.id, number: 'A001' })
    await desk(hao!, 3, 'skip')
    await desk(hao!, 3, 'call')
    expect(await held(3)).toMatchObject({ ticket: second.done.id })
  })

  test('who is sent to one window waits for it alone, until it closes', async () => {
    const { done } = await take()
    await desk(gui!, 1, 'open')
    await desk(gan!, 2, 'open')
    await desk(gui!, 1, 'call')
    await desk(gui!, 1, 'begin')
    await desk(gui!, 1, 'transfer', { window: `${hall}.2` })
    expect(await at_(gui!, 1, 'call')).toMatchObject({ refused: 'nobody-waits' })
    await desk(gan!, 2, 'close')
    await desk(gui!, 1, 'call')
    expect(await held(1)).toMatchObject({ ticket: done.id })
  })

  test('when the day is over, who still waits has left and every window is closed', async () => {
    const { done } = await take()
    const other = await take()
    await desk(gui!, 1, 'open')
    await desk(gui!, 1, 'call')
    at('00:30', '2026-02-12')
    await wake(t.world, t.world.around, '2026-02-12T00:30:00.000+08:00')
    expect([await phase(done.id), await phase(other.done.id)]).toEqual(['left', 'left'])
    expect(await state<Window>('window', `${hall}.1`)).toMatchObject({ phase: 'closed' })
    expect((await day()).phase).toBe('over')
    await desk(gui!, 1, 'open')
  })
})

describe('bookings', () => {
  const booked = { item: GENERAL_ITEM, on: '2026-02-12', slot: '09:00', phone: '13900001234' }
  const book = (more: object = {}, who: Actor = nobody) => t.give(who, 'booking', 'book', { hall, ...booked, ...more })
  const phones = (n: number) => `1390000${String(n).padStart(4, '0')}`

  test('never more of them than there are places, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, (_, n) => book({ phone: phones(n) })))
    expect(reasons(answers)).toEqual(['done', 'done', ...Array.from({ length: 23 }, () => 'slot-full')])
    expect(answers.find((one) => 'refused' in one)).toMatchObject({ field: 'slot', kind: 'hall-day' })
    expect(await book({ slot: '10:00' })).toHaveProperty('done')
  })

  test('a place that is given back is free again', async () => {
    const mine = (await book()) as Done
    await book({ phone: phones(1) })
    expect(await book({ phone: phones(2) })).toMatchObject({ refused: 'slot-full' })
    const bearer = { ...nobody, token: t.world.around.hash(mine.reveal!) }
    expect(await t.give(nobody, 'booking', 'cancel', {}, mine.done.id)).toMatchObject({ refused: 'not-found' })
    await t.done(bearer, 'booking', 'cancel', {}, mine.done.id)
    expect(await book({ phone: phones(2) })).toHaveProperty('done')
    expect(await t.give(bearer, 'booking', 'arrive', {}, mine.done.id)).toMatchObject({ refused: 'not-in-this-phase' })
  })

  test('what cannot be is refused at its field', async () => {
    for (const [more, refused, field] of [
      [{ hall: 'nowhere' }, 'hall-unknown', 'hall'],
      [{ item: 'nothing' }, 'item-unknown', 'item'],
      [{ item: '11220500OUTSIDE1' }, 'outside-the-hall', 'item'],
      [{ on: '2026-02-10' }, 'day-over', 'on'],
      [{ on: '2026-02-26' }, 'too-far-ahead', 'on'],
      [{ on: '9999-12-31' }, 'too-far-ahead', 'on'],
      [{ slot: '08:00' }, 'no-such-slot', 'slot'],
      [{ on: '2026-02-11' }, 'slot-over', 'slot'],
      [{ enterprise: 'e1' }, 'not-your-enterprise', 'enterprise'],
      [{ enterprise: 'nobody' }, 'enterprise-unknown', 'enterprise'],
      [{ phone: undefined }, 'no-contact', 'phone'],
    ] as const)
      expect(await book(more), refused).toMatchObject({ refused, field })
    await book()
    expect(await book()).toMatchObject({ refused: 'booked-already', field: 'item' })
  })

  test('on a day off only where somebody is on duty for the item', async () => {
    const off = { on: SATURDAY }
    expect(await book(off)).toMatchObject({ refused: 'nobody-on-duty', field: 'on' })
    const roster = { hall, on: SATURDAY, unit: 'tax', person: 'hao', items: [SPECIAL_ITEM] }
    await t.done(await t.as('tou'), 'duty', 'roster', roster, `z-${hall}`)
    expect(await book(off)).toMatchObject({ refused: 'nobody-on-duty' })
    expect(await book({ ...off, item: SPECIAL_ITEM })).toHaveProperty('done')
    // What somebody counts on is not withdrawn.
    expect(await t.give(await t.as('tou'), 'duty', 'withdraw', { reason: '有事' }, `z-${hall}`)).toMatchObject({
      refused: 'booked-on-this-duty',
    })
    // A make-up Saturday is a working day like any other.
    t.set('2026-02-12T10:00:00.000+08:00')
    expect(await book({ on: '2026-02-14' })).toHaveProperty('done')
  })

  test('of an enterprise, by whoever acts for it, who is told', async () => {
    const qi = await t.as('qi')
    const answer = (await book({ enterprise: 'e1', phone: undefined }, qi)) as Done
    expect(answer).toHaveProperty('done')
    expect((await messagesFor(t.world, qi, 'zh-CN', 5)).map((one) => one.text)).toContain(
      `已预约 2026-02-12 09:00 在${rules.name}办理${content.name}。请在时段内到厅取号；不能来请取消。`,
    )
    expect(await t.give(await t.as('bie'), 'booking', 'cancel', {}, answer.done.id)).toMatchObject({
      refused: 'not-found',
    })
  })

  test('who comes in time gets a number under his own code, and goes first once his slot has begun', async () => {
    const mine = (await book()) as Done
    const bearer = { ...nobody, token: t.world.around.hash(mine.reveal!) }
    expect(await t.give(bearer, 'booking', 'arrive', {}, mine.done.id)).toMatchObject({ refused: 'another-day' })
    at('08:40', '2026-02-12')
    await take()
    at('08:50', '2026-02-12')
    await t.done(bearer, 'booking', 'arrive', {}, mine.done.id)
    const { ticket } = await state<{ ticket: string }>('booking', mine.done.id)
    expect(await state<object>('ticket', ticket)).toMatchObject({ number: 'A002', booking: mine.done.id })
    await desk(gui!, 1, 'open')
    at('09:00', '2026-02-12')
    await desk(gui!, 1, 'call')
    expect(await held(1)).toMatchObject({ ticket })
    await t.done(bearer, 'ticket', 'leave', {}, ticket)
  })

  test('who does not come has missed it, by itself, and the place is free', async () => {
    const mine = (await book()) as Done
    at('10:15', '2026-02-12')
    await t.done(gui!, 'booking', 'arrive', {}, mine.done.id)
    const other = (await t.done(gui!, 'booking', 'book', { hall, ...booked, slot: '10:00', phone: phones(7) })) as Done
    at('11:16', '2026-02-12')
    expect(await t.give(gui!, 'booking', 'arrive', {}, other.done.id)).toMatchObject({ refused: 'too-late' })
    await wake(t.world, t.world.around, '2026-02-12T11:16:00.000+08:00')
    expect(await state<object>('booking', other.done.id)).toMatchObject({ phase: 'missed' })
    expect((await day('2026-02-12')).bookings.map((one) => one.booking)).toEqual([mine.done.id])
  })

  test('nobody reads the telephone of another', async () => {
    const mine = (await book({ contact: '钱某' })) as Done
    const { definition } = t.world.registry.kinds.get('hall-day')!
    expect(JSON.stringify(definition.facts!(await day('2026-02-12')))).not.toMatch(/1390000|e1|钱某/)
    expect(await t.give(await t.as('hao'), 'booking', 'cancel', {}, mine.done.id)).toMatchObject({
      refused: 'not-found',
    })
  })
})

describe('duty on days off', () => {
  const roster = (person: string, on: string, id: string, more: object = {}) =>
    t.give(system, 'duty', 'roster', { hall, on, unit: 'tax', person, ...more }, id)
  beforeEach(async () => {
    if (made > 1 && (await findRecord(t.world.database, 'town', 'post', 'post-hui-tax'))) return
    await t.done(
      system,
      'post',
      'appoint',
      { person: 'hui', role: 'handler', unit: 'tax', clearance: 1, from: '2020-01-01' },
      'post-hui-tax',
    )
  })

  test('is for days off and for people of the unit', async () => {
    const tou = await t.as('tou')
    const wrong = (more: object) =>
      t.give(tou, 'duty', 'roster', { hall, on: SATURDAY, unit: 'tax', person: 'hao', ...more })
    expect(await wrong({ on: '2026-02-12' })).toMatchObject({ refused: 'working-day', field: 'on' })
    expect(await wrong({ on: '2026-02-14' })).toMatchObject({ refused: 'working-day', field: 'on' })
    expect(await wrong({ on: '2026-02-08' })).toMatchObject({ refused: 'day-over', field: 'on' })
    expect(await wrong({ person: 'gui' })).toMatchObject({ refused: 'works-elsewhere', field: 'person' })
    expect(await wrong({ person: 'nobody' })).toMatchObject({ refused: 'person-unknown', field: 'person' })
    expect(await wrong({ unit: 'labour' })).toMatchObject({ refused: 'not-your-unit', field: 'unit' })
    expect(await wrong({ hall: 'nowhere' })).toMatchObject({ refused: 'hall-unknown', field: 'hall' })
    expect(await wrong({})).toHaveProperty('done')
    expect(await wrong({})).toMatchObject({ refused: 'on-duty-already', field: 'person' })
  })

  test('two change places: one asks, the other consents, the head agrees', async () => {
    const [mine, his] = [`d1-${hall}`, `d2-${hall}`]
    await roster('hao', SATURDAY, mine)
    await roster('hui', '2026-02-22', his)
    const [huiNow, tou] = [await t.as('hui'), await t.as('tou')]
    expect(await t.give(huiNow, 'duty', 'offer', { with: his }, mine)).toMatchObject({ refused: 'not-permitted' })
    expect(await t.give(hao!, 'duty', 'offer', { with: mine }, mine)).toMatchObject({ refused: 'same-person' })
    expect(await t.give(hao!, 'duty', 'offer', { with: 'nothing' }, mine)).toMatchObject({ refused: 'duty-unknown' })
    await t.done(hao!, 'duty', 'offer', { with: his }, mine)
    expect(await t.give(hao!, 'duty', 'consent', {}, mine)).toMatchObject({ refused: 'not-asked-of-you' })
    expect(await t.give(tou, 'duty', 'agree', {}, mine)).toMatchObject({ refused: 'not-in-this-phase' })
    await t.done(huiNow, 'duty', 'consent', {}, mine)
    expect(await t.give(huiNow, 'duty', 'agree', {}, mine)).toMatchObject({ refused: 'not-permitted' })
    await t.done(tou, 'duty', 'agree', {}, mine)
    expect(await state<object>('duty', mine)).toMatchObject({ phase: 'rostered', person: 'hui' })
    expect(await state<object>('duty', his)).toMatchObject({ phase: 'rostered', person: 'hao' })
    expect((await day(SATURDAY)).duties).toMatchObject([{ duty: mine, person: 'hui' }])
    expect((await day('2026-02-22')).duties).toMatchObject([{ duty: his, person: 'hao' }])
  })

  test('what has changed meanwhile is not swapped', async () => {
    const [mine, his] = [`d1-${hall}`, `d2-${hall}`]
    await roster('hao', SATURDAY, mine)
    await roster('hui', '2026-02-22', his)
    await t.done(hao!, 'duty', 'offer', { with: his }, mine)
    await t.done(await t.as('hui'), 'duty', 'consent', {}, mine)
    await t.done(system, 'duty', 'withdraw', { reason: '机构调整' }, his)
    expect(await t.give(await t.as('tou'), 'duty', 'agree', {}, mine)).toMatchObject({ refused: 'changed-meanwhile' })
    await t.done(await t.as('tou'), 'duty', 'decline', {}, mine)
    expect(await state<object>('duty', mine)).toMatchObject({ phase: 'rostered', person: 'hao' })
  })
})

describe('figures', () => {
  test('wait, service, passed over, booked and served on days off come out as they were', async () => {
    const before = {
      served: (await figure('hall-served'))!,
      off: (await figure('hall-weekend-served')) ?? 0,
    }
    await t.done(system, 'duty', 'roster', { hall, on: SATURDAY, unit: 'centre', person: 'gui' }, `f-${hall}`)
    const booked = (await t.done(nobody, 'booking', 'book', {
      hall,
      item: GENERAL_ITEM,
      on: SATURDAY,
      slot: '09:00',
      phone: '13900009999',
    })) as Done
    at('09:00', SATURDAY)
    await t.done(gui!, 'booking', 'arrive', {}, booked.done.id)
    await desk(gui!, 1, 'open')
    at('09:05', SATURDAY)
    await desk(gui!, 1, 'call')
    await desk(gui!, 1, 'begin')
    at('09:15', SATURDAY)
    await desk(gui!, 1, 'finish')
    expect(await figure('hall-served')).toBe(before.served + 1)
    expect(await figure('hall-weekend-served')).toBe(before.off + 1)
    const since = await figureValue(
      t.world.database,
      'town',
      { ...t.world.registry.figures.get('hall-wait')!, since: SATURDAY },
      { on: SATURDAY },
    )
    expect(since).toMatchObject({ numerator: 300, denominator: 1 })
    expect(since.value).toBeCloseTo(5)
    for (const id of ['hall-missed-share', 'hall-booked-share', 'hall-service'])
      expect(await figure(id), id).toBeGreaterThan(0)
  })

  test('what is kept is what was said', async () => {
    const { world } = t
    const { differences } = await compareRecords(world.database, 'town', world.registry, await world.cache.law(0))
    expect(differences).toEqual([])
    expect(await compareFigures(world.database, 'town', world.registry.figures.values(), '2026-12-31')).toEqual([])
  })
})
