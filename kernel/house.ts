// What the house does to records of every kind with a clock: one command and one event that no domain has to declare.
import { z } from 'zod'
import type { Calendar } from './clock/calendar.ts'
import type { Moment } from './clock/date.ts'
import type { AnyDefinition } from './record.ts'

/** Given by the system when the calendar has changed: the record then says by which one its dates were worked out. */
export const recompute = 'recompute'

const Recomputed = z.object({
  /** The calendar's id. */
  calendar: z.string(),
  due: z.string().nullable(),
  provisional: z.boolean(),
})

const houseEvents: Readonly<Record<string, z.ZodType>> = { 'clock-recomputed': Recomputed }

/** The schema of an event of this kind, its own or the house's. */
export function eventSchema(definition: AnyDefinition, type: string): z.ZodType | undefined {
  return (definition.events as Record<string, z.ZodType>)[type] ?? houseEvents[type]
}

/** Whether the event is the house's: such events leave the state as it is, and post and send nothing. */
export function isHouseEvent(type: string): boolean {
  return Object.hasOwn(houseEvents, type)
}

type Clock = { readonly due: Moment | null; readonly provisional: boolean }

/** The house's command on a kind: only where there is a clock, and on no record that has not been opened. */
export function houseCommand(
  definition: AnyDefinition,
  name: string,
  clockOf: (state: { readonly phase: string }, calendar: Calendar, now: Moment) => Clock,
): AnyDefinition['commands'][string] | undefined {
  if (name !== recompute || !definition.clock) return undefined
  return {
    input: z.object({}),
    by: { system: 'always' },
    in: (definition.phases as string[]).filter((phase) => phase !== definition.initial.phase),
    inner: true,
    decide(was: { readonly phase: string }, _: unknown, context) {
      const { due, provisional } = clockOf(was, context.law.calendar, context.now)
      return { events: [{ type: 'clock-recomputed', data: { calendar: context.law.calendar.id, due, provisional } }] }
    },
  }
}
