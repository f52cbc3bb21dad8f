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
import { filesById, keepFile, type KeptFile, type Shelf } from './keep.ts'
import { isMultipart, readMultipart } from './multipart.ts'
import { openFile } from './open.ts'

export function fileRoutes(world: World, shelf: Shelf): Hono<Env> {
  const { database, city, registry, around } = world
  const http = new Hono<Env>()

  /** A file as the body itself, named by `x-file-name`, or as the file of a form; kept as it arrives. */
  async function taken(c: C): Promise<Awaited<ReturnType<typeof keepFile>> | undefined> {
    const keep = (file: { readonly name: string; readonly stream: Readable }) =>
      keepFile(shelf, file, c.get('actor').id, c.get('lang'), around.now())
    const named = c.req.header('x-file-name')
    const { body } = c.req.raw
    if (named !== undefined)
      return body ? keep({ name: decoded(named), stream: Readable.fromWeb(body as never) }) : undefined
    if (!isMultipart(c.req.raw)) return undefined
    const found: Awaited<ReturnType<typeof keepFile>>[] = []
    await readMultipart(c.req.raw, shelf.limit + 1_000_000, async (field, file) => {
      if (field === 'file' && found.length === 0) found.push(await keep(file))
    })
    return found[0]
  }

  http.post('/api/files', async (c) => {
    const lang = c.get('lang')
    const actor = c.get('actor')
    // A visitor without an account or a record's code uploads through the form that he is filling in.
    if (actor.id === nobody.id && actor.token === undefined) return refused(c, 'not-permitted')
    const kept = await taken(c)
    if (kept === undefined) {
      const fields = [{ field: 'file', problem: 'missing', message: say(lang, 'no-file') }]
      return problemJson(c, problem(422, 'invalid-input', say(lang, 'no-file'), fields))
    }
    if ('problem' in kept) {
      const fields = [{ field: 'file', problem: kept.code, message: kept.problem }]
      return problemJson(c, problem(kept.code === 'too-large' ? 413 : 422, kept.code, kept.problem, fields))
    }
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
    const told = events.flatMap(({ type, type_version, data, actor }) => {
      const { files } = upcast(definition, type, type_version, data) as { files?: unknown }
      return Array.isArray(files) ? (files as string[]).map((id) => ({ id, actor })) : []
    })
    // Naming somebody else's file does not make it one's own: whoever named it must have brought it.
    const files = await filesById(shelf, [...new Set(told.map((one) => one.id))])
    const own = ({ id, owner }: KeptFile) =>
      owner === nobody.id || told.some((one) => one.id === id && one.actor === owner)
    return { row, files: files.filter(own) }
  }

  http.get('/api/records/:kind/:id/files', async (c) => {
    const found = await named(c)
    if (!found) return refused(c, 'not-found')
    return c.json({ items: found.files.map(({ id, name, type, size, state }) => ({ id, name, type, size, state })) })
  })

  http.get('/api/records/:kind/:id/files/:file', async (c) => {
    const found = await named(c)
    const id = c.req.param('file')
    const file = found?.files.find((one) => one.id === id)
    if (!found || !file) return refused(c, 'not-found')
    await recordLook(database, city, c.get('actor').id, `file ${id}`, found.row, around.now())
    return shelf.away ? c.redirect(shelf.away.link(id)) : giveOut(c, file)
  })

  /** On the other host, where there are no cookies of ours: whoever was given the link a moment ago. */
  http.get('/files/:id', async (c) => {
    const { away } = shelf
    const id = c.req.param('id')
    if (!away || c.req.header('host') !== away.host) return refused(c, 'not-found')
    const [file] = away.holds(id, c.req.query('until'), c.req.query('seal')) ? await filesById(shelf, [id]) : []
    return file ? giveOut(c, file) : refused(c, 'not-found')
  })

  async function giveOut(c: C, file: KeptFile): Promise<Response> {
    const opened = await openFile(file.id, { folder: shelf.folder, name: file.name, kind: file.type })
    if (!opened) return refused(c, 'not-found')
    return new Response(Readable.toWeb(opened.stream) as ReadableStream, { headers: opened.headers })
  }

  return http

  function refused(c: C, code: 'not-found' | 'not-permitted'): Response {
    return problemJson(c, problemOf(registry, { refused: code, kind: c.req.param('kind') ?? '' }, c.get('lang')))
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
