// The door by itself, before a store that is a few maps: the same key once, the first one first, all or nothing.
import { beforeEach, describe, expect, test } from 'vitest'
import { buckets } from '../tests/bucket/index.ts'
import { lanterns } from '../tests/lantern/index.ts'
import { memory, type Memory } from '../tests/memory.ts'
import { nobody, system, type Actor } from './access.ts'
import { nationalCalendar } from './clock/calendar.ts'
import type { Run } from './clock/limit.ts'
import { registry } from './domain.ts'
import { clockOf, execute, executeAll, type Answer, type Command, type Surroundings } from './door.ts'
import type { AnyDefinition, Context } from './record.ts'

let store: Memory
let around: Surroundings
let minted = 0
beforeEach(() => {
  store = memory()
  minted = 0
  around = {
    registry: registry([buckets]),
    store,
    now: () => '2026-03-02T10:00:00.000+08:00',
    law: (version) => Promise.resolve({ version, calendar: nationalCalendar, limit: () => undefined }),
    hash: (text) => `#${text}`,
    secret: () => `secret ${(minted += 1)}`,
    mint: (code, on) => `${code}-${on}-${(minted += 1)}`,
  }
})

const order = (name: string, input: unknown, id?: string, more: Partial<Command> = {}): Command => ({
  kind: 'bucket',
  name,
  input,
  id,
  ...more,
})
const give = (...of: Parameters<typeof order>) => execute(around, nobody, order(...of))
const said = (answer: Answer) => ('refused' in answer ? answer.refused : `v${answer.done.version}`)
const make = (id: string, size = 10) => give('make', { size, colour: 'red' }, id)
const held = (id: string) => (store.records.get(`bucket/${id}`)?.state as { holds?: number } | undefined)?.holds

describe('a key', () => {
  test('given twice with the same input is done once and answered alike', async () => {
    const first = await give('make', { size: 5, colour: 'red' }, undefined, { key: 'k' })
    expect(await give('make', { size: 5, colour: 'red' }, undefined, { key: 'k' })).toEqual(first)
    expect(store.records.size).toBe(1)
  })
  test('keeps its answer when the record has moved on since', async () => {
    await make('a')
    const first = await give('fill', { litres: 3 }, 'a', { key: 'k' })
    await give('break', {}, 'a')
    expect(await give('fill', { litres: 3 }, 'a', { key: 'k' })).toEqual(first)
    expect(held('a')).toBe(0)
  })
  test.each<[string, Partial<Command>, Actor]>([
    ['another input', { input: { litres: 4 } }, nobody],
    ['another command', { name: 'break', input: {} }, nobody],
    ['another record', { id: 'b' }, nobody],
    ['the bearer of another code', {}, { ...nobody, token: 'x' }],
  ])('is refused for %s', async (_, over, actor) => {
    await make('a')
    await make('b')
    await give('fill', { litres: 3 }, 'a', { key: 'k' })
    const answer = await execute(around, actor, { ...order('fill', { litres: 3 }, 'a', { key: 'k' }), ...over })
    expect(said(answer)).toBe('key-reused')
    expect([held('a'), held('b')]).toEqual([3, 0])
  })
  test('of another person is another, whatever either did with it', async () => {
    await make('a')
    await give('fill', { litres: 3 }, 'a', { key: 'k' })
    const other = { ...nobody, id: 'other' }
    for (let turn = 0; turn < 2; turn++) {
      const answer = await execute(around, other, order('fill', { litres: 4 }, 'a', { key: 'k' }))
      expect(said(answer)).toBe('v3')
    }
    expect(held('a')).toBe(7)
  })
  test('twice in one batch is one command', async () => {
    await make('a')
    const answers = await executeAll(around, nobody, [
      order('fill', { litres: 3 }, 'a', { key: 'k' }),
      order('fill', { litres: 3 }, 'a', { key: 'k' }),
      order('fill', { litres: 4 }, 'a', { key: 'k' }),
    ])
    expect(answers.map(said)).toEqual(['v2', 'v2', 'key-reused'])
    expect(held('a')).toBe(3)
  })
  test('of a command that was refused may be used again, once the reason is gone', async () => {
    await make('a', 2)
    expect(said(await give('fill', { litres: 3 }, 'a', { key: 'k' }))).toBe('too-full')
    expect(said(await give('fill', { litres: 2 }, 'a', { key: 'k' }))).toBe('v2')
  })
})

