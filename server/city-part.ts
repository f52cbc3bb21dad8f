// A part of the enterprises as columns; as a thread it reads them from the database by itself.
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import pg from 'pg'
import { turnsOn, valuesOf, type FactRow, type Named, type Profile } from '../domains/policies/index.ts'
import type { Enterprise } from '../domains/register/index.ts'
import type { CivilDate } from '../kernel/clock/date.ts'
import { columnOf, type Table } from '../kernel/rules/column.ts'
import { applicationRole } from '../store/migrate.ts'

export type Firm = {
  readonly id: string
  readonly title: string
  readonly state: Exclude<Enterprise, { phase: 'none' }>
  readonly profile: Profile | null
}
export type Part = { readonly names: readonly Named[]; readonly turns: readonly string[]; readonly table: Table }

/** Enterprises with an id after `after` and up to `to`, without end where it is null. */
export type PartTask = {
  readonly config: pg.ClientConfig
  readonly city: string
  readonly rows: readonly FactRow[]
  readonly day: CivilDate
  readonly after: string
  readonly to: string | null
}

const PAGE = 500

/** Those that are on the register of city $1. */
export const firmsSql = `select r.id, r.title, r.state, p.state as profile from record r
  left join record p on p.city = r.city and p.kind = 'profile' and p.id = r.id
  where r.city = $1 and r.kind = 'enterprise' and r.phase = 'listed'`

/** What is known of each on the day, and when time alone may change it. */
export function partOf(firms: readonly Firm[], rows: readonly FactRow[], day: CivilDate): Part {
  const gathered = gathering(rows, day)
  gathered.add(firms)
  return gathered.part()
}

function gathering(rows: readonly FactRow[], day: CivilDate) {
  const names: Named[] = []
  const turns: string[] = []
  const columns: unknown[][] = rows.map(() => [])
  const valuesIn = valuesOf(rows, day)
  return {
    add(firms: readonly Firm[]) {
      for (const { id, title, state, profile } of firms) {
        names.push({ id, title })
        turns.push(turnsOn(rows, state, profile ?? undefined, day) ?? '')
        const values = valuesIn(state, profile ?? undefined)
        for (let at = 0; at < columns.length; at++) columns[at]!.push(values[at])
      }
    },
    part: (): Part => ({
      names,
      turns,
      table: { rows: names.length, columns: new Map(rows.map(({ name }, at) => [name, columnOf(columns[at]!)])) },
    }),
  }
}

if (!isMainThread && parentPort) {
  const { config, city, rows, day, after, to } = workerData as PartTask
  const client = new pg.Client({ ...config, options: `-c role=${applicationRole}` })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('begin read only')
  await client.query(
    `declare firms no scroll cursor for ${firmsSql} and r.id > $2 and ($3::text is null or r.id <= $3) order by r.id`,
    [city, after, to],
  )
  const gathered = gathering(rows, day)
  for (;;) {
    const page = await client.query<Firm>(`fetch ${PAGE} from firms`)
    gathered.add(page.rows)
    if (page.rows.length < PAGE) break
  }
  await client.end()
  parentPort.postMessage(gathered.part())
}
