import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inside } from './inside.ts'

test('paths of our own are kept', () => {
  for (const path of ['/', '/mine', '/size?industry=%E5%B7%A5%E4%B8%9A&X=1', '/record/appeal/SQ1#f-text'])
    expect(inside(path)).toBe(path)
})

test('nothing leads to another site', () => {
  for (const path of [
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'https://evil.example',
    '',
    7,
  ])
    expect(inside(path), String(path)).toBeUndefined()
  const sign = fc.constantFrom('/', '\\', '\t', '\n', '\r', ' ', '@', ':', '.', 'e', '\0', '?', '#')
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 8 }), (signs) => {
      const path = inside(signs.join(''))
      if (path !== undefined) expect(new URL(path, 'https://city.example').host).toBe('city.example')
    }),
    { numRuns: 5_000 },
  )
})