test('a number that was given out already is left aside', async () => {
  await make('bucket-taken')
  const numbers = ['bucket-taken', 'bucket-taken', 'bucket-free']
  around = { ...around, mint: () => numbers.shift()! }
  expect(await give('make', { size: 5, colour: 'red' })).toMatchObject({ done: { id: 'bucket-free', version: 1 } })
  expect(held('bucket-taken')).toBe(0)
})

describe('when somebody else comes first', () => {
  test('the decision is made again on what now stands', async () => {
    await make('a', 10)
    store.before(() => give('fill', { litres: 9 }, 'a'))
    expect(await give('fill', { litres: 3 }, 'a')).toMatchObject({ refused: 'too-full', about: { room: 1 } })
    expect(held('a')).toBe(9)
  })
  test('and both are possible, both happen', async () => {
    await make('a', 10)
    store.before(() => give('fill', { litres: 5 }, 'a'))
    expect(said(await give('fill', { litres: 3 }, 'a'))).toBe('v3')
    expect(held('a')).toBe(8)
  })
  test('whoever said what he was looking at is told instead', async () => {
    await make('a', 10)
    store.before(() => give('fill', { litres: 5 }, 'a'))
    const answer = await give('fill', { litres: 3 }, 'a', { expects: 1 })
    expect(answer).toMatchObject({ refused: 'stale-version', about: { version: 2 } })
  })
  test('for ever, it says that it is busy, and leaves nothing behind', async () => {
    await make('a', 1000)
    let others = 0
    const meddle = () => {
      store.before(async () => {
        others += 1
        const filled = store.append({
          ...nothing,
          writes: [{ ...writeOf('a'), expected: others, version: others + 1 }],
        })
        meddle()
        await filled
      })
    }
    meddle()
    expect(said(await give('fill', { litres: 3 }, 'a', { key: 'k' }))).toBe('busy')
    expect(held('a')).toBe(0)
    store.before(() => Promise.resolve())
    expect(said(await give('fill', { litres: 3 }, 'a', { key: 'k' }))).toBe(`v${others + 2}`)
  })

  const nothing = {
    answers: [],
    actor: '',
    via: '',
    at: '',
    law: 0,
    access: 0,
    counted: [],
    enacts: false,
    confers: false,
  }
  const writeOf = (id: string) => ({
    ...store.records.get(`bucket/${id}`)!,
    cause: null,
    provisional: false,
    searchChanged: false,
    parties: { added: [], removed: [] },
    events: [],
    entries: [],
    messages: [],
  })
})

describe('a version that is expected', () => {
  test.each([
    [2, 'v3'],
    [1, 'stale-version'],
    [7, 'stale-version'],
    [0, 'stale-version'],
  ])('%i of a record at version 2 gives %s', async (expects, answer) => {
    await make('a')
    await give('fill', { litres: 1 }, 'a')
    expect(said(await give('fill', { litres: 1 }, 'a', { expects }))).toBe(answer)
  })
})

describe('a batch', () => {
  test('sees what it has done so far; what is refused leaves nothing behind', async () => {
    const answers = await executeAll(around, nobody, [
      order('make', { size: 10, colour: 'red' }, 'a'),
      order('fill', { litres: 8 }, 'a'),
      order('fill', { litres: 8 }, 'a', { key: 'refused' }),
      order('fill', { litres: 0 }, 'a'),
      order('fill', { litres: 2 }, 'a', { expects: 2 }),
      order('fill', { litres: 1 }, 'nowhere'),
      order('make', { size: 1, colour: 'red' }, 'a'),
    ])
    expect(answers.map(said)).toEqual(['v1', 'v2', 'too-full', 'invalid-input', 'v3', 'not-found', 'already-exists'])
    expect(store.events.map((event) => event.type)).toEqual(['made', 'filled', 'filled'])
    expect(store.entries).toHaveLength(3)
    expect(held('a')).toBe(10)
    expect(store.records.size).toBe(1)
  })
  test('is appended once, or not at all', async () => {
    await make('a')
    store.append = () => Promise.reject(new Error('the disk is full'))
    await expect(
      executeAll(around, nobody, [order('fill', { litres: 1 }, 'a'), order('make', { size: 1, colour: 'red' }, 'b')]),
    ).rejects.toThrow('the disk is full')
    expect([held('a'), store.records.size]).toEqual([0, 1])
  })
  test('of nothing but refusals appends nothing', async () => {
    store.append = () => Promise.reject(new Error('nothing was to be appended'))
    expect((await executeAll(around, nobody, [order('fill', { litres: 1 }, 'a')])).map(said)).toEqual(['not-found'])
    expect(await executeAll(around, nobody, [])).toEqual([])
  })
})

