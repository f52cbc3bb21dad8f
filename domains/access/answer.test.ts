// What the list answers: barred, with a permit, or free; by which words; and never surer than it can be.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answer } from './answer.ts'
import { flawIn, isWhole, type Content, type Matter } from './content.ts'
import { editionOn, type Standing } from './list.ts'

const matter = (number: string, part: Matter['part'], matterName: string, more: Partial<Matter> = {}): Matter => ({
  matter: number,
  part,
  matterName,
  proof: 'official',
  ...more,
})

/** Invented: the shape of the list and no word of it. */
const list: Content = {
  number: '测试文号〔2025〕1号',
  name: '市场准入负面清单（测试）',
  issuers: ['测试机关'],
  from: '2025-04-24',
  total: 6,
  totalBarred: 2,
  source: '测试',
  matters: [
    matter('1', 'barred', '各行业一律不得从事的事'),
    matter('2', 'barred', '禁止违规开展新闻采编业务', { sectors: ['R'] }),
    matter('3', 'permit', '未获得许可，不得从事药品的生产、经营', { sectors: ['C', 'F'] }),
    matter('4', 'permit', '未获得许可，不得从事烟花爆竹的生产、经营', { sectors: ['C', 'F'], proof: 'copy' }),
    matter('5', 'permit', '未获得许可，不得从事互联网上网服务', { sectors: ['I'] }),
    matter('6', 'permit', '未获得许可，不得从事特定商品的生产', { sectors: ['C'], proof: 'memory' }),
  ],
  measures: [
    { matter: '3', measure: '第二类精神药品零售许可', authority: '测试部门' },
    { matter: '6', measure: '食盐定点生产企业资质' },
  ],
  prohibitions: [{ prohibition: '1', barred: '禁止加工、销售象牙及制品' }],
}
const ask = (words: string, content = list) => answer(content, { words })
const numbers = (words: string) => ask(words)?.found.map((one) => one.matter.matter)

describe('by words', () => {
  test('what stands in the name of a matter is firm: barred, or with a permit', () => {
    expect(ask('新闻采编')).toMatchObject({ verdict: 'barred', sure: 'firm', doubts: [] })
    expect(ask('药品')).toMatchObject({ verdict: 'permit', sure: 'firm', doubts: [] })
    expect(numbers('药品')).toEqual(['3'])
  })

  test('what people say before and after the thing is passed over', () => {
    expect(numbers('我想开一家药品经营业务')).toEqual(['3'])
    expect(numbers('请问能不能从事新闻采编吗')).toEqual(['2'])
  })

  test('several words must all be there, and the worst of them says how sure it is', () => {
    expect(ask('药品 零售')).toMatchObject({ verdict: 'permit', sure: 'likely', doubts: ['in-measures-only'] })
    expect(ask('药品 火箭')).toMatchObject({ verdict: 'free', found: [] })
  })

  test('the list’s word for what people say is found, and told', () => {
    expect(ask('开网吧')).toMatchObject({
      verdict: 'permit',
      sure: 'likely',
      called: ['互联网上网服务'],
      doubts: ['called-otherwise'],
    })
  })

  test('by the initials of its pinyin, or the whole of it', () => {
    expect(numbers('yhbz')).toEqual(['4'])
    expect(numbers('yanhuabaozhu')).toEqual(['4'])
  })

  test('what stands in measures only is likely at most, what stands there in pieces is weak', () => {
    expect(ask('精神药品零售')).toMatchObject({ verdict: 'permit', sure: 'likely', doubts: ['in-measures-only'] })
    expect(
      ask('食盐定点生产工厂', { ...list, matters: list.matters.map((one) => ({ ...one, proof: 'official' })) }),
    ).toMatchObject({
      verdict: 'permit',
      sure: 'weak',
      doubts: ['in-pieces'],
    })
  })

  test('a prohibition of the annex bars an act and not a trade: it is weak', () => {
    expect(ask('象牙')).toMatchObject({ verdict: 'barred', sure: 'weak', doubts: ['in-annex-only'] })
    expect(ask('象牙')!.annex).toHaveLength(1)
  })

  test('where some is barred and some permitted, it is a permit, and the bar is told', () => {
    expect(ask('不得从事')).toMatchObject({
      verdict: 'permit',
      doubts: expect.arrayContaining(['some-of-it-barred']) as unknown,
    })
  })
})

