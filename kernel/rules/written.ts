// Expressions as they are put together out of others: a choice is lifted out of what is reckoned with it, and what is certain is said shortly.
import { unknownOf, type Dictionary } from './dictionary.ts'
import { LONGEST, parse, partsOf, type Node } from './expression.ts'
import { reckonValue } from './judge.ts'
import { typeFlaws } from './typed.ts'

export type Written = {
  readonly text: string
  /** It may stand anywhere without brackets. */
  readonly tight: boolean
  readonly choice?: { readonly test: Written; readonly yes: Written; readonly no: Written }
  readonly links?: { readonly by: 'and' | 'or'; readonly all: readonly Written[] }
}

/** As many ways through the choices of one expression as are gone through. */
const MOST_WAYS = 2_000

export type Writing = ReturnType<typeof writing>

/** Over the facts of the dictionary; `tooLong` throws. */
export function writing(dictionary: Dictionary, tooLong: () => never) {
  const facts = unknownOf(dictionary)
  const flags = new Map<string, boolean>()

  function plain(text: string, tight = false): Written {
    return text.length > LONGEST ? tooLong() : { text, tight }
  }

  /** `if`, where what is neither true nor false is like false: shorter where that comes to the same. */
  function choice(test: Written, yes: Written, no: Written): Written {
    if (test.text === 'true') return yes
    if (test.text === 'false' || test.text === 'null' || yes.text === no.text) return no
    if (no.choice?.yes.text === yes.text) return choice(joined('or', [test, no.choice.test]), yes, no.choice.no)
    if (isFlag(test)) {
      if (yes.text === 'true' && isFlag(no)) return joined('or', [test, no])
      if (yes.text === 'false' && isFlag(no)) return joined('and', [denied(test), no])
      if (no.text === 'false' && isFlag(yes)) return joined('and', [test, yes])
      if (no.text === 'true' && isFlag(yes)) return joined('or', [denied(test), yes])
    }
    const asked = test.choice ? bracketed(test) : test.text
    return { ...plain(`if ${asked} then ${yes.text} else ${no.text}`), choice: { test, yes, no } }
  }

  /** Of tests, in which what is true or false anyhow is left out, and what is said twice is said once. */
  function joined(by: 'and' | 'or', tests: readonly Written[]): Written {
    const [absorbing, idle] = by === 'and' ? ['false', 'true'] : ['true', 'false']
    const links = tests.flatMap((one) => (one.links?.by === by ? one.links.all : [one]))
    const all = [...new Map(links.map((one) => [one.text, one])).values()].filter(({ text }) => text !== idle)
    const absorbs = all.find(({ text }) => text === absorbing)
    if (absorbs || all.length < 2) return absorbs ?? all[0] ?? plain(idle!, true)
    return { ...plain(all.map(linked).join(` ${by} `)), links: { by, all } }
  }

  function linked(one: Written): string {
    const read = parse(one.text, facts)
    return !('refused' in read) && read.root.kind === 'compare' ? one.text : bracketed(one)
  }

  /** True where it is not true. */
  function denied(test: Written): Written {
    if (test.text === 'true' || test.text === 'false') return plain(test.text === 'true' ? 'false' : 'true', true)
    return isFlag(test) ? plain(`not(${test.text})`, true) : choice(test, plain('false', true), plain('true', true))
  }

  /** What is made of parts, for each way through their choices: the choices come first. A test that was asked is not asked again. */
  function spread(
    parts: readonly Written[],
    make: (parts: readonly Written[]) => Written,
    asked: ReadonlyMap<string, boolean> = new Map(),
    budget = { left: MOST_WAYS },
  ): Written {
    const at = parts.findIndex((one) => one.choice)
    if (at === -1) return budget.left-- > 0 ? make(parts) : tooLong()
    const { test, yes, no } = parts[at]!.choice!
    const going = (way: boolean) =>
      spread(parts.with(at, way ? yes : no), make, new Map(asked).set(test.text, way), budget)
    const answer = asked.get(test.text)
    return answer === undefined ? choice(test, going(true), going(false)) : going(answer)
  }

  /** What reads no fact is worked out. */
  function folded(text: string): Written {
    const read = parse(text, facts)
    if ('refused' in read || read.names.length > 0) return plain(text)
    const { value } = reckonValue(read, {})
    const isShort = typeof value === 'boolean' || value === null || Number.isSafeInteger(value)
    return isShort ? plain(String(value), !String(value).startsWith('-')) : plain(text)
  }

  /** It is true or false as soon as its facts are known. */
  function isFlag({ text }: Written): boolean {
    const is = flags.get(text) ?? isSure(text, 'flag')
    flags.set(text, is)
    return is
  }

  /** It has a value as soon as its facts are known, being of the types that the dictionary gives them. */
  function isSure(text: string, as?: 'flag'): boolean {
    const read = parse(text, facts)
    return !('refused' in read) && isCertain(read.root) && typeFlaws(read, dictionary, as).length === 0
  }

  return { plain, choice, joined, denied, spread, folded, isFlag, isSure }
}

export function bracketed({ text, tight }: Written): string {
  return tight ? text : `(${text})`
}

/** No division, which may be by nought, nothing that the reference answers, and no null. */
function isCertain(node: Node): boolean {
  switch (node.kind) {
    case 'value':
      return node.value !== null
    case 'date':
    case 'if':
    case 'refer':
      return false
    default:
      return !(node.kind === 'arithmetic' && node.op === '/') && partsOf(node).every(isCertain)
  }
}
