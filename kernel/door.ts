// The only way in: load, decide, append. Permission, idempotency, clock and entries are worked out here and nowhere else.
import { admits, may, visible, type Actor } from './access.ts'
import { isBeyondCalendar, type Calendar } from './clock/calendar.ts'
import { dateOf, type Moment } from './clock/date.ts'
import { deadline } from './clock/limit.ts'
import type { Kind, Registry } from './domain.ts'
import { houseCommand, isHouseEvent } from './house.ts'
import { parse, unkeepable, type WrongField } from './input.ts'
import type { AnyDefinition, Census, Context, Deadlines, Index, Known, Law, Message, Order, Ref } from './record.ts'
import type { Entry } from './tally/entry.ts'

export type Command = {
  readonly kind: string
  /** Absent in a command that opens a record. */
  readonly id?: string | undefined
  readonly name: string
  readonly input: unknown
  /**
   * Each caller's own: the same key with the same input gets the same answer, with another input it is refused. Without
   * one, each is new.
   */
  readonly key?: string | undefined
  /** The version the person was looking at; refused as `stale-version` when the record has moved on. */
  readonly expects?: number | undefined
  /** The id, where there is one, is that of a record that stands already: numbers are given out here, not chosen. */
  readonly existing?: boolean
}

export type Refusal = {
  readonly refused: string
  readonly kind: string
  readonly field?: string
  readonly about?: Readonly<Record<string, string | number>>
  readonly fields?: readonly WrongField[]
}

export type Done = {
  readonly done: {
    readonly kind: string
    readonly id: string
    readonly version: number
    readonly events: readonly string[]
  }
  /** A secret given out once, for whoever opened the record without an account. */
  readonly reveal?: string
  /** The same of the records that the command opened besides, in the order in which they were opened. */
  readonly also?: readonly (Ref & { readonly reveal: string })[]
}

export type Answer = Done | Refusal

export type Loaded = {
  readonly records: readonly Known[]
  readonly answers: readonly { readonly key: string; readonly hash: string; readonly answer: Answer }[]
  readonly law: number
  readonly access: number
}

/** One record as it will stand after the append, and what the append adds. */
export type Write = Ref & {
  readonly expected: number
  readonly version: number
  readonly state: { readonly phase: string }
  readonly index: Index
  readonly due: Moment | null
  readonly provisional: boolean
  readonly wake: Moment | null
  readonly parties: { readonly added: readonly string[]; readonly removed: readonly string[] }
  /** The words it is found by, or those who may find it. */
  readonly searchChanged: boolean
  /** The record whose command made this one move, when it was not its own. */
  readonly cause: string | null
  readonly events: readonly {
    readonly version: number
    readonly type: string
    readonly typeVersion: number
    readonly data: unknown
  }[]
  readonly entries: readonly (Entry & { readonly version: number })[]
  readonly messages: readonly Message[]
}

/** What was asked before it was decided, and how many there were, not counting what the decisions themselves change. */
export type Counted = { readonly kinds: readonly string[]; readonly census: Census; readonly n: number }

export type Append = {
  readonly writes: readonly Write[]
  readonly answers: readonly { readonly key: string; readonly hash: string; readonly answer: Answer }[]
  readonly actor: string
  readonly via: string
  readonly at: Moment
  /** The law, and the tree of units and the posts, under which it was decided: all must still be as they were. */
  readonly law: number
  readonly access: number
  /** Must still come out alike where law or access change: what was in use elsewhere at that instant is seen. */
  readonly counted: readonly Counted[]
  readonly enacts: boolean
  readonly confers: boolean
}

/** `conflict`: somebody else appended first, or law or access has changed; load and decide again. */
export type Outcome = 'appended' | 'conflict'

export type Store = {
  load(keys: readonly string[], refs: readonly Ref[]): Promise<Loaded>
  append(append: Append): Promise<Outcome>
  /** How many records are open and as the census says, whoever may see them. */
  count(kinds: readonly string[], census: Census): Promise<number>
}

/** What the platform lends the door. */
export type Surroundings = {
  readonly registry: Registry
  readonly store: Store
  readonly now: () => Moment
  /** The law at a version or later; asked again when a load shows that it has changed. */
  readonly law: (version: number) => Promise<Law>
  /** The actor with the posts and mandates he has now: asked when a load shows that access has changed since he was made. */
  readonly renew?: (actor: Actor, at: Moment) => Promise<Actor>
  readonly hash: (text: string) => string
  readonly secret: () => string
  readonly mint: (code: string, on: string) => string
  /** Lets those who ask under one name go one after another; whoever was overtaken once tries again in turn. */
  readonly turn?: <T>(name: string, work: () => Promise<T>) => Promise<T>
}

