// An edition of the market access list brought in as it was published: checked cell by cell, loaded through the door, once.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { access, editionId } from '../../domains/access/index.ts'
import { may } from '../../kernel/access.ts'
import { executeAll, type Command } from '../../kernel/door.ts'
import { parse } from '../../kernel/input.ts'
import { problemOf } from '../problem.ts'
import { rehearsal } from '../rehearse.ts'
import { writeSheet } from '../sheet/index.ts'
import type { World } from '../world.ts'
import { findRecord } from '../../store/read.ts'
import { readBook, type Entry } from './book.ts'
import { guideOf } from './guide.ts'
import { unitNames } from './item.ts'
import { tablesOf, type Fields, type Table } from './table.ts'
import type { Outcome, Run, What } from './what.ts'
import { annotated, orRefused, refusedIn, sheetsOf } from './whole.ts'

const KIND = 'access-edition'
const KEY = 'number'
/** What editions stand under in JSON. */
export const LIST = 'editions'

const NAMES = {
  own: ['清单', 'List'],
  lists: {
    matters: ['事项', 'Matters'],
    measures: ['措施', 'Measures'],
    prohibitions: ['附件', 'Annex'],
  },
} as const satisfies { own: Table['names']; lists: Record<string, Table['names']> }

/** The digest is not in the file: it is that of the file. */
function editionTables({ registry }: World): readonly Table[] {
  return tablesOf(registry.kinds.get(KIND)!, 'load', KEY, NAMES).map((table) => ({
    ...table,
    columns: table.columns.filter(({ key }) => key !== 'digest'),
  }))
}

async function through({ world, actor, path, file = path, job, lang, enter, progress }: Run): Promise<Outcome> {
  const units = await unitNames(world)
  const book = await readBook({ path, file, tables: editionTables(world), key: KEY, list: LIST, units, lang })
  if ('refused' in book) return book
  const digest = await digestOf(path)
  const around = enter ? world.around : rehearsal(world.around).around
  const counts = { entered: 0, changed: 0, unchanged: 0, rejected: book.lost, warned: 0 }
  for (const [place, entry] of book.entries.entries()) {
    const command = commandOf(world, entry, digest, lang)
    if (!command) counts.rejected += 1
    else {
      // What was rejected or withdrawn is loaded anew on its own record.
      const own = editionId(entry.id)
      const before = (await findRecord(world.database, world.city, KIND, own))?.phase ?? 'none'
      const id = before === 'rejected' || before === 'withdrawn' ? { id: own } : {}
      const [answer] = await executeAll(around, actor, [{ ...command, ...id, key: `import ${job} ${entry.id}` }])
      // What is here already and says the same is left alone.
      if ('refused' in answer! && answer.refused === 'loaded-already') counts.unchanged += 1
      else if (refusedIn(world, entry, answer!, KEY, lang)) counts.rejected += 1
      else counts.entered += 1
    }
    await progress(place + 1)
  }
  return { rows: book.entries.length + book.lost, counts, told: book.told() }
}

/** Undefined when something is wrong with it, which is told where it stands. */
function commandOf(world: World, entry: Entry, digest: string, lang: Run['lang']): Omit<Command, 'key'> | undefined {
  const { registry } = world
  const lists = Object.keys(NAMES.lists).map((list) => [list, entry.fields[list] ?? []] as const)
  const parsed = parse(registry.kinds.get(KIND)!.definition.commands['load']!.input, {
    ...Object.fromEntries(lists),
    ...entry.fields,
    digest,
  })
  if ('fields' in parsed) {
    const fields = parsed.fields.filter(({ field }) => !entry.spoiled.has(field))
    const told =
      fields.length === 0
        ? []
        : (problemOf(registry, { refused: 'invalid-input', kind: KIND, fields }, lang).fields ?? [])
    for (const { field, message } of told) entry.tell(field, message)
    return undefined
  }
  return entry.wrong() ? undefined : { kind: KIND, name: 'load', input: parsed.value }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** What the template shows; loaded as it is, it is one more thing to reject. */
const EXAMPLE: Fields = {
  number: '示例文号〔2000〕1号',
  name: '市场准入负面清单（示例年版）',
  issuers: ['国家发展改革委', '商务部'],
  from: '2000-01-01',
  total: 2,
  totalBarred: 1,
  source: '国家发展改革委网站公布的文件',
  matters: [
    { matter: '1', part: 'barred', matterName: '示例禁止事项', matterCode: '100001', proof: 'official' },
    {
      matter: '2',
      part: 'permit',
      matterName: '示例许可事项',
      matterCode: '201001',
      sectors: ['A'],
      proof: 'official',
    },
  ],
  measures: [{ matter: '2', measure: '示例经营许可', authority: '农业农村部门' }],
  prohibitions: [{ prohibition: '1', barred: '示例禁止性规定', ground: '《示例法》第一条', authority: '示例部门' }],
}

const load = access.kinds.find(({ definition }) => definition.kind === KIND)!.definition.commands['load']!

export const accessEditions: What = {
  kind: KIND,
  submits: false,
  may: (actor) => may(load.by, actor),
  run: orRefused(through),
  annotate: annotated(KEY, LIST),
  async template(world, lang, out) {
    const tables = editionTables(world)
    const kind = world.registry.kinds.get(KIND)!
    const sheets = sheetsOf(tables, [EXAMPLE], await unitNames(world), lang, KEY)
    await writeSheet(out as never, { sheets: [...sheets, guideOf(kind, tables, lang)] })
  },
}
