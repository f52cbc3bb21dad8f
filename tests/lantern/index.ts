// A domain that exists only in a test: lanterns that a unit promises to hang within three working days.
import { z } from 'zod'
import { kind, type Domain } from '../../kernel/domain.ts'
import { define, record, refuse } from '../../kernel/record.ts'
import type { Texts } from '../../kernel/texts.ts'

const Ask = z.object({
  street: z.string().trim().min(1).max(20),
  colour: z.enum(['red', 'gold']).meta({ widget: 'choice' }),
  phone: z.string().max(20).optional().meta({ personal: true }),
})
const Hang = z.object({ height: z.number().int().min(1).max(99).meta({ widget: 'number' }) })
/** An input without fields, which must not excuse the words that the others owe. */
const Lower = z.object({})

type Lantern =
  | { readonly phase: 'none' }
  | (z.output<typeof Ask> & {
      readonly phase: 'asked' | 'hung' | 'down'
      readonly token: string
      readonly on: string
      readonly height?: number
      readonly hungOn?: string
    })

const Asked = Ask.extend({ token: z.string() })

export const lantern = define<Lantern>()({
  kind: 'lantern',
  code: 'DL',
  initial: { phase: 'none' },
  phases: ['none', 'asked', 'hung', 'down'],
  refusals: ['too-high'],
  events: { asked: Asked, hung: Hang, lowered: Lower },
  evolve: {
    asked: (_, data, { on }) => ({ phase: 'asked', ...data, on }),
    hung: (was, { height }, { on }) => (was.phase === 'none' ? was : { ...was, phase: 'hung', height, hungOn: on }),
    lowered: (was) => (was.phase === 'none' ? was : { ...was, phase: 'down' }),
  },
  commands: {
    ask: {
      input: Ask,
      by: { public: 'always' },
      in: ['none'],
      decide: (_, data, { secret }) => ({
        ...record({ type: 'asked', data: { ...data, token: secret.hash } }),
        reveal: secret.plain,
      }),
    },
    hang: {
      input: Hang,
      by: { handler: 'unit' },
      in: ['asked'],
      decide: (_, data) => (data.height > 9 ? refuse('too-high', 'height') : record({ type: 'hung', data })),
    },
    lower: {
      input: Lower,
      by: { handler: 'unit' },
      in: ['hung'],
      decide: () => record({ type: 'lowered', data: {} }),
    },
  },
  sees: { handler: 'involved', token: 'always' },
  reveals: { token: 'always' },
  columns: ['street', 'colour'],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : { title: state.street, open: state.phase === 'asked', unit: 'tax', token: state.token, search: state.street },
  clock: (state) =>
    state.phase === 'none'
      ? {}
      : {
          hang: {
            limit: { rule: 'lantern', unit: 'working-day', budget: 3, article: '花灯办法第一条' },
            from: state.on,
            ...(state.hungOn !== undefined && { ended: state.hungOn }),
          },
        },
  entries: (event, _, __, { id, on }) =>
    event.type === 'hung' ? [{ measure: 'lantern-hung', on, subject: `lantern:${id}` }] : [],
  facts: (state) =>
    state.phase === 'none'
      ? {}
      : { street: state.street, colour: state.colour, phone: state.phone, height: state.height },
})

const zhCN: Texts<typeof lantern> = {
  title: '花灯',
  phases: { none: '未申请', asked: '待悬挂', hung: '已悬挂', down: '已取下' },
  commands: { ask: '申请花灯', hang: '悬挂', lower: '取下' },
  events: { asked: '申请花灯', hung: '悬挂花灯', lowered: '取下花灯' },
  refusals: { 'too-high': '花灯不能挂得高于 9 米。' },
  fields: { street: '街道', colour: '颜色', phone: '电话', height: '高度', token: '凭证', hang: '悬挂时限' },
  options: { red: '红色', gold: '金色' },
  limits: { lantern: '悬挂花灯的时限' },
  starts: { ask: { who: '任何人。', needs: ['街道名称'], takes: '三个工作日。', next: '灯笼队会来悬挂。' } },
}
const en: Texts<typeof lantern> = {
  title: 'Lantern',
  phases: { none: 'not asked for', asked: 'to be hung', hung: 'hung', down: 'taken down' },
  commands: { ask: 'Ask for a lantern', hang: 'Hang', lower: 'Take down' },
  events: { asked: 'asked for', hung: 'hung', lowered: 'taken down' },
  refusals: { 'too-high': 'A lantern may not hang higher than 9 metres.' },
  fields: { street: 'Street', colour: 'Colour', phone: 'Telephone', height: 'Height', token: 'Code', hang: 'Hanging' },
  options: { red: 'red', gold: 'gold' },
  limits: { lantern: 'Hanging a lantern' },
}

export const lanterns: Domain = {
  name: 'lanterns',
  texts: { 'zh-CN': { title: '花灯' }, en: { title: 'Lanterns' } },
  kinds: [kind(lantern, { 'zh-CN': zhCN, en })],
  figures: [
    {
      id: 'lanterns-hung',
      formula: { count: 'lantern-hung' },
      unit: 'records',
      public: true,
      texts: {
        'zh-CN': { name: '悬挂花灯', definition: '期内悬挂的花灯数。' },
        en: { name: 'Lanterns hung', definition: 'Lanterns hung in the period.' },
      },
    },
  ],
}
