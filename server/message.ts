// Messages: in words for those who read them here, and handed to the city's gateway with name and telephone.
import type { Actor } from '../kernel/access.ts'
import { addressesOf, inForce, visible } from '../kernel/access.ts'
import { dateOf, moment } from '../kernel/clock/date.ts'
import type { Conferral } from '../kernel/record.ts'
import { languages, type Language } from '../kernel/texts.ts'
import { keepMessages, messagesTo, sendMessages, type Message } from '../store/message.ts'
import { findRecord } from '../store/read.ts'
import type { World } from './world.ts'

export type Gateway = { readonly url: string; readonly key: string | undefined }

/** The latest messages to this actor, newest first. */
export async function messagesFor(world: World, actor: Actor, lang: Language, limit: number, before?: number) {
  const ways = new Map([...world.registry.kinds].map(([name, kind]) => [name, visible(kind.definition.sees, actor)]))
  const rows = await messagesTo(world.database, world.city, addressesOf(actor), ways, limit, before)
  const told = rows.map((row) => ({
    position: row.position,
    at: moment(row.at.getTime()),
    kind: row.kind,
    id: row.record,
    text: textOf(world, row, lang),
  }))
  // One event may reach somebody by two ways, as a person and as an enterprise: he is told once.
  const said = ({ position, text }: (typeof told)[number]) => `${position} ${text}`
  return [...new Map(told.map((one) => [said(one), one])).values()]
}

/** The template of the kind, filled in; a template that has gone since is told by its name. */
function textOf(world: World, { kind, template, about }: Message, lang: Language): string {
  const words = world.registry.kinds.get(kind)?.texts[lang].messages?.[template] ?? template
  return words.replaceAll(/\{(\w+)\}/g, (_, name: string) => about[name] ?? '')
}

type Reached = { readonly name?: string | undefined; readonly phone?: string | undefined }

/** Hands what is waiting to the gateway, or marks it as kept when there is none. Returns how many were tried. */
export async function deliver(world: World, gateway: Gateway | undefined): Promise<number> {
  const { database, city, around } = world
  if (!gateway) {
    await keepMessages(database, city, around.now())
    return 0
  }
  return sendMessages(database, city, around.now(), async (message) => {
    const people = await reached(world, message)
    const texts = Object.fromEntries(languages.map((lang) => [lang, textOf(world, message, lang)]))
    for (const [place, { name, phone }] of people.entries()) {
      const body = { to: message.recipient, name, phone, texts, record: { kind: message.kind, id: message.record } }
      const key = `${city}-${message.position}-${message.line}-${place}`
      if (!(await post(gateway, key, body))) return false
    }
    return true
  })
}

async function post(gateway: Gateway, key: string, body: object): Promise<boolean> {
  try {
    const response = await fetch(gateway.url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        ...(gateway.key !== undefined && { authorization: `Bearer ${gateway.key}` }),
      },
      body: JSON.stringify(body),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

/** Those whom an address means today, each with what the register knows of how to reach them. */
async function reached(world: World, { kind, record, recipient }: Message): Promise<readonly Reached[]> {
  const { database, city, registry } = world
  if (recipient === 'contact') {
    const row = await findRecord(database, city, kind, record)
    const contact = row && registry.kinds.get(kind)?.definition.contact?.(row.state)
    return contact ? [contact] : []
  }
  const persons = await personsAt(world, recipient)
  const { rows } = await database.query(
    `select title, state from record where city = $1 and kind = 'person' and open and id = any ($2)`,
    [city, persons],
  )
  return (rows as { title: string; state: { phone?: string } }[]).map(({ title, state }) => ({
    name: title,
    phone: state.phone,
  }))
}

async function personsAt(world: World, recipient: string): Promise<readonly string[]> {
  const { database, city, registry, around } = world
  if (recipient.startsWith('person:')) return [recipient.slice('person:'.length)]
  const units = await world.cache.units()
  const today = dateOf(around.now())
  const conferring = [...registry.kinds.values()].filter(({ definition }) => definition.confers !== undefined)
  const { rows } = await database.query(
    'select kind, id, state from record where city = $1 and kind = any ($2) and open',
    [city, conferring.map(({ definition }) => definition.kind)],
  )
  const means = (one: Conferral): boolean => {
    if (!('post' in one)) return one.subject === recipient && inForce(one, today)
    if (!inForce(one.post, today)) return false
    const [role, unit] = recipient.split('@')
    if (unit === undefined) return recipient === `unit:${one.post.unit}`
    const top = one.post.jurisdiction ?? one.post.unit
    return one.post.role === role && (unit === '' ? !units.all.get(top)?.parent : units.below(top).includes(unit))
  }
  const persons = (rows as { kind: string; id: string; state: never }[]).flatMap(({ kind, id, state }) =>
    registry.kinds.get(kind)!.definition.confers!(state, id)
      .filter(means)
      .map((one) => one.person),
  )
  return [...new Set(persons)]
}
