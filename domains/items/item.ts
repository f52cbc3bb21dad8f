// An item (事项) of the published list: its code, the unit that answers for it, and the version in force.
import { z } from 'zod'
import type { CivilDate } from '../../kernel/clock/date.ts'
import { define, record, refuse, stateOf, type Mark } from '../../kernel/record.ts'
import type { Entry } from '../../kernel/tally/entry.ts'
import { initials, spelling, unit } from '../register/index.ts'
import { empowerment } from './code.ts'
import { byCoding, lengthFlawIn } from './coding.ts'
import { baselines, compression, Content, flawIn, flaws, isTolerant, labels, on as onPage } from './content.ts'
import { drafting, keeping, reading } from './reading.ts'

const id = z.string().min(1).max(64)
const reason = z.string().trim().min(1).max(400).meta({ widget: 'paragraph' })
const Nothing = z.object({})

const Named = z.object(
  onPage('basics', {
    /** The implementation code (实施编码): up to 36 signs by GB/T 39554.1 in most provinces, up to 50 where handling items have one. */
    code: z
      .string()
      .trim()
      .regex(/^[0-9A-Z][0-9A-Z-]{7,49}$/),
    unit: id.meta({ widget: 'unit' }),
  }),
)
const List = Named.extend(Content.shape)
const Listed = Named.extend({ name: z.string() })
const Prepared = z.object({ version: id.meta({ widget: 'version' }), number: z.number().int() })
const Take = Prepared.extend({ content: Content.meta({ widget: 'hidden' }) })
const Free = Prepared.pick({ version: true })
/** The last day of a version that nothing has followed. */
const Expire = Free.extend({ to: z.iso.date().meta({ widget: 'date' }) })
const Reason = z.object({ reason })

export type Item =
  | { readonly phase: 'none' }
  | (z.output<typeof Listed> & {
      /** `new` until its first version is in force. */
      readonly phase: 'new' | 'standing' | 'suspended' | 'cancelled'
      readonly versions: number
      /** The version that is being prepared, from draft until it is in force or dropped. */
      readonly next?: string | undefined
      readonly version?: string
      readonly content?: Content
      /** Why it was suspended or cancelled, and since when it is. */
      readonly reason?: string | undefined
      readonly since?: CivilDate | undefined
      /** The last day of the version in force, once it is over. */
      readonly expired?: CivilDate | undefined
    })

