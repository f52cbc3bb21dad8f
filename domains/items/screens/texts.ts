// The words of what stands beside a version.
import { words } from '../../../web/part/index.ts'

export const t = words({
  'zh-CN': {
    changes: '与其他版本比较',
    against: '比较对象',
    version: (n: number, phase: string) => `第 ${n} 版（${phase}）`,
    none: '这是第一个版本，没有可以比较的版本。',
    same: '两个版本的内容相同。',
    count: (n: number) => `${n} 处不同`,
    field: '栏目',
    states: { added: '新增', removed: '删去', changed: '修改', moved: '顺序有变' },
    signs: { added: '＋', removed: '－', changed: '≠', moved: '↕' },
    absent: '（无）',
    put: '增：',
    left: '删：',
    preview: '申请人看到的页面',
    previewHint: '按这个版本的内容显示，尚未公开的只有编制和审核人员能打开。',
  },
  en: {
    changes: 'Against another version',
    against: 'Compared with',
    version: (n: number, phase: string) => `Version ${n} (${phase.toLowerCase()})`,
    none: 'This is the first version; there is none to compare it with.',
    same: 'Both versions say the same.',
    count: (n: number) => `${n} ${n === 1 ? 'difference' : 'differences'}`,
    field: 'Field',
    states: { added: 'added', removed: 'removed', changed: 'changed', moved: 'in another order' },
    signs: { added: '+', removed: '−', changed: '≠', moved: '↕' },
    absent: '(none)',
    put: 'added: ',
    left: 'removed: ',
    preview: 'As applicants see it',
    previewHint: 'With what this version says; until it is public only those who prepare and review it can open it.',
  },
})
