// The files that the pages load: read once, packed once, and never changed under their address.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export type Asset = {
  readonly text: string
  readonly packed: Uint8Array<ArrayBuffer>
  readonly type: string
  /** Changes with the text; part of the address. */
  readonly stamp: string
}

const load = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8')
const asset = (text: string, type: string): Asset => ({
  text,
  packed: new Uint8Array(gzipSync(text, { level: 9 })),
  type: `${type}; charset=utf-8`,
  stamp: createHash('sha256').update(text).digest('hex').slice(0, 10),
})
/** Comments and indentation are for whoever reads the source. */
const slim = (css: string) =>
  css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim()

const [tokens, common] = [load('tokens.css'), load('portal.css')]

/** The desks load tokens and what is common; a portal page waits for one sheet that holds all it needs. */
export const assets: Readonly<Record<string, Asset>> = {
  'tokens.css': asset(tokens, 'text/css'),
  'portal.css': asset(common, 'text/css'),
  'page.css': asset(slim(`${tokens}\n${common}\n${load('page.css')}`), 'text/css'),
  'paper.css': asset(slim(load('paper.css')), 'text/css'),
  'portal.js': asset(load('portal.js'), 'text/javascript'),
}

export function address(name: string): string {
  return `/assets/${name}?${assets[name]!.stamp}`
}
