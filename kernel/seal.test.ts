// The tree of RFC 6962: its published roots, its proofs, and not one bit that could be turned unnoticed.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { canonical, chainFrom, hexOf, leafOf, pathOf, rootFrom, rootOf, type Hash, type Sealable } from './seal.ts'

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()
const event: Sealable = {
  city: 'town',
  position: 7,
  kind: 'appeal',
  record: 'SQ260211-ABCDEFG',
  version: 2,
  type: 'dispatched',
  typeVersion: 1,
  data: { unit: 'tax', note: '请核实 𠮷', nested: { b: [1, 2, { y: 1, x: null }], a: 0.5 } },
  actor: 'fen',
  via: 'web',
  at: '2026-02-11T02:00:00.123456Z',
  law: 3,
  cause: null,
}

describe('the tree', () => {
  // The test vectors of the Certificate Transparency log.
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]
  const leaves = inputs.map((hex) => leafOf(sha256, Buffer.from(hex, 'hex').toString('latin1')))

  test.each(roots.map((root, size) => [size, root] as const))('over %i leaves has its published root', (size, root) => {
    expect(hexOf(rootOf(sha256, leaves.slice(0, size)))).toBe(root)
  })

  test('proves each leaf of every size, and nothing else', () => {
    const many = Array.from({ length: 33 }, (_, n) => leafOf(sha256, String(n)))
    for (let size = 1; size <= many.length; size++) {
      const some = many.slice(0, size)
      const root = hexOf(rootOf(sha256, some))
      for (let index = 0; index < size; index++) {
        const path = pathOf(sha256, some, index)
        const leads = (leaf: Uint8Array, at: number, of: number, along = path) => {
          const found = rootFrom(sha256, leaf, at, of, along)
          return found !== undefined && hexOf(found) === root
        }
        expect(leads(some[index]!, index, size)).toBe(true)
        expect(leads(leafOf(sha256, 'other'), index, size)).toBe(false)
        if (size > 1) expect(leads(some[index]!, (index + 1) % size, size)).toBe(false)
        expect(leads(some[index]!, index, size, [...path, root === '' ? some[0]! : many[0]!])).toBe(false)
        expect(leads(some[index]!, index, size, path.slice(1))).toBe(size === 1)
      }
    }
  })

  test('knows a node from a leaf', () => {
    const [a, b] = [leafOf(sha256, 'a'), leafOf(sha256, 'b')]
    const forged = leafOf(sha256, Buffer.concat([a, b]).toString('latin1'))
    expect(hexOf(rootOf(sha256, [forged]))).not.toBe(hexOf(rootOf(sha256, [a, b])))
  })
})

describe('an event', () => {
  test('is the same text however its data is laid out', () => {
    const other = {
      ...event,
      data: { nested: { a: 0.5, b: [1, 2, { x: null, y: 1 }] }, note: '请核实 𠮷', unit: 'tax' },
    }
    expect(canonical(other)).toBe(canonical(event))
    expect(canonical({ ...event, data: { list: [1, 2] } })).not.toBe(canonical({ ...event, data: { list: [2, 1] } }))
  })

  test('cannot be changed in any column', () => {
    const leaf = hexOf(leafOf(sha256, canonical(event)))
    for (const [name, value] of Object.entries(event)) {
      const changed = { ...event, [name]: typeof value === 'number' ? value + 1 : `${String(value)}.` }
      expect(hexOf(leafOf(sha256, canonical(changed))), name).not.toBe(leaf)
    }
    expect(canonical({ ...event, actor: 'fen,web', via: '' })).not.toBe(
      canonical({ ...event, actor: 'fen', via: 'web' }),
    )
  })

  test('cannot have one bit turned: in its text, in the path, in the root or in the chain', () => {
    const texts = Array.from({ length: 20 }, (_, n) => canonical({ ...event, position: n, data: { n } }))
    const leaves = texts.map((one) => leafOf(sha256, one))
    const root = hexOf(rootOf(sha256, leaves))
    let turned = 0
    let unnoticed = 0
    for (const [index, one] of texts.entries()) {
      const path = pathOf(sha256, leaves, index)
      const bytes = Buffer.concat([Buffer.of(0), Buffer.from(one)])
      const check = (leaf: Uint8Array) => {
        turned += 1
        if (hexOf(rootFrom(sha256, leaf, index, texts.length, path)!) === root) unnoticed += 1
      }
      for (const [place, byte] of bytes.entries())
        for (let bit = 0; bit < 8; bit++) {
          bytes[place] = byte ^ (1 << bit)
          check(sha256(bytes))
          bytes[place] = byte
        }
      for (const step of path)
        for (let bit = 0; bit < 256; bit++) {
          step[bit >> 3]! ^= 1 << (bit & 7)
          check(leaves[index]!)
          step[bit >> 3]! ^= 1 << (bit & 7)
        }
      check(sha256(bytes))
      unnoticed -= 1
    }
    expect(unnoticed).toBe(0)
    expect(turned).toBeGreaterThan(40_000)
    const seal = { day: '2026-02-11', first: 1, last: 20, count: 20, root }
    const chain = chainFrom(sha256, 'before', seal)
    for (const other of [
      { day: '2026-02-12' },
      { first: 2 },
      { last: 21 },
      { count: 19 },
      { root: `${root.slice(1)}0` },
    ])
      expect(chainFrom(sha256, 'before', { ...seal, ...other })).not.toBe(chain)
    expect(chainFrom(sha256, 'befor', seal)).not.toBe(chain)
  })
})