const ATTEMPTS = 12

/** A record as the decisions so far leave it; the store has seen none of this yet. */
type Draft = {
  readonly kind: Kind
  readonly ref: Ref
  readonly cause: string | null
  readonly expected: number
  readonly version: number
  readonly was: { readonly phase: string }
  readonly state: { readonly phase: string }
  readonly events: Write['events']
  readonly entries: Write['entries']
  readonly messages: readonly Message[]
  readonly clock: ReturnType<typeof clockOf>
}

type Work = {
  readonly around: Surroundings
  readonly actor: Actor
  readonly law: Law
  readonly at: Moment
  readonly known: Map<string, Known | undefined>
  readonly counted: Counted[]
  /** What was not in the first load. */
  readonly late: Ref[]
  drafts: Map<string, Draft>
}

/** Brings one command through the door. Refusals are answers, not exceptions; only a broken store throws. */
export async function execute(around: Surroundings, actor: Actor, command: Command): Promise<Answer> {
  return (await executeAll(around, actor, [command]))[0]!
}

/**
 * Brings several commands through the door in one load and one append, each with its own key and its own answer: those
 * that are refused leave nothing behind, the others are appended together.
 */
export async function executeAll(
  around: Surroundings,
  actor: Actor,
  commands: readonly Command[],
): Promise<readonly Answer[]> {
  const seen: Ref[] = []
  const again = async () => {
    for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
      const answers = await once(around, actor, commands, seen)
      if (answers) return answers
      await new Promise((resolve) => setTimeout(resolve, attempt * attempt * 2))
    }
    return commands.map((command) => ({ refused: 'busy', kind: command.kind }))
  }
  const answers = await once(around, actor, commands, seen)
  if (answers) return answers
  return around.turn ? around.turn(turnOf(around, commands), again) : again()
}

/**
 * One load, the decisions, one append; undefined when somebody else appended first. What turned out to be needed besides is
 * loaded later and then `seen`: a refusal that rests on several loads is decided again on one, for the record that it met may
 * have moved on between them.
 */
async function once(
  around: Surroundings,
  given: Actor,
  commands: readonly Command[],
  seen: Ref[],
): Promise<readonly Answer[] | undefined> {
  const at = around.now()
  const prepared = commands.map((command) => prepare(around, given, command, at))
  const refs = [...prepared.flatMap((one) => ('refs' in one ? one.refs : [])), ...seen]
  const loaded = await around.store.load(
    // The key of a command that was refused may be one that no store could look up.
    commands.flatMap((command, place) => ('refs' in prepared[place]! ? (keyOf(given, command) ?? []) : [])),
    distinct(refs),
  )
  const law = await around.law(loaded.law)
  const old = given.access !== undefined && given.access !== loaded.access
  const actor = old && around.renew ? await around.renew(given, at) : given
  const known = new Map<string, Known | undefined>(refs.map((ref) => [nameOf(ref), undefined]))
  for (const record of loaded.records) known.set(nameOf(record), record)
  const kept = new Map(loaded.answers.map((stored) => [stored.key, stored]))
  const work: Work = { around, actor, law, at, known, counted: [], late: [], drafts: new Map() }

  const answers: Answer[] = []
  const fresh: { key: string; hash: string; answer: Answer }[] = []
  for (const [position, one] of prepared.entries()) {
    const key = keyOf(given, commands[position]!)
    if ('refused' in one) {
      answers.push(one)
      continue
    }
    const before = key === undefined ? undefined : kept.get(key)
    if (before) {
      answers.push(before.hash === one.hash ? before.answer : { refused: 'key-reused', kind: one.order.kind })
      continue
    }
    const drafts = new Map(work.drafts)
    const answer = await decideOne(work, one)
    if ('refused' in answer) work.drafts = drafts
    else if (key !== undefined) {
      const stored = { key, hash: one.hash, answer }
      fresh.push(stored)
      kept.set(key, stored)
    }
    answers.push(answer)
  }
  // Once is enough: what is needed late again are numbers given out afresh, which nobody has.
  if (seen.length === 0 && work.late.length > 0 && answers.some((answer) => 'refused' in answer)) {
    seen.push(...work.late)
    return undefined
  }
  if (work.drafts.size === 0) return answers
  const outcome = await around.store.append({
    writes: [...work.drafts.values()]
      .filter((draft) => draft.events.length > 0)
      .map(writeOf)
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    answers: fresh,
    actor: actor.id,
    via: actor.via ?? 'api',
    at,
    law: law.version,
    access: loaded.access,
    counted: work.counted,
    enacts: touched(work, 'enacts'),
    confers: touched(work, 'confers') || touched(work, 'places'),
  })
  return outcome === 'appended' ? answers : undefined
}

