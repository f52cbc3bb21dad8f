// What protects readers and the server itself: headers on every answer, and a limit for strangers.
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { served, type Served } from '../tests/served.ts'
import { carried, visitorLimit } from './guard.ts'

describe('headers', () => {
  let s: Served
  beforeAll(async () => {
    s = await served()
  })
  afterAll(() => s.close())

  test('are on every answer, whatever it is', async () => {
    for (const path of [
      '/',
      '/assets/page.css',
      '/api/me',
      '/nowhere',
      '/api/nowhere',
      '/openapi.json',
      '/health',
      '/desk/x',
    ]) {
      const { headers } = await s.ask(undefined, 'GET', path)
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('referrer-policy'), path).toBe('no-referrer')
      expect(headers.get('content-security-policy'), path).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin')
      // Reached by plain http, here: no browser would heed it.
      expect(headers.get('strict-transport-security'), path).toBeNull()
    }
  })

  test('pin https for a year where people reach us by it', async () => {
    const http = new Hono().use(carried(true)).get('/', (c) => c.text('x'))
    expect((await http.request('/')).headers.get('strict-transport-security')).toBe('max-age=31536000')
  })
})

describe('a stranger who submits without end', () => {
  test('is told when to come back, page or program alike; whoever is signed in goes on, and reading is free', async () => {
    const s = await served([], '/nowhere', { env: { LIANGJIAN_VISITOR_LIMIT: '5', LIANGJIAN_PROXIES: '1' } })
    try {
      const submit = (address: string, headers: Record<string, string> = {}) =>
        s.ask(undefined, 'POST', '/start/appeal/raise', '', {
          'content-type': 'application/x-www-form-urlencoded',
          'x-forwarded-for': `6.6.6.${Math.trunc(performance.now()) % 250}, ${address}`,
          ...headers,
        })
      for (let time = 0; time < 5; time++) expect((await submit('198.51.100.1')).status).toBe(303)
      const page = await submit('198.51.100.1', { accept: 'text/html' })
      expect(page.status).toBe(429)
      expect(page.headers.get('retry-after')).toBe('600')
      expect(page.text).toMatch(/没有提交成功[\s\S]*请 10 分钟后再试；登录后不受此限/)
      const raise = await s.ask(
        undefined,
        'POST',
        '/api/records/appeal/raise',
        { input: {} },
        { 'x-forwarded-for': '198.51.100.1' },
      )
      expect([raise.status, raise.body['code']]).toEqual([429, 'too-many'])
      expect((await submit('198.51.100.2')).status).toBe(303)
      expect((await s.ask(undefined, 'GET', '/figures', undefined, { 'x-forwarded-for': '198.51.100.1' })).status).toBe(
        200,
      )
      for (let time = 0; time < 8; time++)
        expect(
          (await s.ask('qi', 'POST', '/api/records/appeal/raise', { input: {} }, { 'x-forwarded-for': '198.51.100.1' }))
            .status,
        ).toBe(422)
    } finally {
      await s.close()
    }
  })

  test('is counted anew after ten minutes; nought is without limit', () => {
    let now = 0
    const limit = visitorLimit(
      2,
      () => 'a',
      () => now,
    )
    const c = undefined as never
    expect([limit(c), limit(c), limit(c)]).toEqual([0, 0, 10])
    now = 9 * 60_000 + 1
    expect(limit(c)).toBe(1)
    now = 10 * 60_000
    expect([limit(c), limit(c), limit(c)]).toEqual([0, 0, 10])
    const free = visitorLimit(0, () => 'a')
    expect(Array.from({ length: 100 }, () => free(c)).every((minutes) => minutes === 0)).toBe(true)
  })
})
