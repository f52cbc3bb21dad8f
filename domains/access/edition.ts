// An edition of the national market access list: loaded by one person as it was published, confirmed by another, and never edited.
import { z } from 'zod'
import type { Actor } from '../../kernel/access.ts'
import type { CivilDate } from '../../kernel/clock/date.ts'
import { define, record, refuse, stateOf } from '../../kernel/record.ts'
import { Content, flawIn, flaws, isWhole } from './content.ts'
import { accessList, LIST, type Standing } from './list.ts'

const Nothing = z.object({})
const Load = Content.extend({
  /** SHA-256 of the file from which it came. */
  digest: z
    .string()
    .length(64)
    .regex(/^[0-9a-f]{64}$/),
})
const Loaded = Load.extend({ by: z.string().meta({ widget: 'hidden' }) })
const Reason = z.object({ reason: z.string().trim().min(1).max(400).meta({ widget: 'paragraph' }) })
const Until = z.object({ until: z.iso.date().meta({ widget: 'date' }) })

export type Edition =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'loaded' | 'confirmed' | 'rejected' | 'withdrawn'
      readonly content: Content
      /** How much of what it declares is here. */
      readonly counts: ReturnType<typeof countsOf>
      readonly digest: string
      readonly by: string
      /** Its last day, once a newer one follows. */
      readonly until?: CivilDate | undefined
      readonly reason?: string | undefined
    }

/** Who brings an edition in; the city's service bureau keeps what the city publishes. */
const keeping = { 'item-manager': 'city' } as const

export const edition = define<Edition>()({
  kind: 'access-edition',
  code: 'QD',
  initial: { phase: 'none' },
  phases: ['none', 'loaded', 'confirmed', 'rejected', 'withdrawn'],
  refusals: ['loaded-already', 'other-content', 'other-number', 'older-than-in-force', 'two-persons', ...flaws],
  events: { loaded: Loaded, confirmed: Nothing, rejected: Reason, withdrawn: Reason, superseded: Until },
  evolve: {
    loaded: (_, { digest, by, ...content }) => ({ phase: 'loaded', content, counts: countsOf(content), digest, by }),
    confirmed: (was) => (was.phase === 'none' ? was : { ...was, phase: 'confirmed' }),
    rejected: (was, { reason }) => (was.phase === 'none' ? was : { ...was, phase: 'rejected', reason }),
    withdrawn: (was, { reason }) => (was.phase === 'none' ? was : { ...was, phase: 'withdrawn', reason }),
    superseded: (was, { until }) => (was.phase === 'none' ? was : { ...was, until }),
  },
  commands: {
    /** As it was published: what the city thinks of it is said elsewhere. */
    load: {
      input: Load,
      by: keeping,
      in: ['none', 'rejected', 'withdrawn'],
      names: ({ digest: _, ...content }) => ({
        id: editionId(content.number),
        held: (was) =>
          was.phase === 'none' || was.phase === 'rejected' || was.phase === 'withdrawn'
            ? undefined
            : refuse(sameContent(was.content, content) ? 'loaded-already' : 'other-content', 'number'),
      }),
      reads: () => ({ list: { kind: 'access-list', id: LIST } }),
      decide(_, { digest, ...content }, { facts, actor, id: self }) {
        if (self !== editionId(content.number)) return refuse('other-number', 'number')
        return (
          flawIn(content) ??
          olderIn(stateOf(accessList, facts['list']), content.from) ??
          record({ type: 'loaded', data: { ...content, digest, by: actor.id } })
        )
      },
    },
    confirm: {
      input: Nothing,
      by: keeping,
      in: ['loaded'],
      grave: true,
      fits: isAnother,
      reads: () => ({ list: { kind: 'access-list', id: LIST } }),
      decide(was, _, { facts, actor, id: self }) {
        if (was.phase === 'none' || !isAnother(was, actor)) return refuse('two-persons')
        const { number, from } = was.content
        return (
          olderIn(stateOf(accessList, facts['list']), from) ?? {
            ...record({ type: 'confirmed', data: {} }),
            follow: [{ kind: 'access-list', id: LIST, name: 'take', input: { edition: self, number, from } }],
          }
        )
      },
    },
    /** The file was not the official one, or was taken over wrongly: it is brought in anew. */
    reject: {
      input: Reason,
      by: keeping,
      in: ['loaded'],
      decide: (_, data) => record({ type: 'rejected', data }),
    },
    /** Found wrong after it was confirmed: it answers nothing any more, and whoever asks is told so until it is brought in anew. */
    withdraw: {
      input: Reason,
      by: keeping,
      in: ['confirmed'],
      grave: true,
      fits: isAnother,
      decide(was, data, { actor, id: self }) {
        if (!isAnother(was, actor)) return refuse('two-persons')
        return {
          ...record({ type: 'withdrawn', data }),
          follow: [{ kind: 'access-list', id: LIST, name: 'drop', input: { edition: self } }],
        }
      },
    },
    supersede: {
      input: Until,
      by: { system: 'always' },
      in: ['confirmed'],
      inner: true,
      decide: (was, data) =>
        was.phase !== 'none' && was.until === data.until ? { events: [] } : record({ type: 'superseded', data }),
    },
  },
  sees: { public: 'always', ...keeping, 'audit-admin': 'city' },
  named: true,
  columns: ['number', 'from', 'until', 'held'],
  queues: {
    'editions-to-confirm': { on: { 'item-manager': 6 }, views: { loaded: { phase: 'loaded' } } },
  },
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.content.name,
          open: state.phase === 'loaded' || state.phase === 'confirmed',
          level: state.phase === 'confirmed' ? 0 : 1,
          search: `${state.content.name} ${state.content.number}`,
        },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { matters: _, measures: __, prohibitions: ___, ...document } = state.content
    const { counts, digest, until, reason } = state
    return { ...document, ...counts, digest, until, reason }
  },
})

/** Whoever loaded it neither confirms nor withdraws it. */
function isAnother(was: Edition, actor: Actor): boolean {
  return was.phase !== 'none' && was.by !== actor.id
}

/** 发改体改规〔2025〕466号 → 发改体改规-2025-466号: as an id may be spelled. */
export function editionId(number: string): string {
  return number
    .normalize('NFKC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((one) => one !== '')
    .join('-')
    .slice(0, 64)
}

function countsOf(content: Content) {
  const { matters, measures, prohibitions } = content
  return {
    held: matters.length,
    heldBarred: matters.filter(({ part }) => part === 'barred').length,
    heldMeasures: measures.length,
    heldProhibitions: prohibitions.length,
    whole: isWhole(content),
  }
}

/** Whether both say the same, from wherever they came. */
export function sameContent(one: Content, other: Content): boolean {
  return JSON.stringify(Content.parse(one)) === JSON.stringify(Content.parse(other))
}

/** A newer edition takes the place of the older from its day; nothing comes in before or on the day of one that stands. */
function olderIn(list: Standing | undefined, from: CivilDate) {
  const editions = list?.phase === 'kept' ? list.editions : []
  const newer = editions.find((one) => one.from >= from && !one.withdrawn)
  return newer && refuse('older-than-in-force', 'from', { number: newer.number, from: newer.from })
}
