import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fenOf, yuan, yuanInput } from './money.ts'

test('what is shown in an input is read back to the fen', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e14 }), (fen) => fenOf(yuanInput(fen)) === fen))
})

test('thousands may be set apart; what is no amount is none', () => {
  expect(fenOf('1,234.5')).toBe(123_450)
  expect(fenOf(' 42 ')).toBe(4200)
  expect(fenOf('１，２３４．５')).toBe(123_450)
  for (const wrong of ['', '-1', '1.234', '1,23', '12,345,6', '1e3', '一万', '0x10', '1 000'])
    expect(fenOf(wrong)).toBeUndefined()
})

test('it is read with its unit', () => {
  expect(yuan(18_600_050, 'zh-CN')).toBe('186,000.50 元')
  expect(yuan(5, 'en')).toBe('¥0.05')
})
