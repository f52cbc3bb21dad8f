/** Why a spreadsheet is not read: one class of error, a closed list of codes, and what to tell the person who sent it. */

/** What is wrong, as a fact. */
export type SheetRefusalCode = keyof typeof sheetRefusalTexts

/** Thrown by everything that reads a spreadsheet. `row` and `column` count from 1 as Excel does. */
export class SheetRefusal extends Error {
  readonly code: SheetRefusalCode
  readonly row: number | undefined
  readonly column: number | undefined
  /** A technical remark for the log and the curious: no cell values, so no personal data. */
  readonly detail: string

  constructor(code: SheetRefusalCode, detail = '', at: { readonly row?: number; readonly column?: number } = {}) {
    super(`${code}${at.row === undefined ? '' : ` at row ${at.row}`}${detail && `: ${detail}`}`)
    this.name = 'SheetRefusal'
    this.code = code
    this.detail = detail
    this.row = at.row
    this.column = at.column
  }
}

/** What each refusal says and the way out, in both languages. `{detail}` is filled with the remark. */
export const sheetRefusalTexts = {
  'not-a-spreadsheet': {
    zh: '这不是可以读取的表格文件。请上传 .xlsx 或 .csv 文件。',
    en: 'This is not a spreadsheet we can read. Upload an .xlsx or .csv file.',
  },
  'not-a-workbook': {
    zh: '文件名是 .xlsx，内容却不是 Excel 工作簿。请在 Excel 或 WPS 中打开后另存为 .xlsx；如果本来是文本，请把文件名改为 .csv 后重新上传。',
    en: 'The file is called .xlsx but this is not an Excel workbook. Open it in Excel or WPS and save it as .xlsx; if it is plain text, rename it to .csv; then upload it again.',
  },
  'legacy-xls': {
    zh: '这是旧版表格（.xls、.et 或 .xlsb）。请在 Excel 或 WPS 中另存为 .xlsx 后重新上传。',
    en: 'This is an older kind of spreadsheet (.xls, .et or .xlsb). Save it as .xlsx in Excel or WPS and upload it again.',
  },
  encrypted: {
    zh: '文件设有打开密码，无法读取。请取消密码后重新上传。',
    en: 'The file is protected by a password and cannot be read. Remove the password and upload it again.',
  },
  macro: {
    zh: '文件含有宏，不予接收。请另存为不含宏的 .xlsx 后重新上传。',
    en: 'The file contains macros and is not accepted. Save it as .xlsx without macros and upload it again.',
  },
  'external-link': {
    zh: '文件引用了其他工作簿或外部数据。请断开外部链接（只保留数值）后重新上传。',
    en: 'The file refers to other workbooks or outside data. Break the links (keep values only) and upload it again.',
  },
  'zip-bomb': {
    zh: '文件解压后的大小异常，不予接收。请重新导出或另存后上传。',
    en: 'The file unpacks to an abnormal size and is not accepted. Export it anew and upload it again.',
  },
  'too-large': {
    zh: '文件太大。请拆分成几个文件分别上传。',
    en: 'The file is too large. Split it and upload the parts one by one.',
  },
  'too-many-rows': {
    zh: '行数超过上限（{detail} 行）。请拆分成几个文件分别上传。',
    en: 'There are more rows than the limit ({detail}). Split the file and upload the parts one by one.',
  },
  'too-many-columns': {
    zh: '列数超过上限（{detail} 列）。请按模板整理后重新上传。',
    en: 'There are more columns than the limit ({detail}). Arrange the columns as in the template and upload it again.',
  },
  'no-such-sheet': {
    zh: '文件中没有名为“{detail}”的工作表。请检查工作表名称后重新上传。',
    en: 'The file has no sheet named “{detail}”. Check the names of its sheets and upload it again.',
  },
  empty: {
    zh: '文件中没有数据。请在表头下面填写内容后重新上传。',
    en: 'There is no data in the file. Fill in rows below the header and upload it again.',
  },
  'wrong-encoding': {
    zh: '文字编码无法识别。请存为 UTF-8 或 GB18030 编码的 CSV，或改用 .xlsx。',
    en: 'The text encoding is not recognised. Save the CSV as UTF-8 or GB18030, or use .xlsx.',
  },
  broken: {
    zh: '文件已损坏，或不符合表格格式。请在 Excel 或 WPS 中打开后另存为 .xlsx，再重新上传。',
    en: 'The file is damaged or is not a proper spreadsheet. Open it in Excel or WPS, save it as .xlsx and upload it again.',
  },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>

/** The sentence for a person, with the row when there is one. */
export function describeSheetRefusal(refusal: SheetRefusal, language: 'zh' | 'en'): string {
  const sentence = sheetRefusalTexts[refusal.code][language].replace('{detail}', () => refusal.detail)
  if (refusal.row === undefined) return sentence
  return language === 'zh' ? `第 ${refusal.row} 行：${sentence}` : `Row ${refusal.row}: ${sentence}`
}
