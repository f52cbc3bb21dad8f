import { describe, expect, it } from 'vitest'
import { checkUscc, entityKindOf, makeUscc, usccSymbols } from './uscc.ts'

const KNOWN = ['9131000063159284XQ', '9144030071526726XG', '914403001922038216', '91330100799655058B']

describe('the unified social credit code', () => {
  it.each(KNOWN)('passes %s', (code) => {
    expect(checkUscc(code)).toEqual({ form: 'valid', normal: code })
    expect(makeUscc(code.slice(0, 17))).toBe(code)
  })

  it('computes the check character of 91350100M000100Y4 as 3', () => {
    expect(makeUscc('91350100M000100Y4')).toBe('91350100M000100Y43')
  })

  it.each(['91350211M0000XUF46', '91350100M0001TGQXM'])(
    'warns of %s, says which character it expects, and keeps it',
    (code) => {
      const { form, normal, expected } = checkUscc(code)
      expect(form).toBe('wrong-check')
      expect(normal).toBe(code)
      expect(checkUscc(code.slice(0, 17) + expected).form).toBe('valid')
    },
  )

  it('tells the kind of market entity, also where it was mistyped or fails the check', () => {
    const kind = (first: string) => entityKindOf(makeUscc(`${first}220502MA0000001`))
    expect([kind('91'), kind('92'), kind('93')]).toEqual(['企业', '个体工商户', '农民专业合作社'])
    // An association, an institution, and whatever else the market regulator keeps.
    expect([kind('51'), kind('12'), kind('99'), kind('N2')]).toEqual(['其他', '其他', '其他', '其他'])
    expect(entityKindOf(' 92350211-M0000XUF46 ')).toBe('个体工商户')
    expect(['', '9222', '220502000000001'].map(entityKindOf)).toEqual([undefined, undefined, undefined])
  })

  it('writes 0 where the remainder is 0', () => {
    const ends = new Set<string>()
    for (const symbol of usccSymbols) ends.add(makeUscc(`9122050200000000${symbol}`).at(-1)!)
    expect([...ends].sort()).toEqual([...usccSymbols])
  })

  it.each([
    ['full-width', '９１３１００００６３１５９２８４ＸＱ'],
    ['lower case', '9131000063159284xq'],
    ['blanks', ' 9131 0000 6315 9284 XQ\t'],
    ['wide blanks and hyphens', '91310000　63159284-XQ'],
    ['invisible marks', '\uFEFF91310000\u200B63159284XQ'],
  ])('reads %s', (_, code) => {
    expect(checkUscc(code)).toEqual({ form: 'valid', normal: '9131000063159284XQ' })
  })

  it.each([
    '',
    '9131000063159284X',
    '9131000063159284XQ0',
    '9131000O63159284XQ',
    '91310000631592I4XQ',
    '无',
    '𠮷'.repeat(18),
    '😀',
    '91310000A3159284XQX',
  ])('calls %j wrong in form and gives it back', (code) => {
    const answer = checkUscc(code)
    expect(answer.form).toBe('wrong-form')
    expect(answer.expected).toBeUndefined()
  })

  it('finds every single substitution', () => {
    let seen = 0
    for (const code of KNOWN)
      for (let place = 0; place < 18; place++)
        for (const symbol of usccSymbols) {
          if (symbol === code[place]) continue
          seen++
          expect(checkUscc(code.slice(0, place) + symbol + code.slice(place + 1)).form).not.toBe('valid')
        }
    expect(seen).toBe(KNOWN.length * 18 * 30)
  })

  it('finds every adjacent transposition, for every pair of symbols at every place', () => {
    const bodies = ['9122050200000000', '91220502MA17ABCD']
    for (const body of bodies)
      for (const a of usccSymbols)
        for (const b of usccSymbols) {
          if (a === b) continue
          for (let place = 8; place < 16; place++) {
            const code = makeUscc(body.slice(0, place) + a + b + body.slice(place + 1, 16))
            const swapped = code.slice(0, place) + b + a + code.slice(place + 2)
            if (checkUscc(swapped).form === 'valid') expect.fail(`${code} and ${swapped} both pass`)
          }
        }
    for (const code of KNOWN)
      for (let place = 0; place < 17; place++) {
        if (code[place] === code[place + 1]) continue
        const swapped = code.slice(0, place) + code[place + 1] + code[place] + code.slice(place + 2)
        expect(checkUscc(swapped).form).not.toBe('valid')
      }
  })

  it.each(['', '9122050200000000', '91220502O00000000', '912205020000000000'])('does not complete %j', (first17) => {
    expect(() => makeUscc(first17)).toThrow(RangeError)
  })
})
