// The last sheet of a template: each column, whether it must be filled in, and with what.
import type { Kind } from '../../kernel/domain.ts'
import type { Language } from '../../kernel/texts.ts'
import type { Sheet } from '../sheet/index.ts'
import { titleOf, type Column, type Table } from './table.ts'

const SAID = {
  'zh-CN': {
    name: '填写说明',
    sheet: '工作表',
    column: '列',
    required: '必填',
    content: '填写内容',
    yes: '是',
    text: '文字',
    number: '数字',
    money: '金额（元）',
    'yes-no': '是 / 否',
    choice: '选一项：',
    choices: '可选多项，用“、”分开：',
    words: '可填多项，用“、”分开',
    unit: '单位全称或编号',
  },
  en: {
    name: 'How to fill in',
    sheet: 'Sheet',
    column: 'Column',
    required: 'Required',
    content: 'What to enter',
    yes: 'yes',
    text: 'text',
    number: 'a number',
    money: 'an amount in yuan',
    'yes-no': 'yes / no',
    choice: 'one of: ',
    choices: 'one or more of, separated by 、: ',
    words: 'one or more, separated by 、',
    unit: 'the full name of a unit, or its id',
  },
} as const

export function guideOf({ texts }: Kind, tables: readonly Table[], lang: Language): Sheet {
  const said = SAID[lang]
  const content = ({ form, options, key }: Column) => {
    const names = Object.values(options).map((one) => one[lang])
    const hint = texts[lang].hints?.[key]
    return [`${said[form]}${names.join(' / ')}`, hint]
      .filter((one) => one !== undefined)
      .join(lang === 'en' ? '. ' : '。')
  }
  return {
    name: said.name,
    columns: [
      { key: 'sheet', title: said.sheet },
      { key: 'column', title: said.column, width: 24 },
      { key: 'required', title: said.required, width: 8 },
      { key: 'content', title: said.content, width: 80 },
    ],
    rows: tables.flatMap((table) =>
      table.columns.map((column) => ({
        sheet: table.names[lang === 'en' ? 1 : 0],
        column: titleOf(column, lang),
        required: column.required ? said.yes : '',
        content: content(column),
      })),
    ),
  }
}
