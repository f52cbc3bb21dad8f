// Whether an expression speaks of facts that there are, and compares like with like: types, units, words that may be.
import { factIn, nearestName, type Dictionary } from './dictionary.ts'
import { partsOf, type Expression, type Node } from './expression.ts'
import type { Flaw } from './flaw.ts'
import { isLike, measuredIn, product, scaled, shared, type Measure, type Measured } from './measure.ts'

/** `date` is a day that has been read, `day` the text of one; `any`: it cannot be told. */
type Type = 'number' | 'text' | 'flag' | 'day' | 'date' | 'any'
type Found = { readonly type: Type; readonly measured: Measured }

const ANY: Found = { type: 'any', measured: 'any' }
const FLAG: Found = { type: 'flag', measured: 'any' }

/**
 * `as`: what the whole has to come to, when that is known. An amount that comes to money told in something else than it is paid in is
 * wrong; one that comes to people is not, for what each of them gets is a number that is written down.
 */
export function typeFlaws(
  { root }: Expression,
  dictionary: Dictionary,
  as?: 'flag' | { readonly paidIn: Measure },
): readonly Flaw[] {
  const flaws: Flaw[] = []

  function look(node: Node): Found {
    switch (node.kind) {
      case 'value':
        return typeof node.value === 'number'
          ? { type: 'number', measured: 'any' }
          : typeof node.value === 'string'
            ? { type: 'text', measured: 'any' }
            : node.value === null
              ? ANY
              : FLAG
      case 'fact':
        return named(node.name, node)
      case 'refer':
        for (const name of node.names) named(name, node)
        return ANY
      case 'date':
        if (node.of.kind !== 'value') expect(node.of, look(node.of), 'day')
        return { type: 'date', measured: 'any' }
      case 'arithmetic':
        return reckoned(node)
      case 'compare':
        compared(node.left, [node.right], node.op !== '=' && node.op !== '!=')
        return FLAG
      case 'between':
        compared(node.value, [node.low, node.high], true)
        return FLAG
      case 'in': {
        const isOrdered = node.tests.some(
          (test) => test.kind === 'range' || (test.kind === 'sign' && test.op !== '=' && test.op !== '!='),
        )
        compared(node.value, partsOf(node).slice(1), isOrdered)
        return FLAG
      }
      case 'and':
      case 'or':
        for (const one of node.all) expect(one, look(one), 'flag')
        return FLAG
      case 'not':
        expect(node.of, look(node.of), 'flag')
        return FLAG
      case 'if': {
        expect(node.test, look(node.test), 'flag')
        const [yes, no] = [look(node.yes), look(node.no)]
        return yes.type === no.type ? { type: yes.type, measured: shared(yes.measured, no.measured) } : ANY
      }
    }
  }

  function named(name: string, { from, to }: Node): Found {
    const fact = factIn(dictionary, name)
    if (fact) return { type: fact.type, measured: fact.type === 'number' ? measuredIn(fact.measure) : 'any' }
    const like = nearestName(name, dictionary)
    flaws.push({ code: 'name-unknown', from, to, name, ...(like !== undefined && { like }) })
    return ANY
  }

  function expect({ from, to }: Node, { type }: Found, needs: Type): void {
    if (type !== 'any' && type !== needs) flaws.push({ code: 'type-differs', from, to, is: type, needs })
  }

  function reckoned(node: Extract<Node, { kind: 'arithmetic' }>): Found {
    const { op, left, right } = node
    const [a, b] = [look(left), look(right)]
    if (op === '+' && a.type === 'text' && b.type === 'text') return { type: 'text', measured: 'any' }
    expect(left, a, 'number')
    expect(right, b, 'number')
    return { type: 'number', measured: measured() }

    function measured(): Measured {
      if (op === '+' || op === '-') return agreed(node, a.measured, b.measured)
      if (right.kind === 'value' && typeof right.value === 'number')
        return scaled(a.measured, op === '*' ? right.value : 1 / right.value)
      if (op === '*' && left.kind === 'value' && typeof left.value === 'number') return scaled(b.measured, left.value)
      return product(a.measured, b.measured, op === '*' ? 1 : -1)
    }
  }

  function agreed({ from, to }: Node, one: Measured, other: Measured): Measured {
    const both = shared(one, other)
    if (both === 'any' || one === 'any' || other === 'any' || both.size > 0) return both
    flaws.push({ code: 'unit-differs', from, to, is: [...other][0] ?? '', needs: [...one][0] ?? '' })
    return 'any'
  }

  function compared(value: Node, others: readonly Node[], isOrdered: boolean): void {
    const found = look(value)
    if (isOrdered && found.type === 'flag') expect(value, found, 'number')
    for (const other of others) {
      const against = look(other)
      if (isSame(found.type, against.type)) agreed(other, found.measured, against.measured)
      else if (found.type !== 'any') expect(other, against, found.type)
      allowed(value, other)
      allowed(other, value)
    }
  }

  /** The text of a day is compared with another as it is. */
  function isSame(one: Type, other: Type): boolean {
    const isDay = (type: Type) => type === 'text' || type === 'day'
    return one === other || (isDay(one) && isDay(other))
  }

  function allowed(fact: Node, word: Node): void {
    if (fact.kind !== 'fact' || word.kind !== 'value' || typeof word.value !== 'string') return
    const words = factIn(dictionary, fact.name)?.allowed
    if (words && !words.includes(word.value))
      flaws.push({ code: 'word-not-allowed', from: word.from, to: word.to, name: fact.name, word: word.value })
  }

  const found = look(root)
  if (as === 'flag') expect(root, found, as)
  else if (as) {
    expect(root, found, 'number')
    const { paidIn } = as
    if (
      found.measured !== 'any' &&
      !found.measured.has(paidIn) &&
      [...found.measured].every((one) => isLike(one, paidIn))
    )
      flaws.push({
        code: 'unit-differs',
        from: root.from,
        to: root.to,
        is: [...found.measured][0] ?? '',
        needs: paidIn,
      })
  }
  return flaws
}
