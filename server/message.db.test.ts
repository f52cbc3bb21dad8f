// Messages reach those they are for, here and through the city's gateway; one that fails is tried again, and goes once.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { nobody } from '../kernel/access.ts'
import { moment } from '../kernel/clock/date.ts'
import { served, type Served } from '../tests/served.ts'
import { wednesday } from '../tests/world.ts'
import { deliver } from './message.ts'

type Got = { readonly key: string; readonly body: Record<string, unknown>; readonly auth: string | undefined }

let s: Served
let gateway: Server
let url = ''
let got: Got[] = []
let answer = 200

beforeAll(async () => {
  s = await served()
  gateway = createServer((request, response) => {
    void textOf(request).then((text) => {
      const { headers } = request
      got.push({
        key: String(headers['idempotency-key']),
        body: JSON.parse(text) as Got['body'],
        auth: headers.authorization,
      })
      response.writeHead(answer).end()
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => gateway.once('listening', resolve))
  url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`
})
afterAll(async () => {
  gateway.close()
  await s.close()
})
beforeEach(() => {
  got = []
  answer = 200
})

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

const said = { title: '供电不稳', body: '停电。', matter: 'difficulty', line: 'communication', channel: 'web' }
const sent = { unit: 'tax', line: 'communication', matter: 'difficulty', level: 'city' }
const read = async (person: string, query = '') =>
  (await s.ask(person, 'GET', `/api/messages?${query}`)).body['items'] as {
    text: string
    id: string
    position: number
  }[]
const later = (minutes: number) => s.town.set(moment(Date.parse(wednesday) + minutes * 60_000))

async function raised() {
  const { town } = s
  const made = await town.done(nobody, 'appeal', 'raise', { ...said, contact: '钱某', phone: '13900001234' })
  await town.done(await town.as('fen'), 'appeal', 'dispatch', sent, made.done.id)
  return made.done.id
}

test('a unit’s people read that a case has come; others do not; in either language; page by page', async () => {
  const [first, second] = [await raised(), await raised()]
  const items = await read('hao')
  expect(items.map((one) => one.id)).toEqual([second, first])
  expect(items[0]!.text).toBe('您单位有一件新的诉求待签收：供电不稳')
  expect((await read('hao', 'lang=en'))[0]!.text).toContain('供电不稳')
  expect((await read('hao', `limit=1&before=${items[0]!.position}`)).map((one) => one.id)).toEqual([first])
  expect(await read('hui')).toEqual([])
  expect((await s.ask(undefined, 'GET', '/api/messages')).body).toEqual({ items: [] })
})

test('the gateway gets each message once, with name and telephone; a failure is tried again under the same key', async () => {
  const { world } = s.town
  await deliver(world, undefined)
  const id = await raised()
  answer = 503
  expect(await deliver(world, { url, key: 'k' })).toBe(1)
  const failed = got.map((one) => one.key)
  expect(failed).toHaveLength(1)
  got = []
  answer = 200
  later(1)
  expect(await deliver(world, { url, key: 'k' })).toBe(2)
  expect(got.map((one) => one.key)).toEqual(expect.arrayContaining(failed))
  const contact = got.find((one) => one.body['to'] === 'contact')!
  expect(contact).toMatchObject({
    auth: 'Bearer k',
    body: { name: '钱某', phone: '13900001234', record: { kind: 'appeal', id } },
  })
  expect((contact.body['texts'] as Record<string, string>)['zh-CN']).toBe('您的诉求已送交办理单位：供电不稳')
  // The handler and the head of the unit, each by name.
  const names = got.filter((one) => one.body['to'] === 'unit:tax').map((one) => one.body['name'])
  expect(new Set(names)).toEqual(new Set(['hao某', 'tou某']))
  got = []
  later(600)
  expect(await deliver(world, { url, key: 'k' })).toBe(0)
  expect(got).toEqual([])
})
