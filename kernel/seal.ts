// A day under seal: a Merkle tree over its events as in RFC 6962, chained to the day before, so that nothing can be altered unnoticed.

/** SHA-256 or another hash of the platform's. */
export type Hash = (bytes: Uint8Array) => Uint8Array

/** An event as it is sealed: each of its columns, moments to the microsecond. */
export type Sealable = {
  readonly city: string
  readonly position: number
  readonly kind: string
  readonly record: string
  readonly version: number
  readonly type: string
  readonly typeVersion: number
  readonly data: unknown
  readonly actor: string
  readonly via: string
  readonly at: string
  readonly law: number
  readonly cause: string | null
}

/** What one day's seal holds fast; the chain binds it to every day before. */
export type Seal = {
  readonly day: string
  readonly first: number
  readonly last: number
  readonly count: number
  readonly root: string
}

const text = new TextEncoder()

/** The event as text, the same whoever writes it: columns in their order, names within data in theirs. */
export function canonical(event: Sealable): string {
  const { city, position, kind, record, version, type, typeVersion, data, actor, via, at, law, cause } = event
  const columns = [city, position, kind, record, version, type, typeVersion, data, actor, via, at, law, cause]
  return JSON.stringify(columns, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

/** Leaves and nodes are hashed under different signs, so that a node can never be passed off as an event. */
export function leafOf(hash: Hash, content: string): Uint8Array {
  return hash(joined([Uint8Array.of(0), text.encode(content)]))
}

function node(hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash(joined([Uint8Array.of(1), left, right]))
}

/** The root over leaves in their order. */
export function rootOf(hash: Hash, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hash(new Uint8Array())
  if (leaves.length === 1) return leaves[0]!
  const split = splitOf(leaves.length)
  return node(hash, rootOf(hash, leaves.slice(0, split)), rootOf(hash, leaves.slice(split)))
}

/** The hashes with which anybody can work the root out again from one leaf. */
export function pathOf(hash: Hash, leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (leaves.length <= 1) return []
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return index < split
    ? [...pathOf(hash, left, index), rootOf(hash, right)]
    : [...pathOf(hash, right, index - split), rootOf(hash, left)]
}

/** The root that a leaf at this place among so many leads to along its path; undefined when the path does not fit. */
export function rootFrom(
  hash: Hash,
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  if (!(index >= 0 && index < size)) return undefined
  if (size === 1) return path.length === 0 ? leaf : undefined
  const beside = path.at(-1)
  if (!beside) return undefined
  const split = splitOf(size)
  const rest = path.slice(0, -1)
  if (index < split) {
    const left = rootFrom(hash, leaf, index, split, rest)
    return left && node(hash, left, beside)
  }
  const right = rootFrom(hash, leaf, index - split, size - split, rest)
  return right && node(hash, beside, right)
}

/** The chain up to and with a day, from the chain up to the day before ('' for the first). */
export function chainFrom(hash: Hash, before: string, { day, first, last, count, root }: Seal): string {
  return hexOf(hash(text.encode(JSON.stringify([before, day, first, last, count, root]))))
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The largest power of two below a number of leaves. */
function splitOf(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1))
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
