// What the pages of an import say of its records, in both languages.
import type { Language } from '../../kernel/texts.ts'

type Words = {
  readonly title: string
  /** What the template is called when it is saved. */
  readonly file: string
  readonly steps: readonly string[]
  readonly label: string
  readonly hint: string
  readonly accept: string
  readonly choose: string
  /** What is there already as a file. */
  readonly exports: readonly (readonly [href: string, text: string])[]
  readonly toEnter: string
  readonly toChange: string
  readonly entered: string
  readonly changed: string
  readonly some: string
  readonly left: string
}

export const importWords: Readonly<
  Record<Language, Readonly<Record<'enterprise' | 'item' | 'access-edition' | 'profile', Words>>>
> = {
  'zh-CN': {
    enterprise: {
      title: '批量导入企业',
      file: '企业导入模板.xlsx',
      steps: [
        '下载模板，每家企业填一行。',
        '上传并检查：这一步不改动任何数据，有问题的单元格逐个说明。',
        '确认后导入没有问题的行；有问题的行可以下载标注好的表格，改正后再次上传。同一内容重复导入不会产生变化。',
      ],
      label: '企业表格',
      hint: '.xlsx 或 .csv 文件，不超过 {most}，最多 30 万行。',
      accept: '.xlsx,.csv',
      choose: '请选择 .xlsx 或 .csv 文件。',
      exports: [],
      toEnter: '将新增',
      toChange: '将更新',
      entered: '已新增',
      changed: '已更新',
      some: '可以先导入没有问题的 {good} 行；有问题的 {bad} 行改正后再次上传即可。',
      left: '还有 {bad} 行没有导入，请下载标注好的表格，改正后再次上传。',
    },
    item: {
      title: '批量导入事项',
      file: '事项导入模板.xlsx',
      steps: [
        '下载模板，或者导出现有事项后修改。每个事项在“事项”表中占一行；情形、材料、字段等各占一张表，用实施编码对应。',
        '上传并检查：这一步不改动任何数据，有问题的单元格逐个说明。文件中没有的列和工作表，原有内容保持不变。',
        '确认后，新事项收录为草稿，有变化的事项生成下一版本的草稿，没有变化的不动。草稿由另一人审核发布后施行。',
      ],
      label: '事项文件',
      hint: '.xlsx 或 .json 文件，不超过 {most}，最多 1 万个事项。',
      accept: '.xlsx,.json,.csv',
      choose: '请选择 .xlsx 或 .json 文件。',
      exports: [
        ['/api/library.xlsx', '导出全部事项（.xlsx）'],
        ['/api/library.json', '导出全部事项（JSON）'],
      ],
      toEnter: '将收录',
      toChange: '将修订',
      entered: '已收录，待审核发布',
      changed: '已生成新版本草稿',
      some: '可以先导入没有问题的 {good} 个事项；有问题的 {bad} 个改正后再次上传即可。',
      left: '还有 {bad} 个没有导入，请下载标注好的表格，改正后再次上传。',
    },
    'access-edition': {
      title: '录入市场准入负面清单',
      file: '市场准入负面清单录入模板.xlsx',
      steps: [
        '下载模板，照国家公布的文件逐条填写：“清单”表一行，“事项”“措施”“附件”各占一张表，用文号对应。不增加、不修改、不附本市说明。',
        '上传并检查：这一步不改动任何数据，有问题的单元格逐个说明。',
        '确认后录入，由另一人核对确认，才向社会公布。同一内容重复录入不会产生变化；同一文号、内容不同的，不予录入。',
      ],
      label: '清单文件',
      hint: '.xlsx 或 .json 文件，不超过 {most}。',
      accept: '.xlsx,.json,.csv',
      choose: '请选择 .xlsx 或 .json 文件。',
      exports: [['/api/access/list.json', '导出现行清单（JSON）']],
      toEnter: '将录入',
      toChange: '将更改',
      entered: '已录入，待另一人确认',
      changed: '已更改',
      some: '可以先录入没有问题的 {good} 版；有问题的 {bad} 版改正后再次上传即可。',
      left: '还有 {bad} 版没有录入，请下载标注好的表格，改正后再次上传。',
    },
    profile: {
      title: '导入企业数据',
      file: '企业数据导入模板.xlsx',
      steps: [
        '下载模板：列是数据目录中由部门提供的数据项，列名后是计量单位。每家企业填一行，没有的数据留空；按年度的数据要填年度。',
        '上传并检查：这一步不改动任何数据，有问题的单元格逐个说明。单位不同的列、目录里没有的列不会被悄悄略过。',
        '确认后记入，企业能享受哪些政策随即重新比对。同一内容重复导入不会产生变化；原有数据不会被覆盖。',
      ],
      label: '企业数据表格',
      hint: '.xlsx 或 .csv 文件，不超过 {most}，最多 30 万行。',
      accept: '.xlsx,.csv',
      choose: '请选择 .xlsx 或 .csv 文件。',
      exports: [],
      toEnter: '首次记入的企业',
      toChange: '将补充数据的企业',
      entered: '已首次记入',
      changed: '已补充数据',
      some: '可以先记入没有问题的 {good} 行；有问题的 {bad} 行改正后再次上传即可。',
      left: '还有 {bad} 行没有记入，请下载标注好的表格，改正后再次上传。',
    },
  },
  en: {
    enterprise: {
      title: 'Import enterprises',
      file: 'Enterprises template.xlsx',
      steps: [
        'Download the template and enter one enterprise to a row.',
        'Upload and check: nothing is changed yet, and every bad cell is explained.',
        'Confirm, and the good rows are entered. The bad ones come back in a marked sheet; correct them and upload again. What was entered already is left alone.',
      ],
      label: 'Sheet of enterprises',
      hint: 'An .xlsx or .csv file of at most {most} and 300,000 rows.',
      accept: '.xlsx,.csv',
      choose: 'Choose an .xlsx or .csv file.',
      exports: [],
      toEnter: 'To be entered',
      toChange: 'To be changed',
      entered: 'Entered',
      changed: 'Changed',
      some: 'You can enter the {good} good rows now; correct the other {bad} and upload them again.',
      left: '{bad} rows were not entered. Download the marked sheet, correct them and upload it again.',
    },
    item: {
      title: 'Import items',
      file: 'Items template.xlsx',
      steps: [
        'Download the template, or export the items that there are and change them. Each item is a row of the sheet “Items”; situations, papers, fields and the like have sheets of their own and name the item by its code.',
        'Upload and check: nothing is changed yet, and every bad cell is explained. What the file has no column or sheet for stays as it is.',
        'Confirm, and new items are listed as drafts, changed ones get the draft of a next version, and the others are left alone. Another person reviews and publishes them.',
      ],
      label: 'File of items',
      hint: 'An .xlsx or .json file of at most {most} and 10,000 items.',
      accept: '.xlsx,.json,.csv',
      choose: 'Choose an .xlsx or .json file.',
      exports: [
        ['/api/library.xlsx', 'Export all items (.xlsx)'],
        ['/api/library.json', 'Export all items (JSON)'],
      ],
      toEnter: 'To be listed',
      toChange: 'To be revised',
      entered: 'Listed, to be reviewed and published',
      changed: 'Drafts of a next version',
      some: 'You can enter the {good} good items now; correct the other {bad} and upload them again.',
      left: '{bad} items were not entered. Download the marked sheet, correct them and upload it again.',
    },
    'access-edition': {
      title: 'Load the market access list',
      file: 'Market access list template.xlsx',
      steps: [
        'Download the template and enter what the state has published, entry by entry: one row of the sheet “List”; matters, measures and annex on sheets of their own that name the document number. Add nothing, change nothing, note nothing of your own.',
        'Upload and check: nothing is changed yet, and every bad cell is explained.',
        'Confirm, and it is loaded; it is published once another person has confirmed it. What is here already is left alone; the same number with other content is refused.',
      ],
      label: 'File of the list',
      hint: 'An .xlsx or .json file of at most {most}.',
      accept: '.xlsx,.json,.csv',
      choose: 'Choose an .xlsx or .json file.',
      exports: [['/api/access/list.json', 'Export the list in force (JSON)']],
      toEnter: 'To be loaded',
      toChange: 'To be changed',
      entered: 'Loaded, to be confirmed by another',
      changed: 'Changed',
      some: 'You can load the {good} good editions now; correct the other {bad} and upload them again.',
      left: '{bad} editions were not loaded. Download the marked sheet, correct them and upload it again.',
    },
    profile: {
      title: 'Import data of enterprises',
      file: 'Data of enterprises template.xlsx',
      steps: [
        'Download the template: its columns are the facts of the dictionary that offices tell, each with its unit. One row for an enterprise; leave empty what is not known; what is told for a year needs the year.',
        'Upload and check: nothing is changed yet, and every bad cell is explained. A column in another unit, or one that the dictionary does not have, is never passed over in silence.',
        'Confirm, and it is kept; what each enterprise is entitled to is worked out anew. What is kept already is left alone, and nothing is overwritten.',
      ],
      label: 'Sheet of data',
      hint: 'An .xlsx or .csv file of at most {most} and 300,000 rows.',
      accept: '.xlsx,.csv',
      choose: 'Choose an .xlsx or .csv file.',
      exports: [],
      toEnter: 'Enterprises told of for the first time',
      toChange: 'Enterprises with more data',
      entered: 'Told of for the first time',
      changed: 'More data kept',
      some: 'You can enter the {good} good rows now; correct the other {bad} and upload them again.',
      left: '{bad} rows were not entered. Download the marked sheet, correct them and upload it again.',
    },
  },
}
