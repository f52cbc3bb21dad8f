// Names in Latin letters, so that they are found by typing their pinyin or its initials. For the server: the dictionary is large.
import { pinyin } from 'pinyin-pro'

/** First letters of all syllables, other letters and digits as they are: 通化人参药业 → `thrsyy`. Lower case, no blanks. */
export function initials(name: string): string {
  return read(name).initials
}

/** All syllables without tones, ü as v: 通化人参药业 → `tonghuarenshenyaoye`. A character without a known reading stays. */
export function spelling(name: string): string {
  return read(name).spelling
}

type Reading = { readonly initials: string; readonly spelling: string }

/** Both are asked for one after the other: the last name is kept, so that it is read once. */
let last: { readonly name: string; readonly reading: Reading } | undefined

/** The name is read as a whole, since a reading may depend on the neighbours (银行 hang, 行业 hang, 人参 shen). */
function read(name: string): Reading {
  if (last?.name === name) return last.reading
  const letters: string[] = []
  const syllables: string[] = []
  const plain = name.normalize('NFKC').toLowerCase().replace(NOT_LETTERS, '')
  for (const part of plain.match(PARTS) ?? []) {
    const read = HAN.test(part) ? pinyin(part, { toneType: 'none', type: 'array', v: true, nonZh: 'spaced' }) : [part]
    syllables.push(...read)
    letters.push(...(HAN.test(part) ? read.map((syllable) => [...syllable][0] ?? '') : [part]))
  }
  const reading = { initials: letters.join(''), spelling: syllables.join('') }
  last = { name, reading }
  return reading
}

const NOT_LETTERS = /[^\p{L}\p{N}]/gu
const HAN = /\p{Script=Han}/u
const PARTS = /\p{Script=Han}+|\P{Script=Han}+/gu
