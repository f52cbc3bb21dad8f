// Serves the desks: one page, and its files, which never change under their names.
import { Hono } from 'hono'
import { readFile } from 'node:fs/promises'
import { pagePolicy } from './policy.ts'
import { extname, join, normalize, sep } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
}

/** `folder` holds the built desks: index.html and assets/. */
export function desk(folder: string): Hono {
  const http = new Hono()
  http.get('/desk/assets/*', async (c) => {
    const path = normalize(join(folder, c.req.path.slice('/desk/'.length)))
    const type = TYPES[extname(path)]
    const file = path.startsWith(folder + sep) && type ? await readFile(path).catch(() => undefined) : undefined
    if (!file || !type) return c.notFound()
    return c.body(file, 200, {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
  })
  http.get('/desk', (c) => c.redirect('/desk/'))
  http.get('/desk/*', async (c) => {
    const shell = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined)
    if (shell === undefined) return c.notFound()
    return c.html(shell, 200, {
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': pagePolicy,
    })
  })
  return http
}