type Prepared = {
  readonly order: Order
  readonly command: Command
  readonly hash: string
  readonly refs: readonly Ref[]
  /** Where the id is what the input calls the record: whether that is taken, and the number it gets if it is not. */
  readonly named?: { readonly spare: string; held(was: unknown, actor: Actor): Refusal | undefined }
}

/** What can be said about a command before anything is loaded. */
function prepare(around: Surroundings, actor: Actor, command: Command, at: Moment): Prepared | Refusal {
  const kind = around.registry.kinds.get(command.kind)
  if (!kind) return { refused: 'unknown-kind', kind: command.kind }
  const { definition } = kind
  const spec = commandOf(definition, command.name)
  if (!spec || (spec.inner && !actor.system)) return { refused: 'unknown-command', kind: command.kind }
  const wrong = nameProblem(command)
  if (wrong === 'id' && !opens(definition, command.name)) return { refused: 'not-found', kind: command.kind }
  const parsed = wrong ? badName(wrong) : parse(spec.input, command.input ?? {})
  if ('fields' in parsed) return { refused: 'invalid-input', kind: command.kind, fields: parsed.fields }
  const input = parsed.value
  const named = command.id === undefined ? spec.names?.(input as never) : undefined
  if (named && named.id.length > LONGEST)
    return { refused: 'name-too-long', kind: command.kind, about: { most: LONGEST } }
  const spare = command.id ?? around.mint(definition.code, dateOf(at))
  const id = named?.id ?? spare
  const who = [actor.id, actor.token ?? null]
  const hash = around.hash(JSON.stringify([...who, command.kind, command.id ?? null, command.name, input]))
  const order: Order = { kind: command.kind, id, name: command.name, input }
  const held = (was: unknown, to: Actor) => {
    const refusal = named?.held(was as never, to)
    return refusal && { ...refusal, kind: command.kind }
  }
  return {
    order,
    command,
    hash,
    refs: [{ kind: command.kind, id }, ...readsOf(definition, order, definition.initial, actor)],
    ...(named && { named: { spare, held } }),
  }
}

async function decideOne(work: Work, { order: asked, command, named }: Prepared): Promise<Answer> {
  const { definition } = work.around.registry.kinds.get(asked.kind)!
  const { actor } = work
  const found = current(work, asked)
  const held = found.version > 0 ? named?.held(found.state, actor) : undefined
  if (held && may(commandOf(definition, asked.name)!.by, actor)) return held
  // Called like one that has given its name up: it gets a number.
  const byNumber = command.id === undefined && (named === undefined || found.version > 0)
  const order = byNumber ? await numbered(work, { ...asked, id: named?.spare ?? asked.id }) : asked
  const known = current(work, order)
  if (known.version > 0) {
    const index = definition.index(known.state, order.id)
    const by = commandOf(definition, order.name)!.by
    // Whatever a post allows, nobody acts on what he may not see.
    if (!admits(visible(definition.sees, actor), index)) return missing(order)
    if (!may(by, actor, index)) return { refused: 'not-permitted', kind: order.kind }
  } else {
    if (command.id !== undefined && (command.existing || !opens(definition, order.name))) return missing(order)
    if (!may(commandOf(definition, order.name)!.by, actor)) return { refused: 'not-permitted', kind: order.kind }
  }
  if (command.expects !== undefined && command.expects !== known.version)
    return { refused: 'stale-version', kind: order.kind, about: { version: known.version } }
  const given: Given = []
  try {
    const refused = await run(work, order, given, null)
    if (refused) return refused
  } catch (error) {
    if (isBeyondCalendar(error)) return { refused: 'beyond-the-calendar', kind: order.kind }
    throw error
  }
  const draft = work.drafts.get(nameOf(order))!
  const own = (one: Ref) => nameOf(one) === nameOf(order)
  const reveal = given.find(own)?.reveal
  const also = given.filter((one) => !own(one))
  return {
    done: { kind: order.kind, id: order.id, version: draft.version, events: draft.events.map((event) => event.type) },
    ...(reveal !== undefined && { reveal }),
    ...(also.length > 0 && { also }),
  }
}

