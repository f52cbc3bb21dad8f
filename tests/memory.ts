// The store once more, in memory and as simply as it can be said: what the real one must agree with.
import { fits, type Append, type Loaded, type Store, type Write } from '../kernel/door.ts'
import type { Census } from '../kernel/record.ts'
import type { Entry } from '../kernel/tally/entry.ts'

type Kept = Pick<Write, 'kind' | 'id' | 'version' | 'state' | 'index' | 'due' | 'wake'>

export type Memory = Store & {
  readonly records: ReadonlyMap<string, Kept>
  readonly events: readonly {
    readonly record: string
    readonly version: number
    readonly type: string
    readonly data: unknown
  }[]
  readonly entries: readonly (Entry & { readonly record: string; readonly version: number })[]
  readonly parties: ReadonlySet<string>
  readonly messages: readonly string[]
  /** Runs before the next append, once: somebody else who comes first. */
  before(work: () => Promise<unknown>): void
}

export function memory(): Memory {
  const records = new Map<string, Kept>()
  const answers = new Map<string, Append['answers'][number]>()
  const events: Memory['events'][number][] = []
  const entries: Memory['entries'][number][] = []
  const messages: string[] = []
  const parties = new Set<string>()
  let other: (() => Promise<unknown>) | undefined
  let law = 0
  let access = 0
  const count = (kinds: readonly string[], census: Census) =>
    [...records.values()].filter(({ kind, index }) => kinds.includes(kind) && fits(index, census)).length

  return {
    records,
    events,
    entries,
    parties,
    messages,
    before: (work) => void (other = work),
    load(keys, refs): Promise<Loaded> {
      return Promise.resolve({
        records: refs.flatMap((ref) => {
          const found = records.get(nameOf(ref))
          return found ? [{ ...ref, version: found.version, state: plain(found.state) }] : []
        }),
        answers: keys.flatMap((key) => answers.get(key) ?? []),
        law,
        access,
      })
    },
    async append({ writes, answers: given, enacts, confers, ...decided }) {
      const work = other
      other = undefined
      await work?.()
      if (decided.law !== law || decided.access !== access) return 'conflict'
      const alone = enacts || confers
      if (alone && decided.counted.some(({ kinds, census, n }) => count(kinds, census) !== n)) return 'conflict'
      if (given.some(({ key }) => answers.has(key))) return 'conflict'
      if (writes.some((write) => write.expected !== (records.get(nameOf(write))?.version ?? 0))) return 'conflict'
      for (const one of given) answers.set(one.key, plain(one))
      for (const write of writes) {
        const { kind, id, version, state, index, due, wake } = write
        const record = nameOf(write)
        records.set(record, plain({ kind, id, version, state, index, due, wake }))
        for (const event of write.events) events.push(plain({ record, ...event }))
        for (const entry of write.entries) entries.push({ record, ...entry })
        for (const who of write.parties.added) parties.add(`${who} in ${record}`)
        for (const who of write.parties.removed) parties.delete(`${who} in ${record}`)
        for (const { to, template, about } of write.messages)
          messages.push(`${record} → ${to}: ${template} ${JSON.stringify(about)}`)
      }
      law += Number(enacts)
      access += Number(confers)
      return 'appended'
    },
    count: (kinds, census) => Promise.resolve(count(kinds, census)),
  }
}

function nameOf(ref: { readonly kind: string; readonly id: string }): string {
  return `${ref.kind}/${ref.id}`
}

/** As it would come back from a database. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
