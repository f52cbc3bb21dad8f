/** The parts of an .xlsx that must be known before its rows: which sheet, which date system, which number formats. */
import { numberKind, type NumberKind } from './number-format.ts'
import { SheetRefusal } from './refusal.ts'
import { parseWhole } from './xml.ts'
import type { CheckedZip } from './zip-check.ts'

export interface Workbook {
  /** The part that holds the chosen sheet. */
  readonly sheetPart: string
  readonly stringsPart: string | undefined
  readonly date1904: boolean
  /** By the style index of a cell. */
  readonly formats: readonly NumberKind[]
}

interface Relation {
  readonly type: string
  readonly target: string
}

/** Small parts: more than this is not an honest workbook. */
const partLimit = 32 * 1024 ** 2

/** Finds the sheet by name, or the first visible one, and refuses what a workbook may not bring along. */
export async function readWorkbook(zip: CheckedZip, sheet: string | undefined): Promise<Workbook> {
  refuseBaggage(zip)
  await refuseMacroTypes(zip)
  const main = [...(await readRelations(zip, '')).values()].find(({ type }) => type === 'officeDocument')?.target
  if (main === undefined) throw new SheetRefusal('not-a-spreadsheet', 'a zip without a workbook')
  if (!/\.xml$/i.test(main)) throw new SheetRefusal('legacy-xls', 'a binary workbook')
  const relations = await readRelations(zip, main)
  const { sheets, date1904 } = await readSheetList(zip, main)
  const usable = sheets.filter(({ relation }) => relations.get(relation)?.type === 'worksheet')
  const chosen = usable.find(({ name, hidden }) => (sheet === undefined ? !hidden : name === sheet))
  if (!chosen)
    throw sheet === undefined ? new SheetRefusal('empty', 'no visible sheet') : new SheetRefusal('no-such-sheet', sheet)
  const part = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.target
  const styles = part('styles')
  const strings = part('sharedStrings')
  return {
    sheetPart: relations.get(chosen.relation)?.target ?? '',
    stringsPart: strings !== undefined && zip.size(strings) !== undefined ? strings : undefined,
    date1904,
    formats: styles !== undefined && zip.size(styles) !== undefined ? await readFormats(zip, styles) : [],
  }
}

function refuseBaggage(zip: CheckedZip): void {
  const names = zip.names.map((name) => name.toLowerCase())
  if (names.some((name) => /(?:^|\/)(?:vbaproject\.bin|macrosheets\/)/.test(name))) throw new SheetRefusal('macro')
  if (names.some((name) => /(?:^|\/)externallinks\/|^xl\/connections\.xml$/.test(name)))
    throw new SheetRefusal('external-link')
  if (names.includes('xl/workbook.bin')) throw new SheetRefusal('legacy-xls', 'a binary workbook')
  if (!names.includes('[content_types].xml')) throw new SheetRefusal('not-a-spreadsheet', 'another kind of zip')
}

/** The file may call itself .xlsx and be macro-enabled by its content types. */
async function refuseMacroTypes(zip: CheckedZip): Promise<void> {
  await parseWhole(bounded(zip, '[Content_Types].xml'), {
    open(name, attributes) {
      if (
        (name === 'Override' || name === 'Default') &&
        /macroEnabled|vbaProject/i.test(attributes['ContentType'] ?? '')
      )
        throw new SheetRefusal('macro')
    },
    close() {},
    text() {},
  })
}

async function readSheetList(zip: CheckedZip, main: string) {
  const sheets: { name: string; hidden: boolean; relation: string }[] = []
  let date1904 = false
  await parseWhole(bounded(zip, main), {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = isTrue(attributes['date1904'])
      if (name !== 'sheet') return
      const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? ''
      const state = attributes['state'] ?? 'visible'
      sheets.push({ name: attributes['name'] ?? '', hidden: state !== 'visible', relation })
    },
    close() {},
    text() {},
  })
  return { sheets, date1904 }
}

async function readFormats(zip: CheckedZip, part: string): Promise<NumberKind[]> {
  const codes = new Map<number, string>()
  const formats: NumberKind[] = []
  let inCellFormats = false
  await parseWhole(bounded(zip, part), {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes['numFmtId'] ?? 0)
        formats.push(numberKind(id, codes.get(id)))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
    text() {},
  })
  return formats
}

/** The relations of a part (of the whole package when empty), by id; targets as names in the zip. */
async function readRelations(zip: CheckedZip, part: string): Promise<Map<string, Relation>> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1)
  const relationsPart = `${folder}_rels/${part.slice(folder.length)}.rels`
  const relations = new Map<string, Relation>()
  if (zip.size(relationsPart) === undefined)
    throw new SheetRefusal(part === '' ? 'not-a-spreadsheet' : 'broken', `no ${relationsPart}`)
  await parseWhole(bounded(zip, relationsPart), {
    open(name, attributes) {
      if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return
      const type = attributes['Type'] ?? ''
      const target = resolvePart(folder, attributes['Target'] ?? '')
      relations.set(attributes['Id'] ?? '', { type: type.slice(type.lastIndexOf('/') + 1), target })
    },
    close() {},
    text() {},
  })
  return relations
}

function resolvePart(folder: string, target: string): string {
  const steps: string[] = []
  for (const step of (target.startsWith('/') ? target : `${folder}${target}`).split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

function bounded(zip: CheckedZip, part: string): AsyncIterable<Buffer> {
  if ((zip.size(part) ?? 0) > partLimit) throw new SheetRefusal('too-large', `part ${part}`)
  return zip.read(part)
}

export function isTrue(attribute: string | undefined): boolean {
  return attribute === '1' || attribute === 'true'
}
