// The figures of the hall: waiting, serving, booking, and how much of what should be is empowered.
import type { Figure } from '../../kernel/tally/figure.ts'

/** Measured in seconds, told in minutes. */
const minutes = (measure: string): Figure['formula'] => ({
  ratio: [{ sum: measure }, { count: measure }],
  times: 1 / 60,
})
const served = (where?: Readonly<Record<string, string>>) => ({ count: 'ticket-service', ...(where && { where }) })

export const figures: readonly Figure[] = [
  {
    id: 'hall-wait',
    formula: minutes('ticket-wait'),
    unit: 'minutes',
    public: true,
    texts: {
      'zh-CN': {
        name: '大厅平均等候时间',
        definition: '期内已叫号的排号，从取号到第一次叫号的时间之和 ÷ 排号数。按秒计量，折合分钟。',
      },
      en: {
        name: 'Mean wait in the hall',
        definition:
          'Of numbers called in the period: time from taking the number to the first call, summed and divided by the numbers. Measured in seconds, told in minutes.',
      },
    },
  },
  {
    id: 'hall-service',
    formula: minutes('ticket-service'),
    unit: 'minutes',
    public: true,
    texts: {
      'zh-CN': {
        name: '窗口平均办理时间',
        definition: '期内办理完毕的排号，从开始办理到办理完毕的时间之和 ÷ 排号数。按秒计量，折合分钟。',
      },
      en: {
        name: 'Mean time of service at the window',
        definition:
          'Of numbers served in the period: time from the beginning to the end of service, summed and divided by the numbers. Measured in seconds, told in minutes.',
      },
    },
  },
  {
    id: 'hall-served',
    formula: served(),
    unit: 'records',
    public: true,
    texts: {
      'zh-CN': { name: '窗口办理排号', definition: '期内办理完毕的排号数。' },
      en: { name: 'Numbers served', definition: 'Numbers of which service ended in the period.' },
    },
  },
  {
    id: 'hall-missed-share',
    formula: { ratio: [{ count: 'ticket-missed' }, { count: 'ticket-wait' }], times: 100 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '过号率',
        definition: '期内过号的排号数 ÷ 已叫号的排号数。过号后重新叫到的不计入过号。',
      },
      en: {
        name: 'Share of numbers passed over',
        definition:
          'Numbers passed over in the period, divided by numbers called. One that was called again afterwards does not count as passed over.',
      },
    },
  },
  {
    id: 'hall-booked-share',
    formula: { ratio: [served({ booked: 'yes' }), served()], times: 100 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': { name: '预约办理占比', definition: '期内办理完毕的排号中，来自预约的排号数 ÷ 全部排号数。' },
      en: {
        name: 'Share of booked numbers',
        definition: 'Of numbers served in the period, those that came of a booking.',
      },
    },
  },
  {
    id: 'hall-weekend-served',
    formula: served({ booked: 'yes', off: 'yes' }),
    unit: 'records',
    public: true,
    texts: {
      'zh-CN': {
        name: '无休日预约办理',
        definition: '期内在非工作日办理完毕、来自预约的排号数。非工作日按国务院办公厅公布的节假日安排认定。',
      },
      en: {
        name: 'Bookings served on days off',
        definition:
          'Numbers that came of a booking and were served on a day that is no working day by the published arrangements of holidays.',
      },
    },
  },
  {
    id: 'item-empowered-rate',
    formula: {
      ratio: [
        {
          distinct: 'item-standing',
          where: { due: 'yes' },
          covered: { by: 'item-empowered', keys: ['itemOpens', 'unitOpens'] },
        },
        { stock: 'item-standing', where: { due: 'yes' } },
      ],
      times: 100,
    },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '授权到位率',
        definition:
          '应进厅的在用事项中，事项开放的权限已由一份备案的首席事务代表授权书全部授予的（授权书列明该事项，或者授权本单位全部事项）÷ 应进厅的在用事项数。不开放任何权限的事项计入分母，不计入分子。',
      },
      en: {
        name: 'Items fully empowered',
        definition:
          'Of items in force that are due in the hall: those for which one filed delegation grants all powers that the item opens, by naming it or by covering all items of its unit. An item that opens no powers counts below the line, never above it.',
      },
    },
  },
]
