// Papers that follow from the events of a record: what stands in them, in one language. None is kept; each is made from the history.
import type { Calendar } from './clock/calendar.ts'
import type { CivilDate } from './clock/date.ts'
import type { Mark } from './record.ts'
import type { Language } from './texts.ts'

/** Something that has happened to a record, with the state before it and after it. */
export type Happened<State, Event> = {
  readonly version: number
  readonly event: Event
  readonly before: State
  readonly after: State
  readonly mark: Mark
}

/** What a paper needs to be worded. */
export type Wording = {
  readonly lang: Language
  readonly calendar: Calendar
  /** The words of one of the kind's options. */
  readonly option: (value: string) => string
  readonly personName: (person: string) => string | undefined
  /** Personal data as the reader may see it. */
  readonly personal: (value: string) => string
}

export type Block =
  | { readonly text: string }
  | { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** How a day was worked out, step by step. */
  | { readonly derivation: string; readonly steps: readonly string[] }
  /** What is filled in by hand where the paper is on paper. */
  | { readonly blanks: readonly string[] }

export type Paper = {
  /** Names the paper among those of its record: the step from which it follows, and a letter where that step gives several. */
  readonly place: string
  /** The version of the record with which it was issued: it rests on the events up to that one. */
  readonly version: number
  /** Its title is a text of the kind. */
  readonly sort: string
  readonly on: CivilDate
  readonly unit: string
  readonly to: string
  /** What the record is about, in words that anybody may read. */
  readonly about: string
  readonly body: readonly Block[]
  /** It is the applicant's own: he signs it, not the unit. */
  readonly own?: true
  /** What has happened since then to what it says, the earliest first; and whether it still holds. */
  readonly since: readonly { readonly on: CivilDate; readonly what: string }[]
  readonly holds: boolean
}

/** The number that the paper bears: nobody gives it out, it is that of the record and the paper's place in it. */
export function numberOf(id: string, place: string): string {
  return `${id}-${place}`
}