export const item = define<Item>()({
  kind: 'item',
  code: 'SX',
  initial: { phase: 'none' },
  phases: ['none', 'new', 'standing', 'suspended', 'cancelled'],
  refusals: [
    'code-taken',
    'other-code',
    'unit-unknown',
    'not-your-unit',
    'code-length',
    'prepared-already',
    'version-ended',
    ...flaws,
  ],
  events: {
    listed: Listed,
    prepared: Prepared,
    freed: Free,
    taken: Take,
    expired: Expire,
    suspended: Reason,
    resumed: Nothing,
    cancelled: Reason,
  },
  evolve: {
    listed: (_, data) => ({ phase: 'new', ...data, versions: 0 }),
    prepared: (was, { version, number }) => (was.phase === 'none' ? was : { ...was, next: version, versions: number }),
    freed: (was, { version }) => (was.phase === 'none' || was.next !== version ? was : { ...was, next: undefined }),
    taken: (was, { version, content }) =>
      was.phase === 'none'
        ? was
        : {
            ...was,
            phase: waits(was) ? 'standing' : was.phase,
            name: content.name,
            version,
            content,
            next: was.next === version ? undefined : was.next,
            expired: undefined,
            since: waits(was) ? undefined : was.since,
          },
    expired: (was, { to }, { on }) =>
      was.phase === 'none'
        ? was
        : {
            ...was,
            phase: was.phase === 'cancelled' ? was.phase : 'suspended',
            expired: to,
            since: was.since ?? on,
          },
    suspended: (was, { reason: why }, { on }) =>
      was.phase === 'none' ? was : { ...was, phase: 'suspended', reason: why, since: on },
    resumed: (was) => (was.phase === 'none' ? was : { ...was, phase: 'standing', reason: undefined, since: undefined }),
    cancelled: (was, { reason: why }, { on }) =>
      was.phase === 'none' ? was : { ...was, phase: 'cancelled', reason: why, since: on },
  },
  commands: {
    /** Brings an item onto the list, with the draft of its first version. */
    list: {
      input: List,
      by: drafting,
      in: ['none'],
      desks: { 'item-manager': 4, 'unit-head': 8 },
      names: ({ code }) => ({ id: code, held: () => refuse('code-taken', 'code') }),
      reads: (input) => ({ unit: { kind: 'unit', id: input.unit }, ...byCoding }),
      decide(_, { code, unit: owner, ...content }, { facts, actor, id: self }) {
        // Whoever names the record himself names it by its code: so that no code is on the list twice.
        if (self !== code) return refuse('other-code', 'code')
        if (stateOf(unit, facts['unit'])?.phase !== 'standing') return refuse('unit-unknown', 'unit')
        const posts = actor.posts.filter(({ role }) => role in drafting)
        if (!actor.system && !posts.some(({ role, unit: own }) => role in keeping || own === owner))
          return refuse('not-your-unit', 'unit')
        const flaw = lengthFlawIn({ code, baseCode: content.baseCode }, facts) ?? flawIn(content)
        if (flaw) return flaw
        const version = versionId(self, 1)
        return {
          events: [
            { type: 'listed', data: { code, unit: owner, name: content.name } },
            { type: 'prepared', data: { version, number: 1 } },
          ],
          follow: [opened(version, { item: self, unit: owner, number: 1, content, by: actor.id })],
        }
      },
    },
    /** Begins the next version with what the one in force says. */
    revise: {
      input: Content,
      by: drafting,
      in: ['new', 'standing', 'suspended'],
      amends: true,
      fits: (was) => was.phase !== 'none' && was.next === undefined,
      decide(was, content, { actor, id: self }) {
        if (was.phase === 'none' || was.next !== undefined) return refuse('prepared-already')
        const flaw = flawIn(content)
        if (flaw) return flaw
        const number = was.versions + 1
        const version = versionId(self, number)
        return {
          ...record({ type: 'prepared', data: { version, number } }),
          follow: [opened(version, { item: self, unit: was.unit, number, content, by: actor.id })],
        }
      },
    },
    /** A version is in force from now on; the one before it is not. */
    take: {
      input: Take,
      by: { system: 'always' },
      in: ['new', 'standing', 'suspended'],
      inner: true,
      decide(was, data) {
        // One whose last day is over has ended by itself.
        const before = was.phase === 'none' || was.expired !== undefined ? undefined : was.version
        return {
          ...record({ type: 'taken', data }),
          follow: before === undefined ? [] : [{ kind: 'version', id: before, name: 'replace', input: {} }],
        }
      },
    },
    free: {
      input: Free,
      by: { system: 'always' },
      in: ['new', 'standing', 'suspended', 'cancelled'],
      inner: true,
      decide: (_, data) => record({ type: 'freed', data }),
    },
    /** The last day of the version in force is over, and no other has come. */
    expire: {
      input: Expire,
      by: { system: 'always' },
      in: ['standing', 'suspended', 'cancelled'],
      inner: true,
      decide: (_, data) => record({ type: 'expired', data }),
    },
    suspend: {
      input: Reason,
      by: keeping,
      in: ['standing'],
      grave: true,
      decide: (_, data) => record({ type: 'suspended', data }),
    },
    resume: {
      input: Nothing,
      by: keeping,
      in: ['suspended'],
      fits: (was) => was.phase !== 'none' && was.expired === undefined,
      decide: (was) =>
        was.phase === 'none' || was.expired !== undefined
          ? refuse('version-ended')
          : record({ type: 'resumed', data: {} }),
    },
    cancel: {
      input: Reason,
      by: keeping,
      in: ['new', 'standing', 'suspended'],
      grave: true,
      decide(was, data) {
        const next = was.phase === 'none' ? undefined : was.next
        return {
          ...record({ type: 'cancelled', data }),
          follow: next === undefined ? [] : [{ kind: 'version', id: next, name: 'lapse', input: {} }],
        }
      },
    },
  },
  sees: reading,
  named: true,
  files: 'in-and-out',
  columns: ['code', 'type', 'unit', 'handling', 'promised', 'window'],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.name,
          open: state.phase !== 'cancelled',
          unit: state.unit,
          // What was once public says what has become of it.
          level: state.version === undefined ? 1 : 0,
          search: `${state.name} ${initials(state.name)} ${spelling(state.name)} ${state.code}`,
          facets: {
            ...(state.content && { ...dimsOf(state.content), ...wordsOf(state.content) }),
            prepared: state.next === undefined ? 'no' : 'yes',
          },
        },
  entries: (_, before, after, mark) => {
    const [was, is] = [standingIn(before), standingIn(after)]
    if (was === is || after.phase === 'none') return []
    // What counts the same before and after is left as it was posted.
    const [gone, come] = [posted(was, after.unit, mark), posted(is, after.unit, mark)]
    const left = (entries: readonly Entry[], others: readonly Entry[]) => {
      const same = new Set(others.map((one) => JSON.stringify(one)))
      return entries.filter((one) => !same.has(JSON.stringify(one)))
    }
    return [
      ...left(gone, come).map(({ quantity, ...one }): Entry => ({
        ...one,
        n: -1,
        ...(quantity !== undefined && { quantity: 0 - quantity }),
      })),
      ...left(come, gone),
    ]
  },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, content, versions: __, ...facts } = state
    return { ...facts, ...content }
  },
})