/** Under a number that no record has: one that was given out already, however unlikely, is left aside. */
async function numbered(work: Work, order: Order): Promise<Order> {
  const { definition } = work.around.registry.kinds.get(order.kind)!
  for (let one = order; ; one = { ...order, id: work.around.mint(definition.code, dateOf(work.at)) }) {
    await ensure(work, [one])
    if (current(work, one).version === 0) return one
  }
}

/** The secrets that one command gives out, its own first. */
type Given = (Ref & { readonly reveal: string })[]

/** Decides one order and whatever follows from it on other records; all of it is appended together or not at all. */
async function run(work: Work, order: Order, given: Given, cause: string | null): Promise<Refusal | undefined> {
  const kind = work.around.registry.kinds.get(order.kind)
  if (!kind) throw new Error(`a decision ordered ${order.name} on the unknown kind ${order.kind}`)
  const { definition } = kind
  const spec = commandOf(definition, order.name)
  if (!spec) throw new Error(`a decision ordered the unknown command ${order.kind}.${order.name}`)
  await ensure(work, [order])
  const known = current(work, order)
  if (!spec.in.includes(known.state.phase)) {
    const refused =
      known.version === 0 ? 'not-found' : opens(definition, order.name) ? 'already-exists' : 'not-in-this-phase'
    return { refused, kind: order.kind, about: { phase: known.state.phase } }
  }
  const wanted: Record<string, Ref | undefined> = {
    ...spec.reads?.(order.input as never, known.state as never, work.actor),
    ...spec.needs?.reads(known.state as never, work.actor),
  }
  await ensure(work, Object.values(wanted))
  const asked = Object.entries<Census>(spec.counts?.(order.id, order.input as never, known.state as never) ?? {})
  const counted = await Promise.all(asked.map(async ([name, census]) => [name, await count(work, census)] as const))
  const secret = work.around.secret()
  const context: Context = {
    id: order.id,
    now: work.at,
    today: dateOf(work.at),
    actor: work.actor,
    facts: Object.fromEntries(Object.entries(wanted).map(([name, ref]) => [name, ref && factOf(work, ref)])),
    counts: Object.fromEntries(counted),
    law: work.law,
    cause,
    secret: { plain: secret, hash: work.around.hash(secret) },
    mint: (of) => work.around.mint(work.around.registry.kinds.get(of)?.definition.code ?? 'XX', dateOf(work.at)),
  }
  const powerless = spec.needs?.refused(known.state as never, context)
  if (powerless) return { ...powerless, kind: order.kind }
  const decision = spec.decide(known.state as never, order.input as never, context)
  if ('refused' in decision) return { ...decision, kind: order.kind }
  if (decision.reveal !== undefined) given.push({ kind: order.kind, id: order.id, reveal: decision.reveal })
  work.drafts.set(nameOf(order), fold(work, kind, order, known, decision.events as readonly AnyEvent[], cause))
  for (const next of decision.follow ?? []) {
    const refused = await run(work, next, given, nameOf(order))
    if (refused) return refused
  }
  return undefined
}

type AnyEvent = { readonly type: string; readonly data: unknown }

function fold(
  work: Work,
  kind: Kind,
  ref: Ref,
  known: Known & { state: { phase: string } },
  events: readonly AnyEvent[],
  cause: string | null,
): Draft {
  const { definition } = kind
  const draft = work.drafts.get(nameOf(ref))
  const mark = { id: ref.id, at: work.at, on: dateOf(work.at), actor: work.actor.id }
  let { version } = known
  let { state } = known
  const lines: Write['events'][number][] = [...(draft?.events ?? [])]
  const entries: Write['entries'][number][] = [...(draft?.entries ?? [])]
  const messages: Message[] = [...(draft?.messages ?? [])]
  for (const event of events) {
    const before = state
    version += 1
    const ours = isHouseEvent(event.type)
    state = ours ? before : definition.evolve[event.type]!(before, event.data as never, mark)
    lines.push({ version, type: event.type, typeVersion: versionOf(definition, event.type), data: event.data })
    if (ours) continue
    for (const entry of definition.entries?.(event, before, state, mark) ?? []) entries.push({ ...entry, version })
    messages.push(...(definition.messages?.(event, before, state, mark) ?? []))
  }
  const was = draft?.was ?? known.state
  return {
    kind,
    ref,
    cause: draft ? draft.cause : cause,
    expected: draft?.expected ?? known.version,
    version,
    was,
    state,
    events: lines,
    entries,
    messages,
    clock: clockOf(definition, state, work.law.calendar, work.at),
  }
}

