// What a kind of record is, said once: its state, events, commands, refusals, clock and entries.
import type { z } from 'zod'
import type { Actor, Grant } from './access.ts'
import type { Edition } from './clock/editions.ts'
import type { Calendar } from './clock/calendar.ts'
import type { CivilDate, Moment } from './clock/date.ts'
import type { OfficeHours } from './clock/hours.ts'
import type { Deadline, Run, Unit } from './clock/limit.ts'
import type { Happened, Paper, Wording } from './paper.ts'
import type { Entry } from './tally/entry.ts'

export type Ref = { readonly kind: string; readonly id: string }

/** Another record as it stood when the decision was prepared. */
export type Known = Ref & { readonly version: number; readonly state: unknown }

/** A time limit as the city lays it down: a budget, its unit, and the rule it rests on, valid from one day to another. */
export type LimitRule = {
  readonly id: string
  readonly unit: Unit
  readonly budget: number
  readonly article: string
  readonly source: string
  readonly from: CivilDate
  readonly to?: CivilDate | undefined
  /** When the facts are uncertain, what is uncertain. */
  readonly note?: string | undefined
}

/** The law that surrounds a decision: calendar editions and limits, all dated. */
export type Law = {
  readonly version: number
  readonly calendar: Calendar
  /** The rule in force on a day, or undefined when the city has laid none down. */
  readonly limit: (id: string, on: CivilDate) => LimitRule | undefined
}

/** Open records to be counted: of a kind or of all but some, of a unit, with a part for `who` (`unit:…`), with these facets. */
export type Census = {
  readonly kind?: string
  readonly except?: readonly string[]
  readonly unit?: string
  readonly who?: string
  readonly facets?: Readonly<Record<string, string>>
}

/** What surrounds a decision, gathered before it so that deciding stays pure. */
export type Context = {
  readonly id: string
  readonly now: Moment
  readonly today: CivilDate
  readonly actor: Actor
  /** Records that the command asked for by name; one that does not exist is undefined. */
  readonly facts: Readonly<Record<string, Known | undefined>>
  /** How many open records there were of each sort that the command asked about by name. */
  readonly counts: Readonly<Record<string, number>>
  readonly law: Law
  /** The record whose command has ordered this one, as `KIND/ID`; null for what a person or the clock began. */
  readonly cause: string | null
  /** A fresh secret for this record: `plain` is given out once in the answer, only `hash` may enter an event. */
  readonly secret: { readonly plain: string; readonly hash: string }
  /** A fresh record id of a kind, for a follow-up that opens another record. */
  readonly mint: (kind: string) => string
}

/** A command on one record, as it comes to the door. */
export type Order = { readonly kind: string; readonly id: string; readonly name: string; readonly input: unknown }

/** Either facts to record (and what follows from them on other records), or a reason that a person can be told. Never an exception. */
export type Decision<Event, Refusal extends string = string> =
  | { readonly events: readonly Event[]; readonly follow?: readonly Order[]; readonly reveal?: string }
  | { readonly refused: Refusal; readonly field?: string; readonly about?: Readonly<Record<string, string | number>> }

export type Schemas = Readonly<Record<string, z.ZodType>>
export type InputSchemas = Readonly<Record<string, z.ZodObject>>

export type EventOf<Events extends Schemas> = {
  [Type in keyof Events & string]: { readonly type: Type; readonly data: z.output<Events[Type]> }
}[keyof Events & string]

/** What an event carries besides its data. */
export type Mark = { readonly id: string; readonly at: Moment; readonly on: CivilDate; readonly actor: string }

/** The few things people filter, sort and search by; everything else stays in the state. */
export type Index = {
  readonly title: string
  readonly open: boolean
  /** The unit that owes: its id. */
  readonly unit?: string | undefined
  /** Who else has a part in it: `unit:…`, `enterprise:…` or `person:…`. */
  readonly parties?: readonly string[]
  /** 0 public, 1 internal (the default), 2 confidential, 3 secret. */
  readonly level?: 0 | 1 | 2 | 3
  readonly facets?: Readonly<Record<string, string>>
  /** Hash of the secret that lets its bearer see and act on this one record. */
  readonly token?: string | undefined
  /** Words it can be found by; absent means not searchable. */
  readonly search?: string
}

/** A moment at which time alone changes something, and the command that it then runs. */
export type Wake = { readonly at: Moment; readonly command: string }

export type Promises = Readonly<Record<string, Run>>
export type Deadlines = Readonly<Record<string, Deadline>>

