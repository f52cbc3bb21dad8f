// A command of the example, with the moment at which it was given.
import type { Moment } from '../../kernel/clock/date.ts'

/** Who gives it: a person by id, the system (setting the city up, or time), or an appellant by the code of the record. */
export type Told = {
  readonly at: Moment
  readonly by: { readonly person: string } | 'system' | 'second' | { readonly bearer: string }
  readonly kind: string
  readonly id: string
  readonly name: string
  readonly input: unknown
}