describe('what follows on another record', () => {
  test('gives out its secrets, too, once for the same key, and none if it is refused', async () => {
    const [lantern] = lanterns.kinds
    const { ask, ...commands } = lantern!.definition.commands as Record<string, object>
    // Asks for the lanterns of a whole street at once; its own secret it keeps, unless one has its own colour.
    const askAll = {
      ...ask,
      decide: (_: unknown, { street, colour }: { street: string; colour: string }, { secret, mint }: Context) => ({
        events: [{ type: 'asked', data: { street, colour, token: secret.hash } }],
        ...(colour === 'gold' && { reveal: secret.plain }),
        follow: [1, 2].map((one) => ({
          kind: 'lantern',
          id: street === '旧街' && one === 2 ? 'taken' : mint('lantern'),
          name: 'ask',
          input: { street: `${street} ${one}`, colour },
        })),
      }),
    }
    const whole = { ...lantern!, definition: { ...lantern!.definition, commands: { ...commands, ask, askAll } } }
    around = { ...around, registry: registry([{ ...lanterns, kinds: [whole as never] }]) }
    const asked = (street: string, colour: string, key: string) =>
      execute(around, nobody, { kind: 'lantern', name: 'askAll', input: { street, colour }, key })
    const red = await asked('新街', 'red', 'k')
    if ('refused' in red) expect.fail(red.refused)
    expect(red.reveal).toBeUndefined()
    expect(red.also).toHaveLength(2)
    for (const { kind, id, reveal } of red.also!)
      expect(store.records.get(`${kind}/${id}`)?.state).toMatchObject({ token: around.hash(reveal) })
    expect(await asked('新街', 'red', 'k')).toEqual(red)
    const gold = await asked('新街', 'gold', 'l')
    expect(gold).toMatchObject({ reveal: expect.any(String) as string, also: [{}, {}] })
    await execute(around, nobody, { kind: 'lantern', id: 'taken', name: 'ask', input: { street: '旧', colour: 'red' } })
    const refused = await asked('旧街', 'gold', 'm')
    expect(refused).toEqual({ refused: 'already-exists', kind: 'lantern', about: { phase: 'asked' } })
  })
  test('is appended with its cause, and told to whom it concerns', async () => {
    await make('a')
    await make('b')
    await give('fill', { litres: 6 }, 'a')
    const answer = await give('pour', { litres: 4, into: 'b' }, 'a')
    expect(answer).toMatchObject({ done: { id: 'a', version: 3, events: ['poured'] } })
    expect([held('a'), held('b')]).toEqual([2, 4])
    expect(store.messages).toEqual(['bucket/b → bucket:b: came {"from":"a"}'])
  })
  test('when it is refused, the whole is refused', async () => {
    await make('a')
    await make('b', 3)
    await give('fill', { litres: 6 }, 'a')
    const events = store.events.length
    expect(await give('pour', { litres: 4, into: 'b' }, 'a')).toMatchObject({ refused: 'too-full', about: { room: 3 } })
    expect([held('a'), held('b'), store.events.length]).toEqual([6, 0, events])
  })
  test('when it is refused in a batch, only its own command is taken back', async () => {
    await make('a')
    await make('b', 3)
    const answers = await executeAll(around, nobody, [
      order('fill', { litres: 6 }, 'a'),
      order('pour', { litres: 4, into: 'b' }, 'a'),
      order('pour', { litres: 3, into: 'b' }, 'a'),
      order('pour', { litres: 1, into: 'b' }, 'a'),
    ])
    expect(answers.map(said)).toEqual(['v2', 'too-full', 'v3', 'too-full'])
    expect([held('a'), held('b')]).toEqual([3, 3])
  })
  test('when the other record has moved on, both are decided again', async () => {
    await make('a')
    await make('b', 5)
    await give('fill', { litres: 6 }, 'a')
    store.before(() => give('fill', { litres: 2 }, 'b'))
    expect(said(await give('pour', { litres: 4, into: 'b' }, 'a'))).toBe('too-full')
    expect([held('a'), held('b')]).toEqual([6, 2])
  })
  test('may be its own record', async () => {
    await make('a')
    await give('fill', { litres: 6 }, 'a')
    expect(said(await give('pour', { litres: 4, into: 'a' }, 'a'))).toBe('v4')
    expect(held('a')).toBe(6)
  })
})

