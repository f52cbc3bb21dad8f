// The words that each definition owes each language; a missing one does not compile.
import type { z } from 'zod'
import type { Definition } from './record.ts'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

/** Names of the fields of a wire type, those of nested objects and lists included. */
type Names<T> = T extends readonly (infer Item)[]
  ? Names<Item>
  : T extends object
    ? // An input without fields is typed as an object of any name: it owes no words, and must not excuse the others.
      string extends keyof T
      ? never
      : { [Name in keyof T & string]: Name | Names<NonNullable<T[Name]>> }[keyof T & string]
    : never

/** The closed values of a wire type's fields: every string literal that a person may have to choose or read. */
type Choices<T> = T extends readonly (infer Item)[]
  ? Choices<Item>
  : T extends object
    ? string extends keyof T
      ? never
      : { [Name in keyof T & string]: Choices<NonNullable<T[Name]>> }[keyof T & string]
    : T extends string
      ? string extends T
        ? never
        : T
      : never

type Inputs<C> = { [Name in keyof C]: C[Name] extends z.ZodType ? z.input<C[Name]> : never }[keyof C]

/** What one kind owes one language. */
export type Texts<D> =
  D extends Definition<infer State, infer Events, infer Commands, infer Refusal>
    ? {
        readonly title: string
        readonly phases: Readonly<Record<State['phase'], string>>
        readonly commands: Readonly<Record<keyof Commands & string, string>>
        readonly events: Readonly<Record<keyof Events & string, string>>
        readonly refusals: Readonly<Record<Refusal, string>>
        readonly fields: Readonly<Record<Names<Inputs<Commands>> | Names<Inputs<Events>>, string>> &
          Readonly<Record<string, string>>
        readonly options: Readonly<Record<Choices<Inputs<Commands>> | Choices<Inputs<Events>>, string>> &
          Readonly<Record<string, string>>
        /** A sentence of help under a field, where one is needed. */
        readonly hints?: Readonly<Record<string, string>>
        readonly messages?: Readonly<Record<string, string>>
        /** Titles of the papers that its events give, by their sort. */
        readonly papers?: Readonly<Record<string, string>>
        /** Titles of the pages into which a long form is divided, by the `page` of its fields. */
        readonly pages?: Readonly<Record<string, string>>
        /** What the start page of a command says: who, what is needed, how long it takes, what comes next. */
        readonly starts?: Readonly<Record<string, Start>>
        /** What a grave command will do, and what the way back is, said before it is done. */
        readonly warnings?: Readonly<Record<string, string>>
        /** What should be looked at again where a fact is one of these options, and what to do; it stands in nobody's way. */
        readonly cautions?: Readonly<Record<string, string>>
        /** Words for what its refusals name by a code, such as a unit of measure; of several joined by / or · each. */
        readonly terms?: Readonly<Record<string, string>>
        /** Names of the limits by which its clocks run, by the limit's id. */
        readonly limits?: Readonly<Record<string, string>>
        /** Each queue's title, and what would stand in it while it is empty. */
        readonly queues?: Readonly<Record<string, QueueTexts>>
        /** Titles of the views of queues. */
        readonly views?: Readonly<Record<string, string>>
      }
    : never

export type QueueTexts = { readonly title: string; readonly empty: string }

export type Start = {
  readonly who: string
  readonly needs: readonly string[]
  readonly takes: string
  /** What happens once it is submitted. */
  readonly next: string
  /** What it costs; nothing, when absent. */
  readonly costs?: string
}

