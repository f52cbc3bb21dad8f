// The same door with a store that forgets: every decision is made and every refusal given, and nothing is kept.
import type { Surroundings, Write } from '../kernel/door.ts'

/** `written` gathers what the append would have written. */
export function rehearsal(around: Surroundings): { readonly around: Surroundings; readonly written: readonly Write[] } {
  const written: Write[] = []
  const { store } = around
  return {
    written,
    around: {
      ...around,
      store: {
        load: (_, refs) => store.load([], refs),
        count: (kinds, census) => store.count(kinds, census),
        append({ writes }) {
          written.push(...writes)
          return Promise.resolve('appended')
        },
      },
    },
  }
}