describe('how sure', () => {
  test('a text that was not compared with the official one is never firm', () => {
    expect(ask('烟花爆竹')).toMatchObject({ verdict: 'permit', sure: 'likely', doubts: ['not-compared'] })
    expect(ask('特定商品')).toMatchObject({ verdict: 'permit', sure: 'weak', doubts: ['not-compared'] })
  })

  test('nothing found is free, but words may miss; under a list that is not whole it proves nothing', () => {
    expect(ask('软件开发')).toMatchObject({ verdict: 'free', sure: 'likely', doubts: ['words-may-miss'] })
    const partly = { ...list, total: 106 }
    expect(isWhole(partly)).toBe(false)
    expect(ask('软件开发', partly)).toMatchObject({ sure: 'weak', doubts: ['words-may-miss', 'not-whole'] })
    expect(isWhole({ ...list, matters: list.matters.map((one) => ({ ...one, proof: 'outline' as const })) })).toBe(
      false,
    )
  })

  test('no words make the answer firm that it is free', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (words) => {
        const found = ask(words)
        return found === undefined || found.verdict !== 'free' || found.sure !== 'firm'
      }),
    )
  })

  test('any run of signs of a matter, two at least, finds it', () => {
    const runs = fc.constantFrom(...list.matters).chain((one) => {
      const signs = [...one.matterName].filter((sign) => /[\p{L}\p{N}]/u.test(sign))
      return fc
        .tuple(fc.nat(signs.length - 3), fc.integer({ min: 3, max: 8 }))
        .map(([from, n]) => ({ one, words: signs.slice(from, from + n).join('') }))
    })
    fc.assert(
      fc.property(runs, ({ one, words }) => ask(words)!.found.some(({ matter: found }) => found.matter === one.matter)),
    )
  })
})

describe('by industry', () => {
  test('the section finds what is permitted in it, weakly; what shares the industry’s name stands first', () => {
    const found = answer(list, { industry: { section: 'C', name: '医药制造业' } })
    expect(found).toMatchObject({ verdict: 'permit', sure: 'weak' })
    expect(found!.doubts).toContain('same-sector-only')
    expect(found!.found.map(({ matter: one }) => one.matter)).toEqual(['3', '4', '6'])
  })

  test('an industry whose section stands nowhere is free', () => {
    expect(answer(list, { industry: { section: 'H', name: '餐饮业' } })).toMatchObject({
      verdict: 'free',
      sure: 'likely',
    })
  })

  test('words decide where both are given', () => {
    expect(answer(list, { words: '药品', industry: { section: 'H', name: '餐饮业' } })!.found).toHaveLength(1)
  })
})

test('nothing, or a single sign, is no question', () => {
  for (const words of ['', '  ', '药', '，。']) expect(ask(words)).toBeUndefined()
})

describe('an edition', () => {
  test('with a number twice, a measure of no matter, or more than it declares, is told where', () => {
    const [first, ...others] = list.matters
    expect(flawIn(list)).toBeUndefined()
    expect(flawIn({ ...list, matters: [first!, ...others, first!], total: 9 })).toMatchObject({
      refused: 'matter-twice',
      field: 'matters.6.matter',
    })
    expect(flawIn({ ...list, measures: [{ matter: '99', measure: '许可' }] })).toMatchObject({
      refused: 'measure-of-none',
      field: 'measures.0.matter',
    })
    expect(flawIn({ ...list, total: 5 })).toMatchObject({ refused: 'more-than-declared', field: 'total' })
    expect(flawIn({ ...list, totalBarred: 1 })).toMatchObject({ refused: 'more-than-declared', field: 'totalBarred' })
    const twice = [...list.prohibitions, ...list.prohibitions]
    expect(flawIn({ ...list, prohibitions: twice })).toMatchObject({ refused: 'prohibition-twice' })
  })

  test('holds from its day until the next; a withdrawn one leaves its days without an answer', () => {
    const kept: Standing = {
      phase: 'kept',
      items: {},
      editions: [
        { edition: 'a', number: 'A', from: '2022-03-12' },
        { edition: 'b', number: 'B', from: '2025-04-24' },
      ],
    }
    expect(['2022-03-11', '2022-03-12', '2025-04-23', '2025-04-24'].map((day) => editionOn(kept, day))).toEqual([
      undefined,
      'a',
      'a',
      'b',
    ])
    const [a, b] = kept.editions as [(typeof kept.editions)[number], (typeof kept.editions)[number]]
    expect(editionOn({ ...kept, editions: [a, { ...b, withdrawn: true }] }, '2026-01-01')).toBeUndefined()
    expect(editionOn(undefined, '2026-01-01')).toBeUndefined()
  })
})
