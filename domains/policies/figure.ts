// The figures that benefits feed, each a declared formula over their entries.
import { publicFigure as figure, type Figure } from '../../kernel/tally/figure.ts'

export const figures: readonly Figure[] = [
  figure(
    'benefit-reached-rate',
    { ratio: [{ count: 'benefit-reached' }, { count: 'benefit-told' }], times: 100 },
    'percent',
    {
      name: '惠企政策触达率',
      definition:
        '至截止日告知企业可以享受的惠企政策（一家企业一项计一次）中，企业打开查看、申领、答复或者经工作人员联系到的 ÷ 已告知的；企业表示不接收推送的、由其他机关办理的不计。',
    },
    {
      name: 'Reached by what they were told',
      definition:
        'Of what enterprises were told up to the cut-off that they are entitled to (each benefit for each enterprise once), what they looked at, claimed, answered or were spoken to about; those who want no messages, and what others give, left aside.',
    },
  ),
  figure(
    'benefit-unclaimed-enterprises',
    { distinct: 'benefit-unclaimed' },
    'enterprises',
    {
      name: '应享未享企业',
      definition:
        '截止日按数据符合条件、已告知，而没有申领也没有答复的企业数，一家企业几项只计一次；由其他机关办理的不计。不再符合、不再兑现或者当年结束的减去。',
    },
    {
      name: 'Entitled and not claiming',
      definition:
        'Enterprises that on the cut-off are entitled by what is known, have been told, and have neither claimed nor answered; each once. What others give does not count; what ends is taken off.',
    },
  ),
  figure(
    'claim-days',
    { ratio: [{ sum: 'claim-paid-days' }, { count: 'claim-paid-days' }] },
    'days',
    {
      name: '惠企政策兑现平均天数',
      definition: '至截止日已拨付的兑现件，从列入名单或企业申领到拨付的自然日天数，取平均。',
    },
    {
      name: 'Days until a benefit is paid',
      definition: 'Of the claims paid up to the cut-off, the mean of the calendar days from entering to payment.',
    },
  ),
  figure(
    'claim-paid-amount',
    {
      less: [
        { sum: 'claim-paid', times: 0.01 },
        { sum: 'claim-returned', times: 0.01 },
      ],
    },
    'yuan',
    { name: '惠企政策兑现金额', definition: '自方案实施至截止日已拨付的兑现金额，减去已追回的金额。' },
    { name: 'Paid as benefits', definition: 'What was paid as benefits up to the cut-off, less what was taken back.' },
  ),
  figure(
    'claim-paid-enterprises',
    { distinct: 'claim-paid-enterprise' },
    'enterprises',
    { name: '享受惠企政策企业', definition: '至截止日收到过兑现资金的企业数，同一企业计一次。' },
    {
      name: 'Enterprises that were paid benefits',
      definition: 'Enterprises that were paid a benefit up to the cut-off; each once.',
    },
  ),
  figure(
    'claim-without-applying-rate',
    { ratio: [{ count: 'claim-paid', where: { origin: 'listed' } }, { count: 'claim-paid' }], times: 100 },
    'percent',
    { name: '免申即享率', definition: '至截止日已拨付的兑现件中，按数据列入名单、企业没有申领的件数 ÷ 已拨付的件数。' },
    {
      name: 'Paid without applying',
      definition: 'Of the claims paid up to the cut-off, those put on the list from data without being asked for.',
    },
  ),
  figure(
    'claim-redeemed-rate',
    { ratio: [{ sum: 'claim-paid' }, { sum: 'claim-approved' }], times: 100 },
    'percent',
    { name: '政策兑现率', definition: '至截止日已拨付的金额 ÷ 已批准的金额；批准后撤销的不计。' },
    {
      name: 'Paid of what was approved',
      definition: 'What was paid up to the cut-off, divided by what was approved and not let go.',
    },
  ),
]
