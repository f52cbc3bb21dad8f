// What the papers of an application say in Chinese.
import type { CivilDate } from '../../kernel/clock/date.ts'

export const zhCN = {
  day: (on: CivilDate) => `${on.slice(0, 4)}年${Number(on.slice(5, 7))}月${Number(on.slice(8, 10))}日`,
  you: { firm: '你单位', person: '您' } as Readonly<Record<'firm' | 'person', string>>,
  none: '—',
  list: (all: readonly string[]) => all.join('、'),

  materials: ['序号', '材料名称', '应提交份数', '提供方式'],
  copies: (originals: number, copies: number) =>
    [...(originals > 0 ? [`原件${originals}份`] : []), ...(copies > 0 ? [`复印件${copies}份`] : [])].join('、'),
  pages: (files: number) => `电子文件${files}个`,
  received: (you: string, on: string, how: string, item: string) =>
    `${you}于${on}以${how}方式提出的“${item}”申请，我单位已收到。申请材料如下：`,
  noPapers: (you: string, on: string, how: string, item: string) =>
    `${you}于${on}以${how}方式提出的“${item}”申请，我单位已收到。本事项不需要提交申请材料。`,
  tellBy: (due: string, article: string) =>
    `申请材料不齐全或者不符合法定形式的，我单位将在${due}前（含当日）一次性告知需要补正的全部内容；逾期不告知的，自收到申请材料之日起即为受理（${article}）。`,
  tellByWhy: '告知期限怎样计算',
  waits: '本申请需要的材料中，有的由同一主题的其他事项产生。这些结果齐全之日，即为收到申请材料之日。',
  notAccepted: '本回执只证明收到申请材料，不是受理凭证。',

  supplied: (you: string, on: string, item: string) => `${you}就“${item}”申请于${on}补充提交的内容，我单位已收到：`,
  suppliedHead: ['序号', '名称', '类别'],
  againBy: (due: string) => `要求补正的内容已经补齐，我单位将在${due}前（含当日）决定是否受理。`,
  stillOwed: (names: string) => `尚未补正的内容：${names}。`,

  later: (item: string) => `我（单位）申请办理“${item}”，下列材料暂不能提交，自愿申请容缺受理：`,
  laterTerms: [
    '一、上述材料在受理通知书载明的期限内全部补齐，内容真实、有效，并符合法定形式。',
    '二、知悉材料补齐以前不作出批准决定。',
    '三、逾期没有补齐的，同意终止办理，由此产生的后果自行承担；承诺没有履行的情况记入记录，修复以前不再适用容缺受理和告知承诺。',
  ],
  promised: (item: string) => `我（单位）申请办理“${item}”，自愿以书面承诺代替下列证明材料：`,
  promisedTerms: [
    '一、已经知晓行政机关告知的全部内容，符合办理该事项的条件和要求，填报的内容真实、准确。',
    '二、接受行政机关在作出决定以后的核查，并予以配合。',
    '三、承诺不实的，接受撤销决定等处理，并依法承担相应的法律责任；不实承诺记入记录，修复以前不再适用告知承诺和容缺受理。',
  ],
  signedOn: (on: string) => `承诺人于${on}提交申请时签署本承诺书。`,
  agent: (name: string) => `代办人：${name}。`,

  told: (you: string, item: string) =>
    `${you}申请办理的“${item}”，经审查，申请材料不齐全或者不符合法定形式。现将需要补正的全部内容一次性告知如下：`,
  demands: ['序号', '需要补正的内容', '类别', '问题', '补正要求'],
  correctBy: (you: string, due: string) => `请${you}在${due}前（含当日）补正。`,
  correctByWhy: '补正期限怎样计算',
  toldOnce:
    '以上为需要补正的全部内容，不再要求补正其他内容。按要求全部补正的，依法受理；逾期未补正的，可以依法不予受理。',

  accepted: {
    person: (you: string, item: string, from: string) =>
      `${you}申请办理的“${item}”，申请材料齐全、符合法定形式，我单位自${from}起予以受理。`,
    tolerated: (you: string, item: string, from: string) =>
      `${you}申请办理的“${item}”，主要申请材料齐全、符合法定形式，我单位自${from}起予以容缺受理。`,
    'by-receipt': (you: string, item: string, from: string) =>
      `${you}申请办理的“${item}”实行收件即受理，我单位自收件之日（${from}）起予以受理。`,
    'decided-at-once': (you: string, item: string, from: string) =>
      `${you}申请办理的“${item}”，申请材料齐全、符合法定形式，我单位于${from}予以受理，并当场作出决定。`,
    deemed: (you: string, item: string, from: string, article: string) =>
      `${you}申请办理的“${item}”，我单位在期限内没有告知需要补正的内容，自收到申请材料之日（${from}）起即为受理${article === '' ? '' : `（${article}）`}。`,
  },
  decideBy: (due: string, term: string) => `我单位将在${due}前（含当日）作出决定（承诺办结时限：${term}）。`,
  decideByWhy: '承诺办结期限怎样计算',
  lawfulBy: (due: string, term: string) => `法定办结时限为${term}，于${due}届满。`,
  lawfulByWhy: '法定办结期限怎样计算',
  movable: '依法需要听证、检验、检测、检疫、鉴定、专家评审等特别程序的，所需时间不计入上述期限，将另行书面告知。',
  supplementBy: (you: string, names: string, due: string) =>
    `请${you}在${due}前（含当日）补齐：${names}。逾期未补齐的，终止办理。`,
  supplementByWhy: '容缺材料补交期限怎样计算',

  declined: (you: string, item: string, ground: string) =>
    `${you}申请办理的“${item}”，因${ground}，我单位决定不予受理。`,
  reasons: (reasons: string) => `理由：${reasons}`,
  basis: (article: string) => `依据：${article}。`,
  elsewhere: (unit: string) => `该事项请向${unit}申请。`,
  remedies: (remedies: string) => `救济途径：${remedies}`,
  again: '可以重新提出申请。',

  special: (you: string, item: string, name: string, article: string) =>
    `${you}申请办理的“${item}”，依法需要进行${name}（${article}）。`,
  specialTerm: (term: string, due: string) => `所需时间为${term}，预计于${due}前（含当日）完成。`,
  specialWhy: '特别程序期限怎样计算',
  stands: (from: string) => `自${from}起至该程序结束之日，所需时间不计入办理期限；程序结束后，办理期限继续计算。`,

  extended: (you: string, item: string, term: string, by: string, article: string) =>
    `${you}申请办理的“${item}”，不能在原定期限内作出决定，经${by}批准，延长办理期限${term}（${article}）。`,
  head: '本单位负责人',
  dueThen: (due: string) => `延长后，我单位将在${due}前（含当日）作出决定。`,

  approved: {
    licence: (you: string, item: string) => `${you}申请办理的“${item}”，符合法定条件、标准，我单位决定准予行政许可。`,
    other: (you: string, item: string) => `${you}申请办理的“${item}”，符合规定的条件，我单位决定予以批准。`,
  },
  results: ['序号', '办理结果', '文号或证号', '有效期至'],
  rules: '本决定由事项版本公布的即办规则作出，逐条核对如下：',
  rulesHead: ['序号', '规则', '填报内容', '结果'],
  holds: '符合',
  deliverBy: (due: string, how: string, article: string) =>
    `我单位将在${due}前（含当日）以${how}方式颁发、送达（${article}）。`,
  verifies: '本决定依据告知承诺作出，我单位将在送达后核查；承诺不实的，依法撤销本决定。',
  denied: {
    licence: (you: string, item: string) => `${you}申请办理的“${item}”，经审查，我单位决定不予行政许可。`,
    other: (you: string, item: string) => `${you}申请办理的“${item}”，经审查，我单位决定不予批准。`,
  },

  delivered: (you: string, item: string, number: string) =>
    `${you}申请办理的“${item}”的决定（编号${number}）及办理结果，已经送达。`,
  deliveredHead: ['送达事项', '内容'],
  deliveredRows: {
    way: '送达方式',
    on: '送达日期',
    to: '受送达人',
    by: '签收人',
    courier: '快递单号',
    papers: '送达文件',
  },
  decisionAnd: (results: string) => (results === '' ? '决定书' : `决定书、${results}`),
  receiver: ['受送达人（签名或者盖章）：', '签收日期：      年    月    日'],

  rectify: (you: string, item: string) => `${you}以告知承诺方式取得的“${item}”，经核查，须限期整改。`,
  found: (what: string) => `核查情况：${what}`,
  rectifyBy: (you: string, due: string) =>
    `请${you}在${due}前（含当日）整改完毕。逾期不整改或者整改后仍不符合的，依法处理。`,
  rectifyWhy: '整改期限怎样计算',
  revoked: (you: string, item: string, on: string, number: string) =>
    `${you}以告知承诺方式取得的“${item}”，经核查，承诺内容不属实。我单位决定撤销${on}作出的决定（编号${number}）。`,
  appeal: '对本决定不服的，可以依法申请行政复议或者提起行政诉讼。',

  terminated: (you: string, item: string, why: string) => `${you}申请办理的“${item}”，因${why}，终止办理。`,
  brokenPapers: (names: string) => `承诺补交而逾期未补交的材料：${names}。`,
  withdrawn: (you: string, item: string, on: string) => `${you}于${on}撤回“${item}”的申请，我单位予以确认，不再办理。`,
  because: (reason: string) => `撤回理由：${reason}`,

  since: {
    corrected: '要求补正的内容已经补齐',
    accepted: '已受理',
    declined: '已决定不予受理',
    special: '进入特别程序，办理期限停止计算',
    resumed: '特别程序结束，办理期限继续计算',
    extended: '办理期限已延长',
    decided: '已作出决定',
    rectify: '核查后要求限期整改',
    revoked: '决定已撤销',
    terminated: '已终止办理',
    withdrawn: '申请人已撤回申请',
  },
}

export type PaperWords = typeof zhCN