function writeOf(draft: Draft): Write {
  const { definition } = draft.kind
  const { id } = draft.ref
  const index = definition.index(draft.state, id)
  const before = draft.expected === 0 ? undefined : definition.index(draft.was, id)
  const { due, provisional, wake } = draft.clock
  const parties = new Set(index.parties ?? [])
  const earlier = new Set(before?.parties ?? [])
  const added = [...parties].filter((party) => !earlier.has(party))
  const removed = [...earlier].filter((party) => !parties.has(party))
  const another = before?.unit !== index.unit || before?.token !== index.token || added.length + removed.length > 0
  return {
    kind: draft.ref.kind,
    id,
    cause: draft.cause,
    expected: draft.expected,
    version: draft.version,
    state: draft.state,
    index,
    due,
    provisional,
    wake,
    parties: { added, removed },
    searchChanged: index.search !== before?.search || (index.search !== undefined && another),
    events: draft.events,
    entries: draft.entries,
    messages: draft.messages,
  }
}

/** When a record is due and when time will next change it: derived, never typed in. */
export function clockOf(definition: AnyDefinition, state: { readonly phase: string }, calendar: Calendar, at: Moment) {
  const deadlines = deadlinesOf(definition, state, calendar, at)
  // What stands still has no day on which it is due: that day moves as long as the pause lasts.
  const running = Object.values(deadlines).filter(
    (promise) => !promise.aside && promise.state !== 'ended' && promise.state !== 'stopped',
  )
  const first = running.toSorted((a, b) => (a.at < b.at ? -1 : 1))[0]
  const wake = (definition.wakes?.(state, deadlines) ?? []).map((one) => one.at).toSorted()[0]
  return { due: first?.at ?? null, provisional: first?.provisional ?? false, wake: wake ?? null }
}

export function deadlinesOf(
  definition: AnyDefinition,
  state: { readonly phase: string },
  calendar: Calendar,
  at: Moment,
): Deadlines {
  const promises = definition.clock?.(state) ?? {}
  return Object.fromEntries(Object.entries(promises).map(([name, one]) => [name, deadline(calendar, one, at)]))
}

/** The version under which an event of this type is written now. */
export function versionOf(definition: AnyDefinition, type: string): number {
  const steps = definition.upcasters?.[type]
  return steps ? Math.max(...Object.keys(steps).map(Number)) + 1 : 1
}

/** Brings the data of an event written earlier up to its present shape. */
export function upcast(definition: AnyDefinition, type: string, typeVersion: number, data: unknown): unknown {
  let present = data
  for (let version = typeVersion; version < versionOf(definition, type); version++)
    present = definition.upcasters?.[type]?.[version]?.(present as never) ?? present
  return present
}

/** Whether a command may open a record that does not exist yet. */
export function opens(definition: AnyDefinition, name: string): boolean {
  return commandOf(definition, name)?.in.includes(definition.initial.phase) ?? false
}

function commandOf(definition: AnyDefinition, name: string) {
  if (Object.hasOwn(definition.commands, name)) return definition.commands[name]
  return houseCommand(definition, name, (state, calendar, now) => clockOf(definition, state, calendar, now))
}

function current(work: Work, ref: Ref): Known & { state: { phase: string } } {
  const draft = work.drafts.get(nameOf(ref))
  if (draft) return { ...ref, version: draft.version, state: draft.state }
  const known = work.known.get(nameOf(ref))
  if (known) return known as Known & { state: { phase: string } }
  return { kind: ref.kind, id: ref.id, version: 0, state: work.around.registry.kinds.get(ref.kind)!.definition.initial }
}

function factOf(work: Work, ref: Ref): Known | undefined {
  const now = current(work, ref)
  return now.version > 0 ? now : undefined
}