export type AnyTexts = {
  readonly title: string
  readonly phases: Readonly<Record<string, string>>
  readonly commands: Readonly<Record<string, string>>
  readonly events: Readonly<Record<string, string>>
  readonly refusals: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, string>>
  readonly options: Readonly<Record<string, string>>
  readonly hints?: Readonly<Record<string, string>>
  readonly messages?: Readonly<Record<string, string>>
  readonly papers?: Readonly<Record<string, string>>
  readonly pages?: Readonly<Record<string, string>>
  readonly starts?: Readonly<Record<string, Start>>
  readonly warnings?: Readonly<Record<string, string>>
  readonly cautions?: Readonly<Record<string, string>>
  readonly terms?: Readonly<Record<string, string>>
  readonly limits?: Readonly<Record<string, string>>
  readonly queues?: Readonly<Record<string, QueueTexts>>
  readonly views?: Readonly<Record<string, string>>
}

/** Words of the house that no definition owns, among them the refusals that the door itself may give. */
export const house = {
  'zh-CN': {
    'invalid-input': '填写的内容有误，请按各栏提示修改后再提交。',
    'unknown-kind': '没有这一类记录。',
    'unknown-command': '没有这个操作。',
    'not-found': '没有找到这条记录，或您无权查看。',
    'not-permitted': '您的岗位或身份不能办理这一步。',
    'not-in-this-phase': '当前环节不能办理这一步，请刷新后查看可办理的操作。',
    'stale-version': '这条记录刚被别人更新过，请刷新后再办理。',
    'key-reused': '同一个请求编号已经用于另一项内容，请重新提交。',
    busy: '同时办理的人较多，请稍后再试；您填写的内容没有丢失。',
    'already-exists': '这条记录已经存在。',
    'name-too-long': '所选各项的编号合起来超过 {most} 个字，不能作为记录的编号；请为其中自行拟定的一项另用较短的编号。',
    'beyond-the-calendar': '所填日期的期限超出日历（2000 年至 2060 年），请改为较近的日期。',
    'clock-recomputed': '节假日安排公布，重新计算时限',
  },
  en: {
    'invalid-input': 'Some of what was entered is not right. Correct the fields named below and submit again.',
    'unknown-kind': 'There is no such kind of record.',
    'unknown-command': 'There is no such action.',
    'not-found': 'This record was not found, or you may not see it.',
    'not-permitted': 'Your post or role does not allow this step.',
    'not-in-this-phase': 'This step is not possible at the present stage. Refresh to see what is.',
    'stale-version': 'Somebody else has just changed this record. Refresh, then try again.',
    'key-reused': 'The same request number was already used for something else. Submit again.',
    busy: 'Many people are working on this at once. Try again shortly; nothing you entered is lost.',
    'already-exists': 'This record exists already.',
    'name-too-long':
      'The numbers of what was chosen come to more than {most} signs together, which no record may be called by. Use a shorter number for the one of them that is drafted here.',
    'beyond-the-calendar':
      'A limit that follows from these dates lies beyond the calendar (2000 to 2060). Use nearer dates.',
    'clock-recomputed': 'Holidays were announced; the limit was worked out again',
  },
} as const satisfies Record<Language, Record<string, string>>

/** What a value can be, as it comes in JSON or in an address. */
export type WireType = 'string' | 'number' | 'integer' | 'boolean' | 'date' | 'array' | 'object' | 'file' | 'nothing'

/** What a value should have been, in the user's words. */
export const typeWords = {
  'zh-CN': {
    string: '文字',
    number: '数字',
    integer: '整数',
    boolean: '“是”或“否”（true 或 false）',
    date: '日期',
    array: '列表（[…]）',
    object: '一组栏目（{…}）',
    file: '文件',
    nothing: '空值（null）',
  },
  en: {
    string: 'text',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'yes or no (true or false)',
    date: 'a date',
    array: 'a list ([…])',
    object: 'a group of fields ({…})',
    file: 'a file',
    nothing: 'empty (null)',
  },
} as const satisfies Record<Language, Record<WireType, string>>

