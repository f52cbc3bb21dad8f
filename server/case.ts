// One record as one person may see it: found, permitted, its look logged; the same for the API and the pages.
import { admits, visible, type Actor } from '../kernel/access.ts'
import type { Kind } from '../kernel/domain.ts'
import type { Message } from '../kernel/record.ts'
import type { Language } from '../kernel/texts.ts'
import { findRecord, historyOf, type Row } from '../store/read.ts'
import { chainOf, namesOf, recordLook } from '../store/trace.ts'
import { offeredOn } from './offer.ts'
import { papersIn } from './paper.ts'
import { widgetsOf } from './schema.ts'
import { detailed, readable, reveals, toldOf, unitName } from './view.ts'
import type { World } from './world.ts'

/** The record in full as far as this actor may see it; undefined when there is none or it is not for these eyes. */
export async function openCase(world: World, actor: Actor, kind: Kind, id: string, lang: Language) {
  const { database, city, registry, cache, around } = world
  const { definition } = kind
  const row = await findRecord(database, city, definition.kind, id)
  if (!row || !admits(visible(definition.sees, actor), definition.index(row.state, row.id))) return undefined
  const [history, units, law, links, [commands = []]] = await Promise.all([
    historyOf(database, city, row.kind, row.id),
    cache.units(),
    cache.law(0),
    chainOf(database, city, row),
    offeredOn(world, actor, [row]),
  ])
  const read = readable(definition, row, history, actor)
  const actors = await namesOf(database, city, [...new Set(history.map((event) => event.actor))])
  if (reveals(definition, row, actor)) await recordLook(database, city, actor.id, 'personal-data', row, around.now())
  const view = detailed(definition, row, read, actor, law, units, actors, around.now(), lang, commands)
  const chain = links.filter((link) => {
    const other = registry.kinds.get(link.row.kind)?.definition
    return other && admits(visible(other.sees, actor), other.index(link.row.state, link.row.id))
  })
  const names = await namesIn(
    world,
    actor,
    [{ kind, data: [view.facts, ...view.timeline.map((one) => one.data)] }],
    lang,
  )
  // Who was told what is for those who work here.
  const told = actor.posts.length > 0 ? toldOf(definition, id, history) : new Map<number, readonly Message[]>()
  const recipients = [...new Set([...told.values()].flat().map((one) => one.to))]
  const refs = recipients.filter((one) => one.includes(':')).map((one) => one.split(/:(.*)/s) as [string, string])
  const named = await readableTitles(world, actor, refs)
  const roles = Object.assign({}, ...registry.domains.map((domain) => domain.texts[lang].roles)) as Record<
    string,
    string
  >
  const nameOf = (to: string): string => {
    if (to === 'contact') return kind.texts[lang].fields['contact'] ?? to
    if (to.startsWith('unit:')) return unitName(units, to.slice(5), lang) ?? to
    const [role, at] = to.split('@')
    if (at === undefined)
      return named.get(to.replace(':', '/')) ?? registry.kinds.get(to.split(':')[0]!)?.texts[lang].title ?? to
    return [unitName(units, at === '' ? null : at, lang), roles[role!] ?? role].filter(Boolean).join(' ')
  }
  const papers = papersIn(kind, row, history, { law, units, names: actors, lang, revealed: view.revealed })
  return {
    ...view,
    papers: papers.map(({ place, number, title, on, holds }) => ({ place, number, title, on, holds })),
    timeline: view.timeline.map((one) => ({
      ...one,
      told: (told.get(one.version) ?? []).map(({ to, template, about }) => ({
        to: nameOf(to),
        text: filled(kind.texts[lang].messages?.[template] ?? template, about),
      })),
    })),
    chain: chain.map(({ relation, row: one }) => ({
      relation,
      kind: one.kind,
      id: one.id,
      title: one.title,
      phase: one.phase,
    })),
    names,
  }
}

function filled(template: string, about: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => about[name] ?? '')
}

