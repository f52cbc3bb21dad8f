// How heavy the desks are, byte for byte: what the first page takes, and what each screen adds.
import { expect, test } from 'vitest'
import { deskWeight } from './weight.ts'

const KB = 1024

test('the first page takes at most 400 KB, and no screen adds more than 120 KB', async () => {
  const { first, added } = await deskWeight()
  expect(first).toBeLessThanOrEqual(400 * KB)
  for (const [name, bytes] of added) expect(bytes, name).toBeLessThanOrEqual(120 * KB)
  expect(added.size).toBeGreaterThan(10)
})
