// What an appeal says in Chinese.
import type { Texts } from '../../kernel/texts.ts'
import type { appeal } from './appeal.ts'

export const zhCN: Texts<typeof appeal> = {
  title: '诉求',
  phases: {
    none: '未登记', raised: '待分派', dispatched: '待签收', handling: '办理中', waiting: '待补充', answered: '待回访', closed: '已办结',
    shelved: '长期挂账', merged: '已并案', withdrawn: '已撤回',
  },
  commands: {
    raise: '提出诉求', dispatch: '分派', sign: '签收', return: '退回分派', note: '记录进展', contribute: '提出协办意见', ask: '请诉求人补充', supply: '补充材料',
    extend: '延长时限', answer: '答复', callBack: '登记回访', rate: '评价', reopen: '重新办理', shelve: '转长期挂账', resume: '恢复办理', merge: '并入另一诉求',
    absorb: '接收并案', urge: '催办', supervise: '督办', escalate: '逐级提醒', review: '到期复核', withdraw: '撤回诉求',
  },
  events: {
    raised: '提出诉求', dispatched: '分派办理单位', signed: '签收', returned: '退回分派', noted: '记录进展', contributed: '协办单位提出意见', asked: '请诉求人补充',
    supplied: '诉求人补充', extended: '延长时限', answered: '答复', confirmed: '回访确认，销号办结', rejected: '回访未确认，退回办理', rated: '诉求人评价',
    reopened: '重新办理', shelved: '转长期挂账', resumed: '恢复办理', merged: '并入另一诉求', absorbed: '接收并案', urged: '催办', supervised: '督办',
    escalated: '超期提醒', withdrawn: '诉求人撤回',
  },
  refusals: {
    'enterprise-unknown': '没有找到这家企业，请先在企业库中查到它再选择。',
    'not-your-enterprise': '您没有这家企业的授权，请先办理授权，或不填企业以个人名义提出。',
    'no-contact': '请留下联系电话，否则无法答复您。',
    'unit-unknown': '没有这个单位，或者它已撤销，请重新选择。',
    'no-rule': '本市还没有发布这类诉求的办理时限，请联系管理员先行发布。',
    'not-the-handler': '这件诉求不由您办理。',
    'evidence-missing': '答复“已解决”须附佐证，请至少写明一条佐证或上传一份材料。',
    'head-decides': '延长时限由办理单位负责人决定。',
    'beyond-the-limit': '延长后总时限超过规定的上限（{most}），请减少天数。',
    'handler-may-not-call': '回访须由办理人以外的人员进行。',
    'already-rated': '这次答复您已经评价过了，每次答复评价一次。',
    'too-late-to-reopen': '已超过可以重新办理的期限，请提出新的诉求。',
    'review-in-the-past': '复核日期须在今天之后。',
    'date-in-the-past': '日期不能早于今天。',
    'not-into-itself': '不能并入诉求自身，请选择另一件。',
    'target-unknown': '没有找到要并入的诉求。',
    'target-closed': '要并入的诉求已经办结、撤回或并案，请选择仍在办理的一件。',
    'not-due-yet': '还没有到提醒的时间。',
  },
  fields: {
    title: '标题', body: '具体情况', matter: '诉求类别', line: '服务专线', channel: '提出渠道', enterprise: '企业', contact: '联系人', phone: '联系电话', files: '附件',
    cause: '来源', token: '查询凭证', by: '经办人', unit: '主办单位', assisting: '协办单位', level: '办理层级', note: '说明', answer: '答复时限', sign: '签收时限', rule: '规则',
    budget: '期限', article: '依据', from: '起算日', handler: '办理人', reason: '理由', text: '内容', question: '需要补充的内容', days: '延长天数', outcome: '办理结果',
    evidence: '佐证', inTime: '是否按时', accepted: '诉求人确认已答复', grade: '满意程度', comment: '评价说明', review: '复核日期', into: '并入的诉求', parties: '相关方',
    demand: '督办要求', step: '提醒层级', promise: '超期的时限',
  },
  options: {
    communication: '政企沟通', policy: '政策咨询', legal: '法律维权', finance: '金融支持', trade: '经贸合作', consultation: '咨询', difficulty: '堵点难点痛点',
    complaint: '投诉', suggestion: '建议', arrears: '拖欠账款', web: '网上', phone: '电话', visit: '走访', counter: '窗口', letter: '来信', transfer: '上级转办',
    city: '市级', county: '县（市、区）级', solved: '已解决', explained: '已解释说明', impossible: '依规不能办理', 5: '非常满意', 4: '满意', 3: '基本满意', 2: '不满意',
    1: '非常不满意', head: '单位负责人', supervisor: '督查人员', leader: '分管领导', sign: '签收', answer: '答复', 'working-day': '工作日', 'calendar-day': '日',
    month: '个月', 'working-hour': '工作小时',
  },
  hints: {
    title: '一句话说明要解决的问题，不超过 80 字。',
    body: '写明时间、地点、涉及的单位和希望怎样解决。',
    phone: '用于答复和回访，只有办理人员可以看到。',
    evidence: '例如：批复文号、到账凭证、现场照片说明。',
  },
  messages: {
    dispatched: '您单位有一件新的诉求待签收：{title}', asked: '您的诉求需要补充材料：{title}', answered: '您的诉求已答复，请查看并评价：{title}',
    urged: '诉求被催办：{title}', supervised: '诉求被督办：{title}', escalated: '诉求已超期：{title}',
  },
}
