// The item library brought in as a whole: a new item is listed, a changed one becomes the draft of its next version, all through the door.
import { items } from '../../domains/items/index.ts'
import { admits, may, visible, type Actor } from '../../kernel/access.ts'
import type { Kind } from '../../kernel/domain.ts'
import { executeAll, type Command } from '../../kernel/door.ts'
import { parse } from '../../kernel/input.ts'
import type { Language } from '../../kernel/texts.ts'
import { filled, problemOf } from '../problem.ts'
import { rehearsal } from '../rehearse.ts'
import { writeSheet } from '../sheet/index.ts'
import type { World } from '../world.ts'
import { readBook, type Entry } from './book.ts'
import { guideOf } from './guide.ts'
import { tablesOf, type Fields, type Table, type UnitNames } from './table.ts'
import { type Outcome, type Run, type What } from './what.ts'
import { annotated, orRefused, refusedIn, sheetsOf } from './whole.ts'

export const KEY = 'code'
export const LIST = 'items'
const BATCH = 50

const NAMES = {
  own: ['事项', 'Items'],
  lists: {
    situations: ['情形', 'Situations'],
    materials: ['材料', 'Materials'],
    fields: ['填报字段', 'Fields'],
    steps: ['环节', 'Steps'],
    results: ['结果', 'Results'],
    specials: ['特别程序', 'Special procedures'],
    checks: ['即办规则', 'Rules'],
    questions: ['常见问题', 'Questions'],
  },
} as const satisfies { own: Table['names']; lists: Record<string, Table['names']> }

const SAID = {
  'zh-CN': {
    'other-unit': '已收录的事项不能通过导入更换实施主体，原为“{unit}”。',
    cancelled: '这个事项已经取消，不能再修订。请用新的编码收录。',
    prepared: '这个事项的版本 {number} 正在编制（{phase}），与文件不同。请先完成或放弃该版本，再导入。',
    example: '这是模板里的示例行，请删除，或换成真实的事项。',
  },
  en: {
    'other-unit': 'An item that is listed does not change its unit by an import; it is of “{unit}”.',
    cancelled: 'This item is cancelled and cannot be revised. List it anew under another code.',
    prepared:
      'Version {number} of this item is in preparation ({phase}) and differs from the file. Finish or drop it, then import again.',
    example: 'This is the example of the template; delete it, or put a real item in its place.',
  },
} as const

export const tablesIn = (kind: Kind): readonly Table[] => tablesOf(kind, 'list', KEY, NAMES)
export const itemTables = ({ registry }: World) => tablesIn(registry.kinds.get('item')!)

/** Units by their names, in either language. */
export async function unitNames({ cache }: World): Promise<UnitNames> {
  const { all } = await cache.units()
  const byName = new Map<string, string[]>()
  for (const { unit, name, nameEn } of all.values())
    for (const one of new Set([name, nameEn])) byName.set(one, [...(byName.get(one) ?? []), unit])
  const find = (text: string) => (all.has(text) ? [text] : (byName.get(text) ?? []))
  return {
    find,
    of(id, lang) {
      const place = all.get(id)
      const name = lang === 'en' ? place?.nameEn : place?.name
      const found = name === undefined ? [] : find(name)
      return name !== undefined && found.length === 1 && found[0] === id ? name : id
    },
  }
}

async function through({ world, actor, path, file = path, job, lang, enter, submit, progress }: Run): Promise<Outcome> {
  const tables = itemTables(world)
  const units = await unitNames(world)
  const book = await readBook({ path, file, tables, key: KEY, list: LIST, units, lang })
  if ('refused' in book) return book
  const around = enter ? world.around : rehearsal(world.around).around
  const counts = { entered: 0, changed: 0, unchanged: 0, rejected: book.lost, warned: 0 }
  const { entries } = book
  for (let at = 0; at < entries.length; at += BATCH) {
    const batch = entries.slice(at, at + BATCH)
    const standing = await standingOf(world, actor, batch)
    const given: { entry: Entry; command: Command }[] = []
    /** Drafts that say what the file says: they may be submitted as well. */
    const drafts: string[] = []
    for (const entry of batch) {
      const found = decided({ world, units, lang }, entry, standing.get(entry.id))
      if ('command' in found) given.push({ entry, command: { ...found.command, key: `import ${job} ${entry.id}` } })
      else if ('unchanged' in found) {
        counts.unchanged += 1
        if (found.draft !== undefined) drafts.push(found.draft)
      } else counts.rejected += 1
    }
    const answers = await executeAll(
      around,
      actor,
      given.map(({ command }) => command),
    )
    for (const [place, answer] of answers.entries()) {
      const { entry, command } = given[place]!
      if (refusedIn(world, entry, answer, KEY, lang)) counts.rejected += 1
      else counts[command.name === 'list' ? 'entered' : 'changed'] += 1
    }
    if (enter && submit) {
      const done = given.filter((_, place) => !('refused' in answers[place]!)).map(({ entry }) => entry)
      const opened = [...(await standingOf(world, actor, done)).values()].flatMap(({ next }) => next?.id ?? [])
      const commands = [...drafts, ...opened].map((id) => ({ kind: 'version', id, name: 'submit', input: {} }))
      await executeAll(around, actor, commands)
    }
    await progress(Math.min(entries.length, at + BATCH))
  }
  return { rows: entries.length + book.lost, counts, told: book.told() }
}