/** Why a single field was not accepted, in the user's words; `{…}` is filled from the problem. */
export const fieldProblems = {
  'zh-CN': {
    missing: '请填写{field}。',
    'not-chosen': '请选择{field}。',
    'wrong-type': '{field}的格式不对，应为{expected}。',
    'too-short': '{field}至少要有 {minimum} 个字。',
    'too-long': '{field}最多 {maximum} 个字。',
    'too-few': '{field}至少要有 {minimum} 项。',
    'too-many': '{field}最多 {maximum} 项。',
    'too-small': '{field}不能小于 {minimum}。',
    'too-big': '{field}不能大于 {maximum}。',
    'not-an-option': '{field}请从列出的选项中选择：{expected}。',
    'wrong-format': '{field}的格式不对，请按说明填写。',
    'no-such-date': '{field}不是存在的日期，请写成 2026-05-09 这样的格式。',
    'wrong-characters': '{field}里有看不见的控制字符，请删去后重新输入（从别处复制来的，先粘贴为纯文本）。',
    'no-such-file': '{field}里有文件没有上传成功、已不在或不是您上传的，请重新上传后再提交。',
    'unknown-field': '没有“{field}”这一栏，请删去。',
    wrong: '{field}填写有误，请检查。',
  },
  en: {
    missing: 'Enter {field}.',
    'not-chosen': 'Choose {field}.',
    'wrong-type': '{field} is of the wrong type; it should be {expected}.',
    'too-short': '{field} needs at least {minimum} characters.',
    'too-long': '{field} may have at most {maximum} characters.',
    'too-few': '{field} needs at least {minimum} of them.',
    'too-many': '{field} may have at most {maximum} of them.',
    'too-small': '{field} may not be less than {minimum}.',
    'too-big': '{field} may not be more than {maximum}.',
    'not-an-option': 'Choose {field} from: {expected}.',
    'wrong-format': '{field} is not in the right format; see its hint.',
    'no-such-date': '{field} is not a date that exists; write it like 2026-05-09.',
    'wrong-characters':
      '{field} has invisible control characters; delete them and type it again (paste as plain text what you copy from elsewhere).',
    'no-such-file':
      'A file of {field} did not arrive, is gone, or was not uploaded by you; upload it again, then submit.',
    'unknown-field': 'There is no field “{field}”; remove it.',
    wrong: '{field} is not right; please check it.',
  },
} as const satisfies Record<Language, Record<string, string>>

/** What is wrong with a parameter of an address: the problems of a field that occur there, and those of addresses alone. */
export const parameterProblems = {
  'zh-CN': {
    'wrong-type': fieldProblems['zh-CN']['wrong-type'],
    'too-small': fieldProblems['zh-CN']['too-small'],
    'too-big': fieldProblems['zh-CN']['too-big'],
    'not-an-option': '{field}只能是：{expected}。',
    'wrong-format': '{field}的格式不对，请参照接口说明。',
    'unknown-parameter': '没有“{field}”这个参数，可用的参数：{expected}。',
    'given-twice': '{field}只能写一次，多个值用逗号隔开。',
    'too-many-values': '{field}一次最多写 {maximum} 个值。',
    'no-such-cursor': '{field}应当原样取自上一页的 next，排序也须与上一页相同；去掉它就从第一页开始。',
  },
  en: {
    'wrong-type': fieldProblems.en['wrong-type'],
    'too-small': fieldProblems.en['too-small'],
    'too-big': fieldProblems.en['too-big'],
    'not-an-option': '{field} must be one of: {expected}.',
    'wrong-format': '{field} is not in the right format; see the reference of the interface.',
    'unknown-parameter': 'There is no parameter “{field}”; there are: {expected}.',
    'given-twice': '{field} may stand only once; several values are separated by commas.',
    'too-many-values': '{field} may have at most {maximum} values.',
    'no-such-cursor':
      '{field} must be `next` of the page before as it came, in the same order; without it the list begins at its first page.',
  },
} as const satisfies Record<Language, Record<string, string>>

export type FieldProblem = keyof (typeof fieldProblems)['zh-CN']
