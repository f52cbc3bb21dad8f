import { expect, test } from 'vitest'
import { lately } from './lately.ts'

test('many who ask at once cause one working out, which is good for a while', async () => {
  let clock = 0
  let worked = 0
  const ask = lately<number>(30, () => clock)
  const work = () => Promise.resolve(++worked)
  expect(await Promise.all([ask('a', work), ask('a', work), ask('b', work)])).toEqual([1, 1, 2])
  clock = 29_999
  expect(await ask('a', work)).toBe(1)
  clock = 30_000
  expect(await ask('a', work)).toBe(3)
})

test('a failure is told to whoever asked, and not remembered', async () => {
  const ask = lately<string>(30)
  await expect(ask('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await ask('a', () => Promise.resolve('back'))).toBe('back')
})
