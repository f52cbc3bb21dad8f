// What an import is of, and what came of a file: the same mechanism for each kind of record that is brought in as a whole.
import type { Actor } from '../../kernel/access.ts'
import type { Language } from '../../kernel/texts.ts'
import type { CellError, HeaderProblem, Row } from '../sheet/index.ts'
import type { World } from '../world.ts'

export type Counts = {
  readonly entered: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  /** Of those that were not rejected, how many should be looked at again. */
  readonly warned: number
}

/** What is to be said of one sheet, by row. */
export type Told = {
  /** Where there are several. */
  readonly sheet?: string
  readonly header: Row
  readonly errors: ReadonlyMap<number, readonly CellError[]>
  /** What should be looked at again, of rejected rows as of others. */
  readonly warnings: ReadonlyMap<number, readonly CellError[]>
  /** The rows that are given back, where those are more than the wrong ones: all of a record that is rejected. */
  readonly back?: ReadonlySet<number>
}

export type Through = { readonly rows: number; readonly counts: Counts; readonly told: readonly Told[] }

export type Outcome =
  | Through
  /** The whole file: what is wrong with it, and the way out. */
  | { readonly refused: string }

export type Run = {
  readonly world: World
  readonly actor: Actor
  readonly path: string
  /** What the file was called by whoever brought it; its path says so when absent. */
  readonly file?: string
  /** Whose rows these are: a job that is resumed does none of them twice. */
  readonly job: string
  readonly lang: Language
  /** Whether good rows are entered; otherwise nothing is written. */
  readonly enter: boolean
  /** Whether what is entered is handed to its reviewer at once, where it has one. */
  readonly submit?: boolean
  /** Hears how many rows are done; throws to stop. */
  readonly progress: (done: number) => Promise<void> | void
}

export type What = {
  /** The kind of its records. */
  readonly kind: string
  /** Whether what is entered can be handed to a reviewer at once. */
  readonly submits: boolean
  may(actor: Actor): boolean
  /** Runs through the file. What is wrong with it as a whole comes back as `refused`, never as an exception. */
  run(run: Run): Promise<Outcome>
  /** Writes the workbook that says what is wrong, row by row. */
  annotate(path: string, outcome: Through, lang: Language, out: string): Promise<void>
  template(world: World, lang: Language, out: NodeJS.WritableStream): Promise<void>
}

/** How the summary of an annotated workbook counts. */
export function summaryOf({ entered, changed, rejected, unchanged, warned }: Counts) {
  return { accepted: entered + changed, rejected, unchanged, warned }
}

/** What is wrong with a header, in words; `sheet` says whose, where there are several. */
export function headerWords(problems: readonly HeaderProblem[], lang: Language, sheet?: string): string {
  const en = lang === 'en'
  const words = problems.map((one) => {
    switch (one.problem) {
      case 'missing':
        return en
          ? `the column “${one.title}” is missing${one.suggestion ? ` (is it “${one.suggestion.title}”?)` : ''}`
          : `缺少“${one.title}”一列${one.suggestion ? `（是否为“${one.suggestion.title}”？）` : ''}`
      case 'unknown':
        return en
          ? `the column “${one.title}” is not known${one.suggestion === undefined ? '' : ` (is it “${one.suggestion}”?)`}`
          : `不认识“${one.title}”一列${one.suggestion === undefined ? '' : `（是否为“${one.suggestion}”？）`}`
      case 'duplicate':
        return en
          ? `the column “${one.title}” is there ${one.columns.length} times`
          : `“${one.title}”一列出现了 ${one.columns.length} 次`
      case 'merged':
        return en ? `the header cells ${one.range} are merged` : `表头 ${one.range} 是合并单元格，请取消合并`
    }
  })
  if (en)
    return `The header${sheet === undefined ? '' : ` of the sheet “${sheet}”`} is not right: ${words.join('; ')}. See the template.`
  return `${sheet === undefined ? '' : `工作表“${sheet}”的`}表头不对：${words.join('；')}。请对照模板修改。`
}
