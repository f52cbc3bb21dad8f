// The edition that holds on a day, and what it answers: read once, since a confirmed edition never changes.
import {
  answer,
  editionOn,
  isWhole,
  itemsFor,
  LIST,
  matterKey,
  type Answer,
  type Content,
  type Edition,
  type Standing,
} from '../../domains/access/index.ts'
import { readIndustry, sectionOf, sections, type IndustryDivision } from '../../domains/register/index.ts'
import type { Actor } from '../../kernel/access.ts'
import type { CivilDate } from '../../kernel/clock/date.ts'
import { findRecord } from '../../store/read.ts'
import { readableTitles } from '../case.ts'
import type { World } from '../world.ts'

export type InForce = {
  readonly id: string
  readonly content: Content
  readonly whole: boolean
  readonly until?: CivilDate | undefined
  readonly list: Standing
}

export type Asked = { readonly words: string; readonly industry: string; readonly on: CivilDate }

export type Told = {
  readonly edition: InForce
  readonly answer: Answer
  /** The division or section that was meant. */
  readonly industry?: {
    readonly code: string
    readonly name: string
    readonly nameEn: string
    readonly section: string
  }
  /** Items of the city by their matter's number. */
  readonly items: ReadonlyMap<string, readonly { readonly id: string; readonly title: string }[]>
}

type Wrong = { readonly wrong: 'nothing-asked' | 'unknown-industry' | 'other-section' | 'no-edition' }

type Kept = { readonly version: number; readonly edition: Exclude<Edition, { phase: 'none' }> | undefined }

const kept = new WeakMap<World, Map<string, Kept>>()

/** Undefined where no edition holds on the day, or the one that did was withdrawn. */
export async function editionFor(world: World, on: CivilDate): Promise<InForce | undefined> {
  const list = (await findRecord(world.database, world.city, 'access-list', LIST))?.state as unknown as
    Standing | undefined
  const id = editionOn(list, on)
  if (list === undefined || id === undefined) return undefined
  const edition = await confirmed(world, id)
  return edition && { id, list, content: edition.content, whole: isWhole(edition.content), until: edition.until }
}

async function confirmed(world: World, id: string) {
  const { database, city } = world
  const known = kept.get(world) ?? new Map<string, Kept>()
  kept.set(world, known)
  const { rows } = await database.query(
    `select version from record where city = $1 and kind = 'access-edition' and id = $2`,
    [city, id],
  )
  const version = Number(rows[0]?.['version'] ?? 0)
  const before = known.get(id)
  if (before?.version === version) return before.edition
  const state = (await findRecord(database, city, 'access-edition', id))?.state as unknown as Edition | undefined
  const edition = state?.phase === 'confirmed' ? state : undefined
  known.set(id, { version, edition })
  return edition
}

/** One answer; the same question on the same day has the same. */
export async function askAccess(world: World, actor: Actor, asked: Asked): Promise<Told | Wrong> {
  const { words, industry: code, on } = asked
  const industry = code === '' ? undefined : meantBy(code)
  if (industry !== undefined && 'wrong' in industry) return industry
  const edition = await editionFor(world, on)
  if (!edition) return { wrong: 'no-edition' }
  const found = answer(edition.content, { words, industry })
  if (!found) return { wrong: 'nothing-asked' }
  const wanted = found.found.map(({ matter }) => [matter.matter, itemsFor(edition.list, matterKey(matter))] as const)
  const titles = await readableTitles(
    world,
    actor,
    [...new Set(wanted.flatMap(([, ids]) => ids))].map((id) => ['item', id] as const),
  )
  const items = wanted.map(
    ([matter, ids]) =>
      [
        matter,
        ids.flatMap((id) => {
          const title = titles.get(`item/${id}`)
          return title === undefined ? [] : [{ id, title }]
        }),
      ] as const,
  )
  return { edition, answer: found, ...(industry && { industry }), items: new Map(items) }
}

/** A code of GB/T 4754 (section, division or deeper) or the name of a section or division. */
function meantBy(text: string): NonNullable<Told['industry']> | Wrong {
  const plain = text.normalize('NFKC').trim().toUpperCase()
  const section = sectionOf(plain) ?? sections.find(({ name }) => name === text.trim())
  if (section) return { ...section, section: section.code }
  const read = readIndustry(plain)
  if (read && !read.agrees) return { wrong: 'other-section' }
  const division: IndustryDivision | undefined = read?.division
  return division ?? { wrong: 'unknown-industry' }
}
