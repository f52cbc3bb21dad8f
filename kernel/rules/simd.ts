// The machine in WebAssembly: columns are compared as fast as memory brings them, sixteen bytes at a time.
import { again, againIf, choose, get, i32, leave, loop, moduleOf, set, v128, type Code, type Func } from './assemble.ts'
import { ANSWER, BLOCK, type Machine } from './machine.ts'

const PAGE = 65_536
const HALF = ANSWER / 2

/** Nothing where there is no WebAssembly, or none with vectors. */
export function simdMachine(bytes: number): Machine | undefined {
  const module = compiled()
  if (!module) return undefined
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) })
  const { exports } = new WebAssembly.Instance(module, { memory: { memory } })
  return { ...(exports as unknown as Omit<Machine, 'memory'>), memory: memory.buffer }
}

let once: { readonly module: WebAssembly.Module | undefined } | undefined

function compiled(): WebAssembly.Module | undefined {
  if (!once) {
    const bytes = moduleOf([wholeAtLeast, numberAtLeast, codeAmong, run])
    const has = typeof WebAssembly === 'object' && WebAssembly.validate(bytes)
    once = { module: has ? new WebAssembly.Module(bytes) : undefined }
  }
  return once.module
}

/** The variables of a comparison: what it takes, then its own. */
const [COLUMN, KNOWN, ANSWERS, BOUND, FLIP, SPREAD, BITS, HAS, END, SECOND] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]

/**
 * Thirty-two rows in each round. `sixteen` makes sixteen bits of as many rows, the first of which lies `offset` bytes on; a row has
 * `width` bytes; `first` is done once.
 */
function comparison(
  name: string,
  bound: 'i32' | 'f64',
  width: number,
  first: Code,
  sixteen: (offset: number) => Code,
): Func {
  const stepBy = (variable: number, bytes: number) => set(variable, i32.add(get(variable), i32.of(bytes)))
  const bits = i32.or(sixteen(0), i32.shl(sixteen(16 * width), i32.of(16)))
  return {
    name,
    takes: ['i32', 'i32', 'i32', bound, 'i32'],
    holds: ['v128', 'i32', 'i32', 'i32', 'v128'],
    body: [
      first,
      set(END, i32.add(get(KNOWN), i32.of(BLOCK / 8))),
      loop(
        set(BITS, i32.xor(bits, get(FLIP))),
        set(HAS, i32.load(get(KNOWN))),
        i32.store(get(ANSWERS), i32.and(get(BITS), get(HAS))),
        i32.store(get(ANSWERS), i32.or(get(BITS), i32.xor(get(HAS), i32.of(-1))), HALF),
        stepBy(COLUMN, 32 * width),
        stepBy(ANSWERS, 4),
        stepBy(KNOWN, 4),
        againIf(0, i32.differs(get(KNOWN), get(END))),
      ),
    ],
  }
}

const wholeAtLeast: Func = (() => {
  const four = (offset: number) => v128.atLeastI32(v128.load(get(COLUMN), offset), get(SPREAD))
  const eight = (offset: number) => v128.narrowI32(four(offset), four(offset + 16))
  return comparison('wholeAtLeast', 'i32', 4, set(SPREAD, v128.splatI32(get(BOUND))), (offset) =>
    v128.bits(v128.narrowI16(eight(offset), eight(offset + 32))),
  )
})()

/** Of the answers to two pairs of doubles the lower halves, so that they stand like those to four whole numbers. */
const LOWER = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]

const numberAtLeast: Func = (() => {
  const two = (offset: number) => v128.atLeastF64(v128.load(get(COLUMN), offset), get(SPREAD))
  const four = (offset: number) => v128.shuffle(two(offset), two(offset + 16), LOWER)
  const eight = (offset: number) => v128.narrowI32(four(offset), four(offset + 32))
  return comparison('numberAtLeast', 'f64', 8, set(SPREAD, v128.splatF64(get(BOUND))), (offset) =>
    v128.bits(v128.narrowI16(eight(offset), eight(offset + 64))),
  )
})()

/** The set has a bit for each code: the byte is found by the upper five bits of the code, the bit in it by the lower three. */
const codeAmong: Func = (() => {
  const BIT = Array.from({ length: 16 }, (_, place) => 1 << (place & 7))
  const code = (offset: number) => v128.load(get(COLUMN), offset)
  const place = (offset: number) => v128.rightI8(code(offset), i32.of(3))
  const byte = (offset: number) =>
    v128.or(
      v128.swizzle(get(SPREAD), place(offset)),
      v128.swizzle(get(SECOND), v128.subtractI8(place(offset), v128.splatI8(i32.of(16)))),
    )
  const bit = (offset: number) => v128.swizzle(v128.of(BIT), v128.and(code(offset), v128.splatI8(i32.of(7))))
  const first = [set(SPREAD, v128.load(get(BOUND))), set(SECOND, v128.load(get(BOUND), 16))]
  return comparison('codeAmong', 'i32', 1, first, (offset) =>
    v128.bits(v128.differsI8(v128.and(byte(offset), bit(offset)), v128.splatI8(i32.of(0)))),
  )
})()

/** The answer at hand stays in vectors: the steps of a rule only read. */
const run: Func = (() => {
  const [CODE, FURTHER, STEP_, ADDRESS, HAND] = [0, 1, 2, 3, 4]
  const parts = Array.from({ length: ANSWER / 16 }, (_, part) => part)
  const there = (part: number) => v128.load(get(ADDRESS), part * 16)
  const onward = (depth: number) => again(depth)
  const join = (how: (hand: Code, other: Code) => Code) => (depth: number) => [
    parts.map((part) => set(HAND + part, how(get(HAND + part), there(part)))),
    onward(depth),
  ]
  const put = (address: Code) => parts.map((part) => v128.store(address, get(HAND + part), part * 16))
  return {
    name: 'run',
    takes: ['i32', 'i32'],
    holds: ['i32', 'i32', ...parts.map(() => 'v128' as const)],
    body: loop(
      set(STEP_, i32.load(get(CODE))),
      set(ADDRESS, i32.load(get(CODE), 4)),
      set(CODE, i32.add(get(CODE), i32.of(8))),
      choose(get(STEP_), [
        join((_, other) => other),
        join(v128.and),
        join(v128.or),
        (depth) => [put(get(ADDRESS)), onward(depth)],
        (depth) => [set(ADDRESS, i32.add(get(ADDRESS), get(FURTHER))), put(get(ADDRESS)), onward(depth)],
        () => leave,
      ]),
    ),
  }
})()