/** Loads what a decision turns out to need and the first load did not bring. */
async function ensure(work: Work, refs: readonly (Ref | undefined)[]): Promise<void> {
  const wanted = distinct(refs.filter((ref): ref is Ref => ref !== undefined && !work.known.has(nameOf(ref))))
  if (wanted.length === 0) return
  work.late.push(...wanted)
  const loaded = await work.around.store.load([], wanted)
  for (const ref of wanted) work.known.set(nameOf(ref), undefined)
  for (const record of loaded.records) work.known.set(nameOf(record), record)
}

/** How many the store holds, and what the decisions so far add to them and take away. */
async function count(work: Work, census: Census): Promise<number> {
  const { kind, except = [] } = census
  const all = [...work.around.registry.kinds.keys()]
  const kinds = kind === undefined ? all.filter((one) => !except.includes(one)) : [kind]
  const n = await work.around.store.count(kinds, census)
  work.counted.push({ kinds, census, n })
  const drafts = [...work.drafts.values()].filter((draft) => kinds.includes(draft.ref.kind))
  return drafts.reduce((sum, { kind: { definition }, ref, expected, was, state }) => {
    const before = expected > 0 && fits(definition.index(was, ref.id), census)
    return sum + Number(fits(definition.index(state, ref.id), census)) - Number(before)
  }, n)
}

/** Whether a record is one of those that a census asks for, of whichever kind. */
export function fits({ open, unit, facets = {}, parties = [] }: Index, asked: Census): boolean {
  return (
    open &&
    (asked.unit === undefined || unit === asked.unit) &&
    (asked.who === undefined || parties.includes(asked.who)) &&
    Object.entries(asked.facets ?? {}).every(([name, value]) => facets[name] === value)
  )
}

/** Those who change law or access wait for one another, whatever their records: each of them makes the others decide anew. */
function turnOf({ registry }: Surroundings, commands: readonly Command[]): string {
  const [first] = commands
  const alone = commands.some((command) => {
    const definition = registry.kinds.get(command.kind)?.definition
    return (['enacts', 'confers', 'places'] as const).some((what) => definition?.[what] !== undefined)
  })
  return alone ? 'law and access' : (sharedTurn(registry, first) ?? `${first?.kind}/${first?.id ?? first?.key}`)
}

/** What the command itself says; nothing where its input is none that it takes. */
function sharedTurn(registry: Registry, command: Command | undefined): string | undefined {
  const definition = command && registry.kinds.get(command.kind)?.definition
  const spec = definition && commandOf(definition, command.name)
  if (!command || !spec?.turn) return undefined
  const parsed = parse(spec.input, command.input)
  return 'fields' in parsed ? undefined : (spec.turn as Turn)(command.id, parsed.value)
}

type Turn = (id: string | undefined, input: unknown) => string

function readsOf(definition: AnyDefinition, order: Order, was: unknown, actor: Actor): Ref[] {
  const wanted: Record<string, Ref | undefined> =
    commandOf(definition, order.name)?.reads?.(order.input as never, was as never, actor) ?? {}
  return Object.values(wanted).filter((ref): ref is Ref => ref !== undefined)
}

function touched(work: Work, what: 'enacts' | 'confers' | 'places'): boolean {
  return [...work.drafts.values()].some((draft) => draft.kind.definition[what] !== undefined)
}

function missing(order: Order): Refusal {
  return { refused: 'not-found', kind: order.kind }
}

function nameOf(ref: Ref): string {
  return `${ref.kind}/${ref.id}`
}

function distinct(refs: readonly Ref[]): Ref[] {
  return [...new Map(refs.map((ref) => [nameOf(ref), { kind: ref.kind, id: ref.id }])).values()]
}

/** Signs of an id. */
const LONGEST = 64
/** An id stands in addresses, in causes and on paper: letters and digits, with a few signs between them. */
const ID = new RegExp(`^[\\p{L}\\p{N}][\\p{L}\\p{N}._:@-]{0,${LONGEST - 1}}$`, 'u')

/** A key as it is kept: that two callers use the same is nothing to either. */
function keyOf(actor: Actor, { key }: Command): string | undefined {
  return key === undefined ? undefined : `${actor.id} ${key}`
}

function nameProblem({ id, key }: Command): 'id' | 'key' | undefined {
  if (id !== undefined && !ID.test(id)) return 'id'
  return key !== undefined && unkeepable(key, 'key') ? 'key' : undefined
}

function badName(field: 'id' | 'key'): { fields: readonly WrongField[] } {
  return { fields: [{ field, problem: field === 'id' ? 'wrong-format' : 'wrong-characters', about: {} }] }
}