type Standing = {
  readonly phase: string
  readonly unit: string
  readonly content: Fields | undefined
  readonly next:
    { readonly id: string; readonly number: number; readonly phase: string; readonly content: Fields } | undefined
}

/** The items of these codes, as far as the actor may see them. */
async function standingOf(
  world: World,
  actor: Actor,
  entries: readonly Entry[],
): Promise<ReadonlyMap<string, Standing>> {
  const { database, city, registry } = world
  const { definition } = registry.kinds.get('item')!
  const branches = visible(definition.sees, actor)
  const { rows } = await database.query(
    `select i.id, i.state, v.id as next, v.state as version
     from record i
     left join record v on v.city = i.city and v.kind = 'version' and v.id = i.state ->> 'next'
     where i.city = $1 and i.kind = 'item' and i.id = any ($2)`,
    [city, entries.map(({ id }) => id)],
  )
  return new Map(
    (
      rows as {
        id: string
        state: { phase: string; unit: string; content?: Fields }
        next: string | null
        version: null | { phase: string; number: number; content: Fields }
      }[]
    )
      .filter(({ id, state }) => admits(branches, definition.index(state, id)))
      .map(({ id, state: { phase, unit, content }, next, version }) => [
        id,
        { phase, unit, content, next: next === null || version === null ? undefined : { id: next, ...version } },
      ]),
  )
}

type Deciding = { readonly world: World; readonly units: UnitNames; readonly lang: Language }

type Decided =
  | { readonly command: Omit<Command, 'key'> }
  /** `draft`: the version in preparation that says it already, and is not submitted yet. */
  | { readonly unchanged: true; readonly draft?: string }
  | { readonly wrong: true }

/** What an entry asks for; what is wrong with it is told where it stands. */
function decided({ world, units, lang }: Deciding, entry: Entry, was: Standing | undefined): Decided {
  const kind = world.registry.kinds.get('item')!
  const said = SAID[lang]
  const wrong = (path: string, reason: string): Decided => {
    entry.tell(path, reason)
    return { wrong: true }
  }
  if (entry.id === EXAMPLE.code) return wrong(KEY, said.example)
  const { [KEY]: _, unit, ...fields } = entry.fields
  if (was?.phase === 'cancelled') return wrong(KEY, said.cancelled)
  if (was && unit !== undefined && unit !== was.unit)
    return wrong('unit', filled(said['other-unit'], { unit: units.of(was.unit, lang) }))
  const whole = was
    ? read(kind, 'revise', entry, over(entry, fields, was.next?.content ?? was.content))
    : read(kind, 'list', entry, entry.fields)
  if (whole.problems.length > 0) {
    for (const { field, message } of told(world, whole.problems, lang)) entry.tell(field, message)
    return { wrong: true }
  }
  if (entry.wrong()) return { wrong: true }
  if (!was) return { command: { kind: 'item', name: 'list', input: whole.value } }
  if (was.next && same(kind, whole.value, was.next.content))
    return { unchanged: true, ...(was.next.phase === 'draft' && { draft: was.next.id }) }
  if (was.content && same(kind, over(entry, fields, was.content), was.content)) return { unchanged: true }
  if (was.next) {
    const phase = world.registry.kinds.get('version')!.texts[lang].phases[was.next.phase] ?? ''
    return wrong(KEY, filled(said.prepared, { number: was.next.number, phase }))
  }
  return { command: { kind: 'item', id: entry.id, name: 'revise', input: whole.value } }
}