/** Versions are told apart by their numbers: the id says whose it is. */
function versionId(item: string, number: number): string {
  return `${item}-V${number}`
}

type Opened = Readonly<{ item: string; unit: string; number: number; content: Content; by: string }>

function opened(version: string, input: Opened) {
  return { kind: 'version', id: version, name: 'open', input }
}

/** How figures and lists tell items apart. */
function dimsOf(content: Content): Readonly<Record<string, string>> {
  const yes = (given: boolean) => (given ? 'yes' : 'no')
  return {
    type: content.type,
    level: content.level,
    window: content.window,
    hall: yes(content.window !== 'outside'),
    due: yes(content.hallDue),
    instant: yes(labels.instant(content)),
    online: yes(labels.online(content)),
    nearby: yes(labels.nearby(content)),
    once: yes(labels.once(content)),
    tolerant: yes(isTolerant(content)),
    receipt: yes(content.receiptAccepts === true),
    commitment: yes(content.commitment === true),
    chief: yes((content.powers ?? []).length > 0),
  }
}

/** For whom it is and under which topics, as lists are narrowed by them: of these an item may have several. */
function wordsOf({ audience, topics = [] }: Content): Readonly<Record<string, string>> {
  const names = [...audience.map((one) => `for.${one}`), ...topics.map((one) => `topic.${one}`)]
  return Object.fromEntries(names.map((name) => [name, 'yes']))
}

/** Whether a version that comes into force makes it stand: unless somebody has suspended it. */
function waits(state: Exclude<Item, { phase: 'none' }>): boolean {
  return state.phase === 'new' || (state.phase === 'suspended' && state.reason === undefined)
}

function standingIn(state: Item): Content | undefined {
  return state.phase === 'standing' ? state.content : undefined
}

/** What a letter has to say that empowers somebody for all that the item opens: naming the item, or its whole unit. */
function empowering(self: string, owner: string, { powers: open = [] }: Content): Readonly<Record<string, string>> {
  return open.length === 0
    ? {}
    : { itemOpens: empowerment(`item:${self}`, open), unitOpens: empowerment(`unit:${owner}`, open) }
}

/** What an item that stands with this content counts for. */
function posted(content: Content | undefined, owner: string, { id: self, on }: Mark): readonly Entry[] {
  if (content === undefined) return []
  const about = { on, n: 1, subject: `item:${self}` } as const
  const limits = compression(content)
  return [
    { ...about, measure: 'item-standing', dims: { ...dimsOf(content), ...empowering(self, owner, content) } },
    ...(limits === undefined
      ? []
      : [
          { ...about, measure: 'item-limited' },
          { ...about, measure: 'item-compression', quantity: limits.share },
          { ...about, measure: 'item-limit-statutory', quantity: limits.statutory },
          { ...about, measure: 'item-limit-saved', quantity: limits.saved },
        ]),
    ...baselines(content).flatMap(({ of, before, now }) => [
      { ...about, measure: 'item-baseline', quantity: before, dims: { of } },
      { ...about, measure: 'item-removed', quantity: before - now, dims: { of } },
    ]),
  ]
}