describe('a command that nobody may give', () => {
  test.each<[string, Command, string]>([
    ['an unknown kind', { kind: 'dragon', name: 'make', input: {} }, 'unknown-kind'],
    ['an unknown command', order('toString', {}), 'unknown-command'],
    ['an inner command', order('receive', { litres: 1, from: 'b' }, 'a'), 'unknown-command'],
    ['the house’s own, on a kind without a clock', order('recompute', {}, 'a'), 'unknown-command'],
    ['one without its record', order('fill', { litres: 1 }), 'not-found'],
    ['one on a record that is not there', order('fill', { litres: 1 }, 'zz'), 'not-found'],
    ['an id that no address can carry', order('make', { size: 1, colour: 'red' }, 'a/b'), 'invalid-input'],
    ['an id that no database can keep', order('make', { size: 1, colour: 'red' }, 'a\0'), 'invalid-input'],
    ['a key that no database can keep', order('fill', { litres: 1 }, 'a', { key: '\ud800' }), 'invalid-input'],
  ])('%s', async (_, command, refused) => {
    await make('a')
    expect(said(await execute(around, command.name === 'recompute' ? system : nobody, command))).toBe(refused)
    expect(store.events).toHaveLength(1)
  })
})

test('nobody acts on what he may not see, whatever his post allows', async () => {
  await make('a')
  const [bucket] = buckets.kinds
  const unseen = { ...bucket!, definition: { ...bucket!.definition, sees: { subject: 'always' } } as AnyDefinition }
  const blind = { ...around, registry: registry([{ ...buckets, kinds: [unseen] }]) }
  expect(said(await execute(blind, nobody, order('fill', { litres: 1 }, 'a')))).toBe('not-found')
  const owner = { ...nobody, subjects: ['person:anonymous'] }
  expect(said(await execute(blind, owner, order('fill', { litres: 1 }, 'a')))).toBe('v2')
  expect(said(await execute(blind, nobody, order('make', { size: 1, colour: 'red' }, 'b')))).toBe('v1')
})

describe('what a record is due', () => {
  const limit = { rule: 'r', unit: 'working-day', budget: 5, article: 'a' } as const
  const pauses = [{ from: '2026-03-04', ground: 'g' }]
  const runs: Readonly<Record<string, Run>> = {
    late: { limit: { ...limit, budget: 9 }, from: '2026-03-02' },
    soon: { limit, from: '2026-03-02' },
    stopped: { limit: { ...limit, budget: 1 }, from: '2026-03-03', pauses },
    ended: { limit: { ...limit, budget: 1 }, from: '2026-03-02', ended: '2026-03-03' },
  }
  const due = (...names: string[]) => {
    const clock = () => Object.fromEntries(names.map((name) => [name, runs[name]!]))
    const definition = { ...buckets.kinds[0]!.definition, clock, wakes: undefined } as unknown as AnyDefinition
    return clockOf(definition, { phase: 'standing' }, nationalCalendar, '2026-03-05T10:00:00.000+08:00').due
  }
  test('is the first of its promises that are still running', () => {
    expect(due('late', 'soon', 'stopped', 'ended')).toBe('2026-03-09T23:59:59.999+08:00')
    expect(due('late')).toBe('2026-03-13T23:59:59.999+08:00')
  })
  test('is no day at all while its clock stands still, nor when all is done', () => {
    expect(due('stopped', 'ended')).toBeNull()
    expect(due('ended')).toBeNull()
    expect(due()).toBeNull()
  })
})
