// How long codes are is the city's to say, once; what it says is asked of items and versions from then on.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { itemContent as content } from '../../tests/item.ts'
import { town, type Town } from '../../tests/world.ts'

let t: Town
beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())

const rule = { codeShortest: 31, codeLongest: 36, baseShortest: 12, baseLongest: 12, source: '省级编码规范' }
const list = async (code: string, more: object = {}) =>
  t.give(await t.as('hao'), 'item', 'list', { ...content, ...more, code, unit: 'tax' })
const OLD = '11220500OLD00001'
const LONG = '1122050000000002' + '6X3000100000016'

test('without a rule a code of any length that standards know goes', async () => {
  expect(await list(OLD)).toHaveProperty('done')
  expect(await list('1122050')).toMatchObject({ refused: 'invalid-input' })
  expect(await list('1'.repeat(51))).toMatchObject({ refused: 'invalid-input' })
})

test('whoever keeps the list lays it down, once, and not the other way round', async () => {
  expect(await t.give(await t.as('hao'), 'coding', 'lay', rule)).toMatchObject({ refused: 'not-permitted' })
  const xiang = await t.as('xiang')
  expect(await t.give(xiang, 'coding', 'lay', { ...rule, codeLongest: 30 })).toMatchObject({
    refused: 'shorter-than-shortest',
    field: 'codeLongest',
  })
  expect(await t.give(xiang, 'coding', 'lay', { ...rule, baseLongest: 11 })).toMatchObject({
    refused: 'shorter-than-shortest',
    field: 'baseLongest',
  })
  expect(await t.give(xiang, 'coding', 'lay', rule, 'another')).toMatchObject({ refused: 'other-name' })
  await t.done(xiang, 'coding', 'lay', rule)
  expect(await t.give(xiang, 'coding', 'lay', rule)).toMatchObject({ refused: 'laid-already' })
})

test('from then on a code of another length is refused at its field, with the rule that says so; what stands stays', async () => {
  expect(await list('11220500NEW00001')).toMatchObject({
    refused: 'code-length',
    field: 'code',
    about: { given: 16, shortest: 31, longest: 36, source: '省级编码规范' },
  })
  expect(await list(LONG, { baseCode: '123' })).toMatchObject({ refused: 'code-length', field: 'baseCode' })
  expect(await list(LONG, { baseCode: '000100000016' })).toHaveProperty('done')
  const amend = async (baseCode: string) =>
    t.give(await t.as('hao'), 'version', 'amend', { ...content, baseCode }, `${OLD}-V1`)
  expect(await amend('123')).toMatchObject({ refused: 'code-length', field: 'baseCode' })
  expect(await amend('000100000017')).toHaveProperty('done')
  await t.done(await t.as('xiang'), 'coding', 'change', { ...rule, codeShortest: 16 }, 'coding')
  expect(await list('11220500NEW00001')).toHaveProperty('done')
})
