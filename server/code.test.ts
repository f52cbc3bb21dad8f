import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalCode, freshCode, hashOfCode } from './code.ts'

test('a code is read back however a person types it', () => {
  const code = freshCode()
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/)
  const typed = [
    code.toLowerCase(),
    ` ${code} `,
    code.replaceAll('-', ''),
    code.replaceAll('-', ' '),
    code.replaceAll('-', '—'),
    code.replaceAll('0', 'o').replaceAll('1', 'l'),
    code.replaceAll('1', 'I'),
    [...code].map((sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0)).join(''),
  ]
  for (const one of typed) expect(canonicalCode(one), one).toBe(code)
  expect(new Set(typed.map(hashOfCode))).toEqual(new Set([hashOfCode(code)]))
})

test('what is no code of ours stays as it was typed, and never throws', () => {
  expect(canonicalCode(' not-a-code ')).toBe('not-a-code')
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(canonicalCode(canonicalCode(text))).toBe(canonicalCode(text))
    }),
  )
})

test('codes do not repeat, and use every sign', () => {
  const codes = Array.from({ length: 2_000 }, freshCode)
  expect(new Set(codes).size).toBe(codes.length)
  expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32)
})
