// What is wrong with the body of a command, told by the member that is wrong; and a day that has not come, wherever it is asked for.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { served, type Served } from '../tests/served.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(() => s.close())

type Field = { readonly field: string; readonly problem: string; readonly message: string }
const fieldsOf = (body: Record<string, unknown>) => body['fields'] as readonly Field[]
const raise = (body: unknown, lang = 'zh-CN') => s.ask('qi', 'POST', `/api/records/appeal/raise?lang=${lang}`, body)

describe('the body of a command', () => {
  test('without input is told of input, not of a field in it', async () => {
    for (const body of [{}, { key: 'a key' }]) {
      const answer = await raise(body)
      expect([answer.status, answer.body['code']]).toEqual([400, 'malformed'])
      expect(fieldsOf(answer.body)).toHaveLength(1)
      expect(fieldsOf(answer.body)[0]).toMatchObject({ field: 'input', problem: 'missing' })
      expect(answer.body['detail']).toMatch(/缺少 input/)
    }
    expect((await raise({}, 'en')).body['detail']).toMatch(/input is missing/)
    const whole = await raise({ input: [] })
    expect(fieldsOf(whole.body)[0]).toMatchObject({
      field: 'input',
      message: expect.stringMatching(/应为一组栏目/) as string,
    })
  })

  test.each([
    ['inptu', /没有“inptu”这个成员，是否指 input/],
    ['Input', /是否指 input/],
    ['inputs', /是否指 input/],
    ['expect', /是否指 expects/],
    ['title', /应放在 input 里/],
    ['colour', /没有“colour”这个成员，可用的成员：input \/ key \/ expects/],
  ])('with %s beside its members is told of the right one', async (member, says) => {
    const answer = await raise({ [member]: {}, key: 'another key' })
    expect(answer.status).toBe(400)
    expect(fieldsOf(answer.body)[0]).toMatchObject({ field: member, problem: 'unknown-member' })
    expect(answer.body['detail']).toMatch(says)
    expect(answer.body['detail']).toBe(fieldsOf(answer.body)[0]!.message)
  })

  test('says what key and expects have to be', async () => {
    expect((await raise({ input: {}, key: 7 })).body['detail']).toMatch(/^key 应为/)
    expect((await raise({ input: {}, expects: 'x' }, 'en')).body['detail']).toMatch(/^expects is a whole number/)
  })

  test('a command that asks for nothing needs no input', async () => {
    const answer = await s.ask('qi', 'POST', '/api/records/rule/nowhere/publish', {})
    expect([answer.status, answer.body['code']]).toEqual([404, 'not-found'])
  })

  test('in a batch it is told with its place', async () => {
    const batch = (commands: unknown) => s.ask('qi', 'POST', '/api/batch', { commands })
    const odd = await batch([{ kind: 'appeal', name: 'raise', inputs: {} }])
    expect(fieldsOf(odd.body)[0]).toMatchObject({ field: 'commands.0.inputs', problem: 'unknown-member' })
    const nameless = await batch([{ kind: 'appeal', input: {} }])
    expect(fieldsOf(nameless.body)[0]).toMatchObject({ field: 'commands.0.name', problem: 'missing' })
    const [missed] = (await batch([{ kind: 'appeal', name: 'raise' }])).body['answers'] as Record<string, unknown>[]
    expect(fieldsOf(missed!)[0]).toMatchObject({ field: 'commands.0.input', problem: 'missing' })
    expect(fieldsOf((await batch('x')).body)[0]).toMatchObject({ field: 'commands' })
  })
})

test('a cut-off that has not come, or never will, is refused at its field by the interface and by the page', async () => {
  const [{ id = '' } = {}] = (await s.ask('qi', 'GET', '/api/figures')).body as unknown as { id?: string }[]
  for (const day of ['2099-01-01', '2026-02-30', 'x']) {
    for (const path of [
      `/api/figures`,
      `/api/figures/${id}`,
      `/api/figures/${id}/trend`,
      `/api/figures/${id}/records`,
    ]) {
      const answer = await s.ask('qi', 'GET', `${path}?asOf=${day}`)
      expect([path, answer.status]).toEqual([path, 422])
      expect(fieldsOf(answer.body)[0]?.field).toBe('asOf')
    }
    expect((await s.ask('qi', 'GET', `/figures/${id}?asOf=${day}`)).text).toMatch(
      /请填写今天或今天以前、确实存在的日期/,
    )
  }
})
