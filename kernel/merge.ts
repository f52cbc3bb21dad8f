// Several items under one form (国发〔2024〕3号: one form, one set of materials): each field asked once, no paper asked for that
// one of the items produces, and which of them must wait for which.

/** What an item asks for and what comes of it, by the codes of the dictionaries that all items share. */
export type Part = {
  readonly code: string
  readonly fields: readonly string[]
  readonly materials: readonly string[]
  /** The papers that are its result. */
  readonly produces: readonly string[]
}

export type Merged = {
  /** Every field that an item asks for, once, sorted. */
  readonly fields: readonly string[]
  /** Every paper that an item asks for and none of them produces, once, sorted. */
  readonly materials: readonly string[]
  /** The items that may run together, those that wait for nothing first; each after all that produce a paper which it needs. */
  readonly order: readonly (readonly string[])[]
}

/** Each item on the path needs a paper that the next one produces; the last is the first again. The path is as short as can be. */
export type Cycle = { readonly refused: 'cycle'; readonly path: readonly string[] }

/**
 * The items as one. A code that comes twice counts once. An item that needs what nobody but itself produces waits for itself: a
 * cycle; what others produce as well, it has from them.
 */
export function merge(parts: readonly Part[]): Merged | Cycle {
  const items = new Map(parts.map((part) => [part.code, part]))
  const producers = new Map<string, string[]>()
  for (const { code, produces } of items.values())
    for (const paper of new Set(produces)) producers.set(paper, [...(producers.get(paper) ?? []), code])
  const awaited = new Map(
    [...items.values()].map(({ code, materials }) => [
      code,
      new Set(
        materials.flatMap((paper) => {
          const all = producers.get(paper) ?? []
          return all.length === 1 ? all : all.filter((one) => one !== code)
        }),
      ),
    ]),
  )
  const order = layersOf(awaited)
  if (order === undefined) return { refused: 'cycle', path: shortestCycle(awaited) }
  return {
    fields: sorted([...items.values()].flatMap(({ fields }) => fields)),
    materials: sorted([...items.values()].flatMap(({ materials }) => materials)).filter(
      (paper) => !producers.has(paper),
    ),
    order,
  }
}

type Awaited = ReadonlyMap<string, ReadonlySet<string>>

/** Those that wait for nothing, then those that wait for them alone, and so on; undefined when some wait for each other. */
function layersOf(awaited: Awaited): string[][] | undefined {
  const waiting = new Map([...awaited].map(([code, before]) => [code, before.size]))
  const behind = new Map<string, string[]>()
  for (const [code, before] of awaited) for (const one of before) behind.set(one, [...(behind.get(one) ?? []), code])
  const layers: string[][] = []
  let next = [...awaited.keys()].filter((code) => waiting.get(code) === 0)
  while (next.length > 0) {
    layers.push(next.toSorted(byCode))
    const freed: string[] = []
    for (const code of next)
      for (const one of behind.get(code) ?? []) {
        const left = waiting.get(one)! - 1
        waiting.set(one, left)
        if (left === 0) freed.push(one)
      }
    next = freed
  }
  return layers.flat().length === awaited.size ? layers : undefined
}

/** The shortest way from an item back to itself; of several the one that begins with the least code. There must be one. */
function shortestCycle(awaited: Awaited): readonly string[] {
  let shortest: readonly string[] = []
  for (const start of [...awaited.keys()].toSorted(byCode)) {
    const path = wayBack(start, awaited)
    if (path && (shortest.length === 0 || path.length < shortest.length)) shortest = path
  }
  return shortest
}

function wayBack(start: string, awaited: Awaited): readonly string[] | undefined {
  const cameFrom = new Map<string, string>()
  let at = [start]
  while (at.length > 0) {
    const reached: string[] = []
    for (const code of at)
      for (const one of [...awaited.get(code)!].toSorted(byCode)) {
        if (one === start) {
          const path = [code]
          while (path[0] !== start) path.unshift(cameFrom.get(path[0]!)!)
          return [...path, start]
        }
        if (cameFrom.has(one)) continue
        cameFrom.set(one, code)
        reached.push(one)
      }
    at = reached
  }
  return undefined
}

/** Codes compare by their signs, the same everywhere. */
function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function sorted(codes: readonly string[]): string[] {
  return [...new Set(codes)].toSorted(byCode)
}

export type MergeRefusal = {
  readonly refused: 'not-an-object' | 'unknown-member' | 'not-a-list' | 'not-a-code' | 'code-again'
  readonly field: string
}

const LISTS = ['fields', 'materials', 'produces'] as const
/** What a question and each of its items may hold; by `id` and `note` whoever wrote it finds it again. */
const QUESTION: readonly string[] = ['items', 'id', 'note']
const ITEM: readonly string[] = ['code', ...LISTS]

/** Answers a question from outside: checks every part of it and says which field is wrong, and otherwise as `merge`. */
export function answerMerge(question: unknown): Merged | Cycle | MergeRefusal {
  if (!isObject(question)) return { refused: 'not-an-object', field: '' }
  const odd = Object.keys(question).find((member) => !QUESTION.includes(member))
  if (odd !== undefined) return { refused: 'unknown-member', field: odd }
  const { items } = question
  if (!Array.isArray(items)) return { refused: 'not-a-list', field: 'items' }
  const parts = new Map<string, Part>()
  for (const [place, item] of (items as unknown[]).entries()) {
    const at = `items[${place}]`
    const part = partOf(item, at)
    if ('refused' in part) return part
    const before = parts.get(part.code)
    if (before && !isSame(before, part)) return { refused: 'code-again', field: `${at}.code` }
    parts.set(part.code, part)
  }
  return merge([...parts.values()])
}

function partOf(item: unknown, at: string): Part | MergeRefusal {
  if (!isObject(item)) return { refused: 'not-an-object', field: at }
  const odd = Object.keys(item).find((member) => !ITEM.includes(member))
  if (odd !== undefined) return { refused: 'unknown-member', field: `${at}.${odd}` }
  if (!isCode(item['code'])) return { refused: 'not-a-code', field: `${at}.code` }
  const lists: Record<string, string[]> = {}
  for (const name of LISTS) {
    const list = item[name] ?? []
    if (!Array.isArray(list)) return { refused: 'not-a-list', field: `${at}.${name}` }
    const wrong = list.findIndex((code) => !isCode(code))
    if (wrong >= 0) return { refused: 'not-a-code', field: `${at}.${name}[${wrong}]` }
    lists[name] = list as string[]
  }
  const { fields, materials, produces } = lists
  return { code: item['code'], fields: fields!, materials: materials!, produces: produces! }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCode(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

/** Whether two items ask for the same and come to the same, in whatever order it is written. */
function isSame(one: Part, other: Part): boolean {
  return LISTS.every((name) => sorted(one[name]).join('\n') === sorted(other[name]).join('\n'))
}
