// What is left of personal data for those who need not know it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { masked, maskedIn } from './view.ts'

test.each([
  ['13900001234', '139****34'],
  ['0435-3911234', '043****34'],
  ['+86 139 0000 1234', '+86****34'],
  ['110', '1**'],
  ['8391123', '8**'],
  ['王', '王**'],
  ['王芳', '王**'],
  ['欧阳娜娜', '欧**'],
  ['阿布都热合曼·买买提', '阿**'],
  [' 李 ', '李**'],
  ['王经理13900001234', '王**'],
  ['', '**'],
])('%s is told as %s', (value, told) => {
  expect(masked(value)).toBe(told)
})

test('what is told never holds more than the first sign of a name, nor more than five of a number', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 2 }), (name) => {
      const left = [...masked(name).replaceAll('*', '')]
      const given = [...name.trim()]
      const number = /^[+\d][\d -]+$/.test(name.trim())
      expect(left.length).toBeLessThanOrEqual(number ? 5 : 1)
      if (number) expect(given.length - left.length).toBeGreaterThanOrEqual(Math.min(3, given.length - 1))
    }),
  )
})

test('what lists hold is masked where it is personal, and nothing else of them', () => {
  const personal = new Set(['value', 'phones'])
  const facts = {
    title: '王芳',
    answers: [
      { name: '负责人', value: '王芳' },
      { name: '电话', value: '13900001234' },
    ],
    deep: { inner: [{ value: '李某', phones: ['13900001234'] }] },
    count: 3,
    none: null,
  }
  expect(maskedIn(facts, personal)).toEqual({
    ...facts,
    answers: [
      { name: '负责人', value: '王**' },
      { name: '电话', value: '139****34' },
    ],
    deep: { inner: [{ value: '李**', phones: ['139****34'] }] },
  })
})
