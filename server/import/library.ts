// The item library as a file: all items as somebody may see them, in the form in which they come in again.
import { Hono } from 'hono'
import { createWriteStream } from 'node:fs'
import { PassThrough, Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { visible, type Actor } from '../../kernel/access.ts'
import { dateOf } from '../../kernel/clock/date.ts'
import type { Language } from '../../kernel/texts.ts'
import { listRecords, type Row } from '../../store/read.ts'
import { recordLook } from '../../store/trace.ts'
import type { C, Env } from '../env.ts'
import { contentDisposition } from '../files/index.ts'
import { writeSheet } from '../sheet/index.ts'
import type { World } from '../world.ts'
import { itemTables, KEY, LIST, unitNames } from './item.ts'
import type { Fields } from './table.ts'
import { sheetsOf } from './whole.ts'

const PAGE = 500

type Listed = { readonly code: string; readonly unit: string; readonly next?: string; readonly content?: Fields }

/** Each item that is not cancelled, by its code: what it says, or is to say when it is new. */
async function records(world: World, actor: Actor): Promise<readonly Fields[]> {
  const { database, city, registry } = world
  const page = (kind: string, after: string | undefined, ids?: readonly string[]) =>
    listRecords(database, city, visible(registry.kinds.get(kind)!.definition.sees, actor), {
      kind,
      ids,
      order: 'created',
      after,
      limit: PAGE,
    })
  const all: Fields[] = []
  for (let after: string | undefined, more = true; more;) {
    const { items, next } = await page('item', after)
    const rows = items.filter(({ phase }) => phase !== 'cancelled')
    const waiting = rows.flatMap((row) => (said(row).content === undefined ? (said(row).next ?? []) : []))
    const drafts = waiting.length === 0 ? [] : (await page('version', undefined, waiting)).items
    const draftOf = new Map(drafts.map((row) => [row.id, (row.state as unknown as { content: Fields }).content]))
    for (const row of rows) {
      const { code, unit, content = draftOf.get(said(row).next ?? '') } = said(row)
      if (content) all.push({ code, unit, ...content })
    }
    after = next ?? undefined
    more = next !== null
  }
  return all.toSorted((a, b) => (a['code']! < b['code']! ? -1 : 1))
}

const said = (row: Row) => row.state as unknown as Listed

/** Writes it to a path or a stream, which it ends; gives how many items it holds. */
export async function writeLibrary(
  world: World,
  actor: Actor,
  { form, lang }: { readonly form: 'xlsx' | 'json'; readonly lang: Language },
  out: string | Writable,
): Promise<number> {
  const all = await records(world, actor)
  if (form === 'xlsx') await writeItems(world, all, lang, out)
  else await writeJson(all, out)
  return all.length
}

/** Writes items as the workbook in which they come in. */
export async function writeItems(world: World, all: readonly Fields[], lang: Language, out: string | Writable) {
  await writeSheet(out, { sheets: sheetsOf(itemTables(world), all, await unitNames(world), lang, KEY) })
}

async function writeJson(all: readonly Fields[], out: string | Writable): Promise<void> {
  const lines = function* () {
    yield `{"${LIST}":[\n`
    for (const [place, one] of all.entries()) yield `${place === 0 ? '' : ',\n'}${JSON.stringify(one)}`
    yield '\n]}\n'
  }
  await pipeline(Readable.from(lines()), typeof out === 'string' ? createWriteStream(out) : out)
}

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
} as const

export function library(world: World): Hono<Env> {
  const http = new Hono<Env>()
  for (const form of ['xlsx', 'json'] as const) http.get(`/api/library.${form}`, (c) => send(c, form))
  return http

  async function send(c: C, form: 'xlsx' | 'json') {
    const { database, city, registry, around } = world
    const [actor, lang] = [c.get('actor'), c.get('lang')]
    await recordLook(database, city, actor.id, 'export', { kind: 'item', id: '' }, around.now())
    const out = new PassThrough()
    // What fails half way cuts the download off.
    void writeLibrary(world, actor, { form, lang }, out).catch((error: Error) => out.destroy(error))
    const title = registry.kinds.get('item')!.texts[lang].title
    return c.body(Readable.toWeb(out) as ReadableStream, 200, {
      'content-type': TYPES[form],
      'content-disposition': contentDisposition(`${title} ${dateOf(around.now())}.${form}`),
    })
  }
}
