// The words of a command line held against what its verb takes: what is surplus, unknown or incomplete is refused.
import { meantBy } from '../server/nearest.ts'
import { said, type Lang } from './words.ts'

/** What a person did wrong on the command line: told, without a stack trace. */
export class Misuse extends Error {}

/** A flag and what follows it; one without `value` stands alone. */
export type Flag = { readonly value?: string; readonly many?: true }

export type Takes = {
  /** How it is written, for people. */
  readonly usage: string
  /** The names of its words, all of them needed. */
  readonly words?: readonly string[]
  readonly flags?: Readonly<Record<string, Flag>>
}

export type Given = { readonly words: readonly string[]; readonly flags: ReadonlyMap<string, readonly string[]> }

/** Every verb: its answer as JSON and nothing beside it. */
const EVERYWHERE: Readonly<Record<string, Flag>> = { json: {} }

/** `--name value`, `--name=value` and bare `--name`. Throws `Misuse` with the nearest right word and the usage. */
export function given(verb: string, takes: Takes, args: readonly string[], lang: Lang): Given {
  const names = takes.words ?? []
  const known: Readonly<Record<string, Flag>> = { ...takes.flags, ...EVERYWHERE }
  const words: string[] = []
  const flags = new Map<string, string[]>()
  const misuse = (...lines: readonly string[]): never => {
    throw new Misuse([...lines, usageOf(takes, lang)].join('\n'))
  }
  for (let place = 0; place < args.length; place++) {
    const word = args[place]!
    if (!/^-+[A-Za-z]/.test(word)) {
      words.push(word)
      continue
    }
    const [name = '', inline] = word.replace(/^-+/, '').split(/=(.*)/s)
    const flag = Object.hasOwn(known, name) && word.startsWith('--') ? known[name] : undefined
    if (!flag) return misuse(...unknownFlag(verb, word.split('=')[0]!, name, Object.keys(known), lang))
    const before = flags.get(name)
    if (before && flag.many !== true && flag.value !== undefined) return misuse(said(lang, 'flag-twice', { name }))
    if (flag.value === undefined) {
      if (inline !== undefined) return misuse(said(lang, 'flag-bare', { name }))
      flags.set(name, [''])
      continue
    }
    const next = args[place + 1]
    const value = inline ?? (next === undefined || /^--[A-Za-z]/.test(next) ? undefined : args[++place])
    if (value === undefined || value === '')
      return misuse(said(lang, 'flag-empty', { name, value: flag.value.replaceAll(/[{}]/g, '') }))
    flags.set(name, [...(before ?? []), value])
  }
  const missing = names[words.length]
  if (missing !== undefined) return misuse(said(lang, 'word-missing', { name: missing }))
  const surplus = words[names.length]
  if (surplus !== undefined)
    return misuse(said(lang, names.length === 0 ? 'word-none' : 'word-surplus', { word: surplus, n: names.length }))
  return { words, flags }
}

export function usageOf({ usage }: Takes, lang: Lang): string {
  return said(lang, 'usage', { usage: `npm run -s liangjian -- ${usage}` })
}

function unknownFlag(verb: string, flag: string, name: string, known: readonly string[], lang: Lang): string[] {
  const meant = meantBy(name, known)
  const list = known.map((one) => `--${one}`).join(' ')
  return [
    said(lang, meant === undefined ? 'flag-unknown' : 'flag-misspelt', { verb, flag, meant: meant ?? '' }),
    ...(known.length > 1 ? [said(lang, 'flag-list', { list })] : []),
    ...(verb === 'start' ? [said(lang, 'start-settings')] : []),
  ]
}
