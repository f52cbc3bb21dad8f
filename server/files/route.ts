// Attachments over HTTP: taken in from whoever may write, given only to those who may see the record that names them.
import { Hono } from 'hono'
import { Readable } from 'node:stream'
import { admits, nobody, visible } from '../../kernel/access.ts'
import { upcast } from '../../kernel/door.ts'
import { findRecord, historyOf } from '../../store/read.ts'
import { recordLook } from '../../store/trace.ts'
import type { C, Env } from '../env.ts'
import { problem, problemJson, problemOf } from '../problem.ts'
import { say } from '../say.ts'
import type { World } from '../world.ts'
import { filesById, keepFile, streamOf, type Shelf } from './keep.ts'
import { openFile } from './open.ts'

export function fileRoutes(world: World, shelf: Shelf): Hono<Env> {
  const { database, city, registry, around } = world
  const http = new Hono<Env>()

  http.post('/api/files', async (c) => {
    const lang = c.get('lang')
    const actor = c.get('actor')
    // A visitor without an account or a record's code uploads through the form that he is filling in.
    if (actor.id === nobody.id && actor.token === undefined) return refused(c, 'not-permitted')
    const length = Number(c.req.header('content-length') ?? 0)
    if (length > shelf.limit + 100_000) return problemJson(c, problem(413, 'too-large', say(lang, 'too-large')))
    const file = await fileOf(c)
    if (!file) {
      const fields = [{ field: 'file', problem: 'missing', message: say(lang, 'no-file') }]
      return problemJson(c, problem(422, 'invalid-input', say(lang, 'no-file'), fields))
    }
    const kept = await keepFile(shelf, file, actor.id, lang, around.now())
    if ('problem' in kept)
      return problemJson(
        c,
        problem(422, kept.code, kept.problem, [{ field: 'file', problem: kept.code, message: kept.problem }]),
      )
    const { id, name, type, size, state } = kept
    return c.json({ id, name, type, size, state })
  })

  /** The files that a record names, for whoever may see the record. */
  const named = async (c: C) => {
    const definition = registry.kinds.get(c.req.param('kind') ?? '')?.definition
    const row = definition && (await findRecord(database, city, definition.kind, c.req.param('id') ?? ''))
    if (!definition || !row) return undefined
    if (!admits(visible(definition.sees, c.get('actor')), definition.index(row.state, row.id))) return undefined
    const events = await historyOf(database, city, row.kind, row.id)
    const ids = events.flatMap(({ type, type_version, data }) => {
      const { files } = upcast(definition, type, type_version, data) as { files?: unknown }
      return Array.isArray(files) ? (files as string[]) : []
    })
    return { row, ids: [...new Set(ids)] }
  }

  http.get('/api/records/:kind/:id/files', async (c) => {
    const found = await named(c)
    if (!found) return refused(c, 'not-found')
    const files = await filesById(shelf, found.ids)
    return c.json({ items: files.map(({ id, name, type, size, state }) => ({ id, name, type, size, state })) })
  })

  http.get('/api/records/:kind/:id/files/:file', async (c) => {
    const found = await named(c)
    const id = c.req.param('file')
    const [file] = found?.ids.includes(id) ? await filesById(shelf, [id]) : []
    if (!found || !file) return refused(c, 'not-found')
    const opened = await openFile(id, { folder: shelf.folder, name: file.name, kind: file.type })
    if (!opened) return refused(c, 'not-found')
    await recordLook(database, city, c.get('actor').id, `file ${id}`, found.row, around.now())
    return new Response(opened.stream as unknown as ReadableStream, { headers: opened.headers })
  })

  return http

  function refused(c: C, code: 'not-found' | 'not-permitted'): Response {
    return problemJson(c, problemOf(registry, { refused: code, kind: c.req.param('kind') ?? '' }, c.get('lang')))
  }
}

/** A file as the body itself, streamed, named by `x-file-name`; or as `file` of a form. */
async function fileOf(c: C): Promise<{ readonly name: string; readonly stream: Readable } | undefined> {
  const named = c.req.header('x-file-name')
  if (named !== undefined) {
    const { body } = c.req.raw
    return body ? { name: decoded(named), stream: Readable.fromWeb(body as never) } : undefined
  }
  const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>)
  const { file } = form
  return file instanceof File ? { name: file.name, stream: streamOf(file) } : undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
