// Looks for one case in which something comes about, without going through all: a branch that is decided is not entered.
import { unitsIn, type Shape } from './cases.ts'
import { outcomeOf, type Outcome, type Unit } from './unit.ts'
import { chosen, join, not, type Value } from './value.ts'

/** The case of each unit that had to be chosen; of the others it does not matter. */
export type Case = ReadonlyMap<Unit, number>

/** Answers of clauses that are looked at. */
const MOST = 500_000

const VALUES = [false, null, true] as const

/**
 * A case of which `decide` says that it is one. It is told what each shape comes to, undefined while that is open, and says undefined
 * while it cannot tell. `none` is certain. What is found may be impossible where units share a fact.
 */
export function findCase(
  shapes: readonly Shape[],
  decide: (outcomes: readonly (Outcome | undefined)[]) => boolean | undefined,
): Case | 'none' | 'too-many' {
  const units = [...new Set(shapes.flatMap((shape) => [...unitsIn(shape)]))].toSorted(
    (a, b) => b.leaves.length - a.leaves.length,
  )
  const at = new Map<Unit, number>()
  const size = shapes.reduce((sum, shape) => sum + sizeOf(shape), 1)
  let looked = 0

  const look = (place: number): Case | 'none' | 'too-many' => {
    looked += size
    if (looked > MOST) return 'too-many'
    const decided = decide(shapes.map((shape) => partlyIn(shape, at)))
    if (decided !== undefined) return decided ? new Map(at) : 'none'
    const unit = units[place]
    if (unit === undefined) return 'none'
    for (let one = 0; one < unit.cases; one++) {
      at.set(unit, one)
      const found = look(place + 1)
      if (found !== 'none') return found
    }
    at.delete(unit)
    return 'none'
  }
  return look(0)
}

function sizeOf(shape: Shape): number {
  return 'parts' in shape ? shape.parts.reduce((sum, part) => sum + sizeOf(part), 1) : 1
}

function partlyIn(shape: Shape, at: Case): Outcome | undefined {
  const value = valueIn(shape, at)
  return value === undefined ? undefined : outcomeOf(value)
}

function valueIn(shape: Shape, at: Case): Value {
  switch (shape.kind) {
    case 'known':
      return VALUES[shape.outcome]
    case 'leaf': {
      const { unit, outcomes } = shape.leaf
      const chosenCase = at.get(unit)
      if (chosenCase !== undefined) return VALUES[outcomes[chosenCase]!]
      return outcomes.every((outcome) => outcome === outcomes[0]) ? VALUES[outcomes[0]!] : undefined
    }
    case 'not':
      return not(valueIn(shape.parts[0]!, at))
    case 'if': {
      const [test, yes, no] = shape.parts.map((part) => valueIn(part, at))
      return chosen(test, yes, no)
    }
    default:
      return shape.parts
        .map((part) => valueIn(part, at))
        .reduce((a, b) => join(a, b, shape.kind === 'or'), shape.kind === 'and')
  }
}
