// The papers of a record: made from its events whenever they are wanted, each with a code by which anybody can tell that it is genuine.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { admits, visible, type Actor } from '../kernel/access.ts'
import type { Kind } from '../kernel/domain.ts'
import { numberOf, type Paper } from '../kernel/paper.ts'
import type { Law } from '../kernel/record.ts'
import type { Language } from '../kernel/texts.ts'
import type { Units } from '../store/cache.ts'
import { findRecord, historyOf, type EventRow, type Row } from '../store/read.ts'
import { namesOf, recordLook } from '../store/trace.ts'
import { codeOf, plainCode } from './code.ts'
import { masked, reveals, storyOf, unitName } from './view.ts'
import type { World } from './world.ts'

export type Issued = Paper & {
  readonly number: string
  readonly title: string
  readonly unitName: string
}

type Said = {
  readonly law: Law
  readonly units: Units
  /** Names of those who acted. */
  readonly names: ReadonlyMap<string, string>
  readonly lang: Language
  /** Whether the reader sees personal data. */
  readonly revealed: boolean
}

/** Every paper that the record has given so far, in one language. */
export function papersIn(kind: Kind, row: Row, history: readonly EventRow[], said: Said): readonly Issued[] {
  const { definition } = kind
  if (!definition.papers) return []
  const { lang, law, units, names, revealed } = said
  const texts = kind.texts[lang]
  const papers = definition.papers(storyOf(definition, row.id, history) as never, {
    lang,
    calendar: law.calendar,
    option: (value) => texts.options[value] ?? value,
    personName: (person) => names.get(person),
    personal: (value) => (revealed ? value : masked(value)),
  })
  return papers.map((paper) => ({
    ...paper,
    number: numberOf(row.id, paper.place),
    title: texts.papers?.[paper.sort] ?? paper.sort,
    unitName: unitName(units, paper.unit, lang) ?? paper.unit,
  }))
}

/**
 * The code of a paper: bound to the record's secret, to the number, and to every event on which the paper rests, as they were
 * written. What the words of the program become changes no code, what happens afterwards neither.
 */
export function codeOfPaper(
  kind: Kind,
  row: Row,
  history: readonly EventRow[],
  paper: Pick<Paper, 'place' | 'version'>,
): string | undefined {
  const { token } = kind.definition.index(row.state, row.id)
  if (token === undefined) return undefined
  const rests = history.filter(({ version }) => version <= paper.version)
  const content = rests.map((event) => [event.version, event.type, event.type_version, event.at.getTime(), event.data])
  const text = canonical([row.kind, row.id, paper.place, content])
  return codeOf(createHmac('sha256', token).update(text).digest())
}

/** One way to write what is the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`
}

/** Whether two codes are the same, in the same time whatever they are. */
function same(a: string, b: string): boolean {
  const [one, other] = [a, b].map((code) => createHmac('sha256', 'code').update(plainCode(code)).digest())
  return timingSafeEqual(one!, other!)
}

async function told(world: World, row: Row) {
  const { database, city, cache } = world
  const [history, units, law] = await Promise.all([
    historyOf(database, city, row.kind, row.id),
    cache.units(),
    cache.law(0),
  ])
  const names = await namesOf(database, city, [...new Set(history.map((event) => event.actor))])
  return { history, units, law, names }
}

/** One paper as this actor may see it, with its code; undefined where there is none or the record is not for these eyes. */
export async function openPaper(world: World, actor: Actor, kind: Kind, id: string, place: string, lang: Language) {
  const { database, city, around } = world
  const { definition } = kind
  const row = definition.papers && (await findRecord(database, city, definition.kind, id))
  if (!row || !admits(visible(definition.sees, actor), definition.index(row.state, row.id))) return undefined
  const { history, ...known } = await told(world, row)
  const revealed = reveals(definition, row, actor)
  const papers = papersIn(kind, row, history, { ...known, lang, revealed })
  const paper = papers.find((one) => one.place === place)
  if (!paper) return undefined
  if (revealed) await recordLook(database, city, actor.id, 'personal-data', row, around.now())
  return { paper, code: codeOfPaper(kind, row, history, paper), revealed }
}

/** The paper that bears this number and code, for anybody; undefined where it was not issued here, whatever of it is wrong. */
export async function verified(world: World, id: string, place: string, code: string, lang: Language) {
  const { database, city, registry } = world
  const kind = [...registry.kinds.values()].find(
    ({ definition }) => definition.papers && id.startsWith(definition.code),
  )
  const row = kind && (await findRecord(database, city, kind.definition.kind, id))
  if (!kind || !row) return undefined
  const { history, ...known } = await told(world, row)
  const papers = papersIn(kind, row, history, { ...known, lang, revealed: false })
  const paper = papers.find((one) => one.place === place)
  const right = paper && codeOfPaper(kind, row, history, paper)
  if (!paper || right === undefined || !same(right, code)) return undefined
  return { paper, phase: kind.texts[lang].phases[row.phase] ?? row.phase }
}