/** Role → place on that role's desk; the lowest is where its day begins. */
export type Desks = Readonly<Record<string, number>>

/**
 * A list that people work from: each view is a filter as the list's address has it (`unit: own` means the person's own
 * unit). Queues of one name are one list, whatever kinds they hold.
 */
export type Queue = {
  readonly on: Desks
  readonly views: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/**
 * A message, delivered after the append; `template` names a text of the kind. It goes to `person:…`, `enterprise:…`, to the
 * people of a `unit:…`, to holders of a role whose jurisdiction covers a unit (`supervisor@…`; nothing after the @ when no
 * unit owns the record yet), or to the record's own `contact`.
 */
export type Message = {
  readonly to: string
  readonly template: string
  readonly about: Readonly<Record<string, string>>
}

/** The records that tell whether somebody may, by name; and why he may not, in the sight of them. */
export type Needs<State, Refusal extends string> = {
  reads(was: State, actor: Actor): Readonly<Record<string, Ref>>
  refused(
    was: State,
    sight: Pick<Context, 'actor' | 'facts' | 'today'>,
  ): { readonly refused: Refusal; readonly field?: string } | undefined
}

export type CommandOf<State, Event, Input extends z.ZodObject, Refusal extends string, Phase extends string> = {
  readonly input: Input
  readonly by: Grant
  /** The phases in which it is offered; in any other it is refused as `not-in-this-phase`. */
  readonly in: readonly Phase[]
  /** Confirmed by naming what will happen. */
  readonly grave?: boolean
  /** Though grave, it may be given to several at once: whoever does has them all before his eyes. */
  readonly many?: boolean
  /** Its form begins with what the record already says. */
  readonly amends?: boolean
  /** Reached only from another command or from time, never offered to people. */
  readonly inner?: boolean
  /** Where its form stands ready, if it opens a record. */
  readonly desks?: Desks
  /** The case waits for it: whoever may do it is told that it is his turn. */
  readonly awaited?: boolean
  /** Facts, by name, that whoever does this should have before his eyes: the question to answer, the answer to rate. */
  readonly shows?: readonly string[]
  /**
   * Whether the state leaves anything to do for whoever looks; if not, it is not offered. What hangs on other records stands in
   * `needs`, what hangs on the input is refused.
   */
  fits?(was: State, actor: Actor): boolean
  /** What has to let him, where his post alone does not: asked at the door, and before it is offered. */
  readonly needs?: Needs<State, NoInfer<Refusal>>
  /** The records to decide by, by name; who gives it may decide which. */
  reads?(input: z.output<Input>, was: State, actor: Actor): Readonly<Record<string, Ref | undefined>>
  /**
   * The id of the record that it opens, where what is said names one: whoever opens the same one at the same moment meets the
   * other there. `held` says what to answer when it stands already; undefined where its name is free again, or whoever asks is not
   * to learn of it: then it is decided under a number, which the decision has to refuse.
   */
  names?(input: z.output<Input>):
    | {
        readonly id: string
        held(was: State, actor: Actor): { readonly refused: NoInfer<Refusal>; readonly field?: string } | undefined
      }
    | undefined
  /** Under which name those who are overtaken go one after another, where many open records around one that they share. */
  turn?(id: string | undefined, input: z.output<Input>): string
  /** What is to be counted before it is decided. */
  counts?(id: string, input: z.output<Input>, was: State): Readonly<Record<string, Census>>
  decide(was: State, input: z.output<Input>, context: Context): Decision<Event, NoInfer<Refusal>>
}

/** Earlier shapes of an event: from each version to the next. */
export type Upcasters = Readonly<Record<number, (data: never) => unknown>>

/** What each event makes of the state. */
export type Evolve<State, Events extends Schemas> = {
  readonly [Type in keyof Events]: (was: State, data: z.output<Events[Type]>, mark: Mark) => State
}

export type Definition<
  State extends { readonly phase: string },
  Events extends Schemas,
  Inputs extends InputSchemas,
  Refusal extends string,
> = {
  readonly kind: string
  /** Two capital letters that begin the ids of this kind. */
  readonly code: string
  readonly initial: State
  readonly phases: readonly State['phase'][]
  readonly events: Events
  /** Where an event's shape has changed: its present version is one more than the highest upcaster. */
  readonly upcasters?: { readonly [Type in keyof Events]?: Upcasters }
  /** Events that draft, each with the one that publishes the last of them: whoever sees the record only because it is public reads no other draft. */
  readonly drafts?: { readonly [Type in keyof Events]?: keyof Events & string }
  readonly refusals: readonly Refusal[]
  readonly evolve: Evolve<State, Events>
  readonly commands: {
    readonly [Name in keyof Inputs]: CommandOf<State, EventOf<Events>, Inputs[Name], Refusal, State['phase']>
  }
  index(state: State, id: string): Index
  /** Who may see a record of this kind; nobody by default. */
  readonly sees: Grant
  /** Its title is a name: whoever sees a record that refers to it may read it, without seeing this one. */
  readonly named?: true
  /** Who may read its personal fields in full, each look logged; others see them masked. */
  readonly reveals?: Grant
  /** The promises that are running or were kept: rule, start, suspensions, end. */
  clock?(state: State): Promises
  wakes?(state: State, deadlines: Deadlines): readonly Wake[]
  entries?(event: EventOf<Events>, before: State, after: State, mark: Mark): readonly Entry[]
  messages?(event: EventOf<Events>, before: State, after: State, mark: Mark): readonly Message[]
  /** How whoever has no account is reached, when a message goes to `contact`. */
  contact?(state: State): { readonly name?: string | undefined; readonly phone?: string | undefined } | undefined
  /** The papers that its events have given, in their order; later events neither change their numbers nor what they say. */
  papers?(story: readonly Happened<State, EventOf<Events>>[], wording: Wording): readonly Paper[]
  /** Facts for the detail page and the list, by field name. */
  facts?(state: State): Readonly<Record<string, unknown>>
  /** Widgets of facts that stand in none of its commands and events, such as sums. */
  readonly widgets?: Readonly<Record<string, string>>
  /** The limits that its start page tells of: an option that people choose, and the rule that then holds. */
  readonly promises?: readonly { readonly option: string; readonly rule: string }[]
  /** They come in as files, and go out as files with all that they say: server/import knows how. */
  readonly files?: 'in' | 'in-and-out'
  /** Columns of the generated list, by fact name. */
  readonly columns?: readonly string[]
  /** Lists that people work from, by name. */
  readonly queues?: Readonly<Record<string, Queue>>
  /** Posts and mandates that this record confers on persons; each such person is one of its parties. */
  confers?(state: State, id: string): readonly Conferral[]
  /** The place of this record in the tree of units. */
  places?(state: State, id: string): Place | undefined
  /** What this record lays down as law of the city. */
  enacts?(
    state: State,
    id: string,
  ): { readonly edition?: Edition; readonly limit?: LimitRule; readonly hours?: OfficeHours } | undefined
}

export type Conferral =
  | {
      readonly person: string
      readonly post: {
        readonly role: string
        readonly unit: string
        /** The unit whose subtree it covers, when that is not the post's own. */
        readonly jurisdiction?: string | undefined
        readonly clearance: number
        readonly from: CivilDate
        readonly to?: CivilDate | undefined
      }
    }
  | { readonly person: string; readonly subject: string; readonly from: CivilDate; readonly to?: CivilDate | undefined }

/** A unit under its parent, as access and every page that names a unit know it. */
export type Place = {
  readonly unit: string
  readonly parent?: string | undefined
  readonly name: string
  readonly nameEn: string
}

/** A definition whose type parameters are forgotten: what registries and generated surfaces work with. */
// eslint-disable-next-line typescript/no-explicit-any
export type AnyDefinition = Definition<any, any, any, any>

/** Names the state; everything else is inferred from the definition itself. */
export function define<State extends { readonly phase: string }>() {
  return <Events extends Schemas, Inputs extends InputSchemas, const Refusal extends string>(
    definition: Definition<State, Events, Inputs, Refusal>,
  ) => definition
}

/** A fact to record; its type stays the literal that it is. */
export function record<const Type extends string, Data>(event: { readonly type: Type; readonly data: Data }) {
  return { events: [event] }
}

/** A reason not to: one of the declared refusals, the field it concerns, and what its text speaks of. */
export function refuse<const Refusal extends string>(
  refused: Refusal,
  field?: string,
  about?: Readonly<Record<string, string | number>>,
) {
  return { refused, ...(field !== undefined && { field }), ...(about && { about }) }
}

/** The state of a known record under its own definition, or undefined when there is none. */
export function stateOf<State extends { readonly phase: string }>(
  // eslint-disable-next-line typescript/no-explicit-any
  definition: Definition<State, any, any, any>,
  known: Known | undefined,
): State | undefined {
  return known?.kind === definition.kind ? (known.state as State) : undefined
}