export type Case = NonNullable<Awaited<ReturnType<typeof openCase>>>

/** Names of the units, persons, enterprises and other records whose ids stand in these facts, as far as the actor may read them. */
export async function namesIn(
  world: World,
  actor: Actor,
  given: readonly { readonly kind: Kind; readonly data: readonly Readonly<Record<string, unknown>>[] }[],
  lang: Language,
): Promise<Readonly<Record<string, string>>> {
  const mentions = given.flatMap(({ kind, data }) => data.flatMap((facts) => mentionsIn(kind, facts)))
  return namesOfMentions(world, actor, mentions, lang)
}

/** What a field with a widget says: the kind or the list of codes that the widget picks from, and what was picked. */
type Mention = readonly [of: string, value: string]

function mentionsIn(kind: Kind, given: Readonly<Record<string, unknown>>): readonly Mention[] {
  const widgets = widgetsOf(kind.definition)
  const walk = (facts: Readonly<Record<string, unknown>>): Mention[] =>
    Object.entries(facts).flatMap(([field, value]) =>
      (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((one): Mention[] => {
        if (typeof one === 'object' && one !== null) return walk(one as Record<string, unknown>)
        const of = widgets.get(field)
        return typeof one === 'string' && of !== undefined ? [[of, one]] : []
      }),
    )
  return walk(given)
}

async function namesOfMentions(
  world: World,
  actor: Actor,
  mentions: readonly Mention[],
  lang: Language,
): Promise<Readonly<Record<string, string>>> {
  const units = await world.cache.units()
  const names = Object.create(null) as Record<string, string>
  const wanted = new Map<string, Mention>()
  for (const mention of mentions) {
    const [of, one] = mention
    const code = world.registry.codes.get(of)?.find((each) => each.code === one)
    if (code) names[one] = code.name[lang]
    const unit = of === 'unit' ? units.all.get(one) : undefined
    if (unit) names[one] = lang === 'zh-CN' ? unit.name : unit.nameEn
    else if (world.registry.kinds.has(of)) wanted.set(`${of}/${one}`, mention)
  }
  const titles = await readableTitles(world, actor, [...wanted.values()])
  for (const [kind, id] of wanted.values()) {
    const title = titles.get(`${kind}/${id}`)
    if (title !== undefined) names[id] = title
  }
  return names
}

/** Titles by kind and id, of those records that the actor may see or that bear their name openly. */
export async function readableTitles(
  { titles, registry }: World,
  actor: Actor,
  refs: readonly (readonly [kind: string, id: string])[],
): Promise<ReadonlyMap<string, string>> {
  const found = await titles.of(refs.filter(([kind]) => registry.kinds.has(kind)))
  return new Map(
    found.flatMap((one) => {
      const { definition } = registry.kinds.get(one.kind)!
      const readable = definition.named || admits(visible(definition.sees, actor), { ...one, open: true })
      return readable ? [[`${one.kind}/${one.id}`, one.title] as const] : []
    }),
  )
}

/** What rows mention, for as long as they are kept. */
const mentioned = new WeakMap<Row, readonly Mention[]>()

/** The names in the facts of listed rows. */
export function namesInRows(world: World, actor: Actor, rows: readonly Row[], lang: Language) {
  const mentions = rows.flatMap((row) => {
    const kind = world.registry.kinds.get(row.kind)
    if (!kind) return []
    const known = mentioned.get(row) ?? mentionsIn(kind, kind.definition.facts?.(row.state) ?? {})
    mentioned.set(row, known)
    return known
  })
  return namesOfMentions(world, actor, mentions, lang)
}

/** What a kind says of facts that were taken all the same, but should be looked at again. */
export function cautionsOf(kind: Kind, facts: Readonly<Record<string, unknown>>, lang: Language): readonly string[] {
  const held = Object.values(facts)
  return Object.entries(kind.texts[lang].cautions ?? {}).flatMap(([option, text]) =>
    held.includes(option) ? [text] : [],
  )
}
