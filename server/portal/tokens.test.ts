// The colours of every theme: what is read stands out from what it stands on, and in large print more so.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

/** The tokens of each block, by its selector; blocks inside the media query for dark are `dark …`. */
function blocks(): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const found = new Map<string, Record<string, string>>()
  let media = ''
  for (const [, opened, selector, body] of css.matchAll(/(@media[^{]*\{)|([^{}@]+)\{([^{}]*)\}/g)) {
    if (opened !== undefined) media = 'dark '
    if (selector === undefined || body === undefined) continue
    const tokens = Object.fromEntries(
      [...body.matchAll(/--([\w-]+):\s*(#\w{6})/g)].map(([, name, value]) => [name!, value!]),
    )
    const name = selector.replaceAll(/\/\*[\s\S]*?\*\//g, '').trim()
    if (media === '' || name.includes('not(')) found.set(`${name.includes('not(') ? 'dark ' : ''}${name}`, tokens)
    else found.set(name, tokens)
  }
  return found
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}

const all = blocks()
const block = (name: string) => {
  const tokens = all.get(name)
  if (!tokens) throw new Error(`no block ${name}; there are ${[...all.keys()].join(' | ')}`)
  return tokens
}
const light = block(':root')
const dark = block(":root[data-theme='dark']")
const themes: readonly (readonly [name: string, tokens: Readonly<Record<string, string>>, least: number])[] = [
  ['light', light, 4.5],
  ['dark', dark, 4.5],
  ['light, large print', { ...light, ...block(":root[data-print='large']") }, 7],
  ['dark, large print', { ...dark, ...block(":root[data-print='large'][data-theme='dark']") }, 7],
]
const READ = ['ink', 'soft', 'accent', 'in-time', 'warned', 'overdue', 'stopped']

describe.each(themes)('%s', (_, tokens, least) => {
  test.each(READ)('%s stands out from paper, sheet and wash', (name) => {
    for (const ground of ['paper', 'sheet', 'wash'])
      expect(contrast(tokens[name]!, tokens[ground]!), `${name} on ${ground}`).toBeGreaterThanOrEqual(least)
  })
  test('what is written on a button stands out from it', () => {
    expect(contrast(tokens['on-accent']!, tokens['accent']!)).toBeGreaterThanOrEqual(least)
  })
})

test('who has a dark device sees the dark theme, in large print the dark large one', () => {
  expect(block("dark :root:not([data-theme='light'])")).toEqual(dark)
  expect(block("dark :root[data-print='large']:not([data-theme='light'])")).toEqual(
    block(":root[data-print='large'][data-theme='dark']"),
  )
})