/** What the file does not speak of stays as it is. */
function over({ speaks }: Entry, fields: Fields, content: Fields = {}): Fields {
  return { ...Object.fromEntries(Object.entries(content).filter(([name]) => !speaks.has(name))), ...fields }
}

function read(kind: Kind, command: string, { spoiled }: Entry, input: Fields) {
  const parsed = parse(kind.definition.commands[command]!.input, plain(input))
  if ('value' in parsed) return { value: parsed.value, problems: [] }
  return { value: undefined, problems: parsed.fields.filter(({ field }) => !spoiled.has(field)) }
}

function told({ registry }: World, fields: ReturnType<typeof read>['problems'], lang: Language) {
  return problemOf(registry, { refused: 'invalid-input', kind: 'item', fields }, lang).fields ?? []
}

/** A list that may be left out and holds nothing is as good as none. */
export function plain(content: Fields): Fields {
  return Object.fromEntries(
    Object.entries(content).filter(
      ([name, value]) => value !== undefined && !(OPTIONAL.has(name) && Array.isArray(value) && value.length === 0),
    ),
  )
}
const OPTIONAL = new Set(['topics', 'powers', 'specials', 'checks', 'questions'])

function same(kind: Kind, one: unknown, other: Fields): boolean {
  const schema = kind.definition.commands['revise']!.input
  const [a, b] = [one as Fields, other].map((content) => parse(schema, plain(content)))
  return (
    a !== undefined &&
    b !== undefined &&
    'value' in a &&
    'value' in b &&
    JSON.stringify(a.value) === JSON.stringify(b.value)
  )
}

/** What the template shows. */
const EXAMPLE: Fields = {
  code: '11220500000000000X3000100000000',
  name: '示例事项',
  type: 'licence',
  basis: '《示例条例》第一条',
  level: 'city',
  audience: ['enterprise'],
  handling: 'within-time',
  statutory: 20,
  statutoryUnit: 'working-day',
  promised: 5,
  promisedUnit: 'working-day',
  conditions: '申请人依法成立，有固定的经营场所。',
  steps: [{ step: '受理' }, { step: '审查' }, { step: '决定' }],
  situations: [{ situation: 'QX-0001', situationName: '租赁场所' }],
  materials: [
    {
      material: 'CL-0001',
      materialName: '营业执照',
      issuer: '市场监管部门',
      originals: 0,
      copies: 1,
      tolerable: false,
      shared: true,
    },
    {
      material: 'CL-0002',
      materialName: '租赁合同',
      originals: 1,
      copies: 1,
      tolerable: true,
      shared: false,
      within: 'QX-0001',
    },
  ],
  fields: [{ field: 'ZD-0001', fieldName: '经营场所面积', form: 'number' }],
  results: [{ result: 'JG-0001', resultName: '示例许可证' }],
  visits: 1,
  channels: ['at-window', 'on-computer'],
  window: 'undifferentiated',
  hallDue: true,
  nearby: false,
  fee: false,
  remedies: '可以依法申请行政复议或者提起行政诉讼。',
  enquiries: '0435-0000000',
  topics: ['市场准入'],
  checks: [{ field: 'ZD-0001', test: 'at-least', bound: '20', ground: '面积不少于二十平方米' }],
  specials: [
    {
      special: 'TX-01',
      specialName: '现场勘验',
      specialLimit: 5,
      specialUnit: 'working-day',
      specialBasis: '行政许可法第四十五条',
    },
  ],
  questions: [{ question: '可以委托他人办理吗？', reply: '可以。' }],
}

/** Whoever may list an item. */
const drafting = items.kinds.find(({ definition }) => definition.kind === 'item')!.definition.commands['list']!.by

export const itemLibrary: What = {
  kind: 'item',
  submits: true,
  may: (actor) => may(drafting, actor),
  run: orRefused(through),
  annotate: annotated(KEY, LIST),
  async template(world, lang, out) {
    const tables = itemTables(world)
    const units = await unitNames(world)
    const kind = world.registry.kinds.get('item')!
    await writeSheet(out as never, {
      sheets: [...sheetsOf(tables, [EXAMPLE], units, lang, KEY), guideOf(kind, tables, lang)],
    })
  },
}
