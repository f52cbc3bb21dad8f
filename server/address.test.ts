import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { addressOf, isLocal } from './address.ts'

async function seen(remoteAddress: string, proxies: number, forwarded?: string): Promise<string> {
  const http = new Hono().get('/', (c) => c.text(addressOf(c, proxies)))
  const headers = { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) }
  return (await http.request('/', { headers }, { incoming: { socket: { remoteAddress } } })).text()
}

test('without a proxy of ours only the socket counts', async () => {
  expect(await seen('203.0.113.9', 0, '198.51.100.1')).toBe('203.0.113.9')
  expect(await seen('::ffff:203.0.113.9', 0)).toBe('203.0.113.9')
})

test('behind proxies of ours the outermost tells, and what a visitor has written before it does not', async () => {
  expect(await seen('127.0.0.1', 1, '6.6.6.6, 198.51.100.1')).toBe('198.51.100.1')
  expect(await seen('127.0.0.1', 2, '6.6.6.6, 198.51.100.1, 10.0.0.2')).toBe('198.51.100.1')
  expect(await seen('127.0.0.1', 1)).toBe('127.0.0.1')
  expect(await seen('127.0.0.1', 3, '198.51.100.1')).toBe('127.0.0.1')
})

test('a network of IPv6 counts as one address', async () => {
  expect(await seen('2001:db8:1:2:aaaa::1', 0)).toBe(await seen('2001:db8:1:2:bbbb:cccc:dddd:eeee', 0))
  expect(await seen('2001:db8:1:2::1', 0)).not.toBe(await seen('2001:db8:1:3::1', 0))
  expect(await seen('::1', 0)).toBe('0:0:0:0::')
})

test('local is what was asked on this machine, and not what a proxy passed on', async () => {
  const local = async (remoteAddress: string, proxies: number, forwarded?: string) => {
    const http = new Hono().get('/', (c) => c.json(isLocal(c, proxies)))
    const headers = { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) }
    return (await http.request('/', { headers }, { incoming: { socket: { remoteAddress } } })).json()
  }
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect(await local(address, 0), address).toBe(true)
  expect(await local('203.0.113.9', 0)).toBe(false)
  expect(await local('127.0.0.1', 0, '127.0.0.1')).toBe(false)
  expect(await local('127.0.0.1', 1, '127.0.0.1, 198.51.100.1')).toBe(false)
  expect(await local('127.0.0.1', 1)).toBe(true)
})
