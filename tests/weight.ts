// How heavy what a browser fetches is: the desks from their build, a page of the portal as it comes over the wire.
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { builtDesks } from '../cli/desk.ts'

type Chunk = {
  readonly file: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

export type DeskWeight = {
  /** Bytes that the first page takes, with the styles that it shares with the portal. */
  readonly first: number
  /** Bytes that each chunk adds with all that it needs at once, by its name. */
  readonly added: ReadonlyMap<string, number>
}

/** The built desks, packed as they are served. */
export async function deskWeight(): Promise<DeskWeight> {
  const folder = await builtDesks()
  const chunks = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Readonly<Record<string, Chunk>>
  const packed = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length
  const filesOf = (name: string, seen = new Set<string>()): ReadonlySet<string> => {
    const chunk = chunks[name]!
    for (const file of [chunk.file, ...(chunk.css ?? [])]) seen.add(file)
    for (const other of chunk.imports ?? []) if (!seen.has(chunks[other]!.file)) filesOf(other, seen)
    return seen
  }
  const sum = (files: Iterable<string>) => [...files].reduce((total, file) => total + packed(join(folder, file)), 0)
  const first = filesOf(Object.keys(chunks).find((name) => chunks[name]!.isEntry)!)
  const styles = ['tokens.css', 'portal.css'].map((name) => join(import.meta.dirname, '../server/portal', name))
  const added = Object.keys(chunks).map(
    (name) => [name, sum([...filesOf(name)].filter((file) => !first.has(file)))] as const,
  )
  return { first: sum(first) + styles.reduce((total, path) => total + packed(path), 0), added: new Map(added) }
}

export type PageWeight = { readonly html: number; readonly css: number; readonly js: number; readonly text: string }

/** A page of the portal with its one sheet of styles and its one script, in bytes on the wire. Throws when it has others. */
export async function pageWeight(origin: string, path: string): Promise<PageWeight> {
  const { size, text } = await packed(origin, path)
  const only = (pattern: RegExp, what: string) => {
    const [address, ...more] = [...text.matchAll(pattern)].map((one) => one[1]!)
    if (address === undefined || more.length > 0) throw new Error(`${path} does not have one ${what}`)
    return packed(origin, address)
  }
  const css = await only(/<link rel="stylesheet" href="([^"]+)"/g, 'sheet of styles')
  const js = await only(/<script[^>]* src="([^"]+)"/g, 'script')
  return { html: size, css: css.size, js: js.size, text }
}

/** What comes over the wire to a browser that takes gzip, and what it says. */
function packed(origin: string, path: string): Promise<{ readonly size: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    get(`${origin}${encodeURI(path)}`, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        const whole = Buffer.concat(parts)
        if (answer.statusCode === 200 && answer.headers['content-encoding'] === 'gzip')
          return resolve({ size: whole.length, text: gunzipSync(whole).toString() })
        reject(new Error(`${path} was answered with ${answer.statusCode} and not packed`))
      })
    }).on('error', reject)
  })
}
