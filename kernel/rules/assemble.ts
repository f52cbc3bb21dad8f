// Enough of an assembler to write a WebAssembly module down as bytes (WebAssembly Core 2.0, chapter 5: the binary format).

/** Instructions and what they consist of, in any nesting. */
export type Code = number | readonly Code[]
export type Type = 'i32' | 'f64' | 'v128'

export type Func = {
  readonly name: string
  readonly takes: readonly Type[]
  /** Its own variables, numbered after what it takes. */
  readonly holds: readonly Type[]
  readonly body: Code
}

const TYPES = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const
const NO_RESULT = 0x40

/** A module of functions without results over the memory that is brought in as `memory` `memory`. */
export function moduleOf(functions: readonly Func[]): Uint8Array<ArrayBuffer> {
  const typeOf = ({ takes }: Func) => [0x60, listOf(takes.map((type) => TYPES[type])), listOf([])]
  const bodyOf = ({ holds, body }: Func) => sized([listOf(holds.map((type) => [count(1), TYPES[type]])), body, 0x0b])
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, listOf(functions.map(typeOf))),
      section(2, listOf([[textOf('memory'), textOf('memory'), 0x02, 0x00, count(1)]])),
      section(3, listOf(functions.map((_, at) => count(at)))),
      section(7, listOf(functions.map(({ name }, at) => [textOf(name), 0x00, count(at)]))),
      section(10, listOf(functions.map(bodyOf))),
    ]),
  )
}

function flat(code: Code): number[] {
  return typeof code === 'number' ? [code] : code.flatMap(flat)
}

function section(id: number, content: Code): Code {
  return [id, sized(content)]
}

function sized(content: Code): Code {
  const bytes = flat(content)
  return [count(bytes.length), bytes]
}

function listOf(parts: readonly Code[]): Code {
  return [count(parts.length), parts]
}

function textOf(ascii: string): Code {
  return listOf(Array.from(ascii, (sign) => sign.charCodeAt(0)))
}

/** A number without sign in groups of seven bits, the lowest first. */
function count(value: number): Code {
  return value < 0x80 ? value : [(value & 0x7f) | 0x80, count(value >>> 7)]
}

/** The same with a sign. */
function signed(value: number): Code {
  const rest = value >> 7
  const isLast = (rest === 0 && (value & 0x40) === 0) || (rest === -1 && (value & 0x40) !== 0)
  return isLast ? value & 0x7f : [(value & 0x7f) | 0x80, signed(rest)]
}

/** Memory is addressed in units of 2 to the power of `align`, `offset` bytes on. */
function at(align: number, offset: number): Code {
  return [count(align), count(offset)]
}

export const get = (variable: number): Code => [0x20, count(variable)]
export const set = (variable: number, value: Code): Code => [value, 0x21, count(variable)]
export const loop = (...body: readonly Code[]): Code => [0x03, NO_RESULT, body, 0x0b]
export const again = (depth: number): Code => [0x0c, count(depth)]
export const againIf = (depth: number, test: Code): Code => [test, 0x0d, count(depth)]
export const leave: Code = 0x0f

/** The case of that number, counted from 0; each ends by going on elsewhere. `depth`: how many blocks stand around a case. */
export function choose(value: Code, cases: readonly ((depth: number) => Code)[]): Code {
  const table = cases.map((_, place) => count(place))
  const innermost: Code = [0x02, NO_RESULT, value, 0x0e, count(table.length - 1), table, 0x0b]
  return cases.reduce<Code>(
    (inner, body, place) =>
      place === cases.length - 1 ? [inner, body(0)] : [0x02, NO_RESULT, inner, body(cases.length - 1 - place), 0x0b],
    innermost,
  )
}

export const i32 = {
  of: (value: number): Code => [0x41, signed(value)],
  load: (address: Code, offset = 0): Code => [address, 0x28, at(2, offset)],
  store: (address: Code, value: Code, offset = 0): Code => [address, value, 0x36, at(2, offset)],
  add: (a: Code, b: Code): Code => [a, b, 0x6a],
  and: (a: Code, b: Code): Code => [a, b, 0x71],
  or: (a: Code, b: Code): Code => [a, b, 0x72],
  xor: (a: Code, b: Code): Code => [a, b, 0x73],
  shl: (a: Code, b: Code): Code => [a, b, 0x74],
  differs: (a: Code, b: Code): Code => [a, b, 0x47],
} as const

const vector = (operation: number, ...operands: readonly Code[]): Code => [operands, 0xfd, count(operation)]

/** Operations on 128 bits at once, named by how they are divided. */
export const v128 = {
  load: (address: Code, offset = 0): Code => [vector(0x00, address), at(4, offset)],
  store: (address: Code, value: Code, offset = 0): Code => [vector(0x0b, address, value), at(4, offset)],
  of: (bytes: readonly number[]): Code => [vector(0x0c), bytes],
  /** Bytes of the two, by their places in both together. */
  shuffle: (a: Code, b: Code, places: readonly number[]): Code => [vector(0x0d, a, b), places],
  /** For each byte of the second the byte of the first at that place; nought beyond the sixteenth. */
  swizzle: (a: Code, places: Code): Code => vector(0x0e, a, places),
  and: (a: Code, b: Code): Code => vector(0x4e, a, b),
  or: (a: Code, b: Code): Code => vector(0x50, a, b),
  splatI8: (value: Code): Code => vector(0x0f, value),
  splatI32: (value: Code): Code => vector(0x11, value),
  splatF64: (value: Code): Code => vector(0x14, value),
  differsI8: (a: Code, b: Code): Code => vector(0x24, a, b),
  atLeastI32: (a: Code, b: Code): Code => vector(0x3f, a, b),
  atLeastF64: (a: Code, b: Code): Code => vector(0x4c, a, b),
  subtractI8: (a: Code, b: Code): Code => vector(0x71, a, b),
  rightI8: (a: Code, bits: Code): Code => vector(0x6d, a, bits),
  /** The highest bit of each byte. */
  bits: (a: Code): Code => vector(0x64, a),
  narrowI16: (a: Code, b: Code): Code => vector(0x65, a, b),
  narrowI32: (a: Code, b: Code): Code => vector(0x85, a, b),
} as const
