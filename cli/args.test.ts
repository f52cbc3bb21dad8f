// What is unknown, surplus or incomplete on a command line is refused, with the nearest right word and the usage.
import { describe, expect, test } from 'vitest'
import * as domains from '../domains/index.ts'
import { registry } from '../kernel/domain.ts'
import { given, Misuse, type Takes } from './args.ts'
import { langOf, refusalWords } from './words.ts'

const takes: Takes = {
  usage: 'figure ID [--as-of DATE] [--pause DAY]… [--check]',
  words: ['ID'],
  flags: { 'as-of': { value: 'DATE' }, pause: { value: 'DAY', many: true }, check: {} },
}
const wrong = (args: readonly string[], lang: 'zh-CN' | 'en') => {
  try {
    given('figure', takes, args, lang)
  } catch (error) {
    if (error instanceof Misuse) return error.message
    throw error
  }
  return 'accepted'
}

describe('a command line', () => {
  test('is read in any order, with values after a space or a sign', () => {
    const read = given(
      'figure',
      takes,
      ['--pause', 'a', 'F01', '--check', '--pause=--b', '--json', '--as-of=x=y'],
      'en',
    )
    expect(read.words).toEqual(['F01'])
    expect([...read.flags]).toEqual([
      ['pause', ['a', '--b']],
      ['check', ['']],
      ['json', ['']],
      ['as-of', ['x=y']],
    ])
  })

  test.each([
    [['F01', '--as-off', 'x'], /没有 --as-off 这个选项，是否指 --as-of？/, /no flag --as-off. Did you mean --as-of\?/],
    [['F01', '--colour'], /没有 --colour 这个选项。\n可用的选项：--as-of/, /no flag --colour\.\nThere are: --as-of/],
    [['F01', '-check'], /没有 -check 这个选项，是否指 --check？/, /Did you mean --check/],
    [['F01', '--constructor'], /没有 --constructor/, /no flag --constructor/],
    [['F01', 'F02'], /多了“F02”/, /“F02” is surplus/],
    [[], /缺少 ID/, /ID is missing/],
    [['F01', '--as-of'], /--as-of 缺少值：后面应写 DATE/, /--as-of has no value: DATE must follow/],
    [['F01', '--as-of', '--check'], /--as-of 缺少值/, /--as-of has no value/],
    [['F01', '--as-of='], /--as-of 缺少值/, /--as-of has no value/],
    [['F01', '--check=yes'], /--check 后面不写值/, /--check takes no value/],
    [['F01', '--as-of', 'a', '--as-of', 'b'], /--as-of 只能写一次/, /--as-of may be given only once/],
  ])('%j is refused in either language, with the usage', (args, zh, en) => {
    expect(wrong(args, 'zh-CN')).toMatch(zh)
    expect(wrong(args, 'zh-CN')).toContain(`用法：npm run -s liangjian -- ${takes.usage}`)
    expect(wrong(args, 'en')).toMatch(en)
    expect(wrong(args, 'en')).toContain(`Usage: npm run -s liangjian -- ${takes.usage}`)
  })
})

test('the terminal says which language', () => {
  expect(langOf({})).toBe('zh-CN')
  expect(langOf({ LANG: 'C.UTF-8' })).toBe('zh-CN')
  expect(langOf({ LANG: 'en_US.UTF-8' })).toBe('en')
  expect(langOf({ LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' })).toBe('zh-CN')
  expect(langOf({ LANG: 'zh_CN.UTF-8', LC_ALL: 'en_GB' })).toBe('en')
})

test('a refusal is told with its code, its field and the way out', () => {
  const known = registry(Object.values(domains))
  const say = (answer: { refused: string }, lang: 'zh-CN' | 'en' = 'zh-CN', as = false) =>
    refusalWords(known, answer, lang, as).join('\n')
  const kind = 'appeal'
  const asks = { refused: 'unknown-command', kind, command: 'rase', known: ['raise', 'rate'] }
  expect(say(asks)).toMatch(/（unknown-command）：appeal 没有 rase 这个操作。\n {2}是否指 raise？/)
  const fields = [{ field: 'title', problem: 'wrong-type', about: { expected: 'string' } }]
  expect(say({ refused: 'invalid-input', kind, fields } as never)).toMatch(/\n {2}title：标题的格式不对，应为文字。/)
  expect(say({ refused: 'invalid-input', kind, fields } as never, 'en')).toMatch(/title: Title is .* should be text\./)
  expect(say({ refused: 'not-permitted', kind } as never)).toMatch(/--as 人员编号/)
  expect(say({ refused: 'not-permitted', kind } as never, 'en', true)).toMatch(/Name somebody who holds the post/)
  expect(say({ refused: 'no-such-date', field: 'as-of' } as never)).toMatch(/今天或今天以前[\s\S]*--as-of/)
  expect(say({ refused: 'sheet-refused', detail: '表头不对。' } as never)).toBe('没有办理（sheet-refused）：表头不对。')
})
