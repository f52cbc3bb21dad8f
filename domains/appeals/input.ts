// What is said in an appeal and about it: the inputs of its commands, which are also the data of its events.
import { z } from 'zod'
import { Pinned } from '../../kernel/pin.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)
const paragraph = words(4000).meta({ widget: 'paragraph' })
/** What the program keeps in an event beside what people said. */
const hidden = { widget: 'hidden' }
/** Somebody who is named beside the event already. */
const quietly = { widget: 'person', quiet: true }

/** The promises of a case, in the order in which they run. */
export const promises = ['triage', 'sign', 'answer', 'most', 'supervise', 'callBack', 'assist', 'supply'] as const
export const lines = ['communication', 'policy', 'legal', 'finance', 'trade'] as const
export const matters = ['consultation', 'difficulty', 'complaint', 'suggestion', 'arrears'] as const
export const channels = ['web', 'phone', 'visit', 'counter', 'letter', 'transfer'] as const
export const outcomes = ['solved', 'explained', 'impossible'] as const
/** Whose debts to smaller enterprises the regulation covers (保障中小企业款项支付条例第二条). */
export const debtors = ['public', 'large'] as const
export const grades = ['5', '4', '3', '2', '1'] as const

/** Asked only of a complaint about arrears, and then needed. */
const arrears = { matter: ['arrears'] }
export const aboutArrears = ['debtor', 'debtorKind', 'owed', 'owedSince'] as const

/** The debt that a complaint about arrears is about. */
export const debt = {
  debtor: words(120).optional().meta({ page: 'arrears', when: arrears, needed: true }),
  debtorKind: z.enum(debtors).optional().meta({ widget: 'choice', page: 'arrears', when: arrears, needed: true }),
  /** Fen. */
  owed: z
    .number()
    .int()
    .min(1)
    .max(1e15)
    .optional()
    .meta({ widget: 'money', page: 'arrears', when: arrears, needed: true }),
  owedSince: z.iso.date().optional().meta({ widget: 'date', page: 'arrears', when: arrears, needed: true }),
}

type Debt = { readonly [field in (typeof aboutArrears)[number]]?: unknown } & {
  readonly owedSince?: string | undefined
}

/** What of a debt is not said, or cannot be: one is due before it is complained about. */
export function unclearDebt(said: Debt, today: string): (typeof aboutArrears)[number] | undefined {
  return aboutArrears.find((field) => said[field] === undefined) ?? (said.owedSince! > today ? 'owedSince' : undefined)
}

const Said = z.object({
  title: words(80).meta({ page: 'problem' }),
  body: words(4000).meta({ widget: 'paragraph', page: 'problem' }),
  matter: z.enum(matters).meta({ widget: 'choice', page: 'sort' }),
  line: z.enum(lines).meta({ widget: 'choice', page: 'sort' }),
  /** Whoever raises it online for himself is not asked through which channel; a desk begins with the one it chose last. */
  channel: z.enum(channels).meta({ widget: 'choice', page: 'sort', online: 'web', again: true }),
  /** Number of the paper by which a higher level sent it down. */
  reference: words(60)
    .optional()
    .meta({ page: 'sort', when: { channel: ['transfer', 'letter'] } }),
  enterprise: id.optional().meta({ widget: 'enterprise', page: 'enterprise' }),
  ...debt,
  /** Left empty, it is what the register knows of the enterprise. */
  contact: words(40)
    .optional()
    .meta({ personal: true, page: 'contact', autocomplete: 'name', prefill: ['person.name', 'enterprise.contact'] }),
  phone: z
    .string()
    .trim()
    .regex(/^[+\d][\d -]{5,19}$/)
    .optional()
    .meta({
      widget: 'tel',
      personal: true,
      page: 'contact',
      needed: 'unknown',
      autocomplete: 'tel',
      prefill: ['person.phone', 'enterprise.phone'],
    }),
  /** The day on which it came in, when it is taken down later: the enterprise's wait began then. */
  receivedOn: z.iso
    .date()
    .optional()
    .meta({ widget: 'date', page: 'contact', when: { channel: ['phone', 'visit', 'counter', 'letter', 'transfer'] } }),
  files: z.array(id).max(20).optional().meta({ widget: 'files', page: 'files' }),
})

export const Raise = Said

export const Raised = Said.extend({
  /** The record from which it came, such as a visit: known to the door, never said. */
  cause: z.string().max(80).optional().meta(hidden),
  token: z.string().meta(hidden),
  by: z.array(z.string()).meta(hidden),
  /** The unit that took it down for somebody else: it stays informed, and may add what it knows. */
  registrar: id.optional().meta({ widget: 'unit' }),
  triage: Pinned.optional().meta(hidden),
  climb: z.number().int().positive().optional().meta(hidden),
})
export const Dispatch = z.object({
  unit: id.meta({ widget: 'unit', earlier: true }),
  assisting: z.array(id).max(10).optional().meta({ widget: 'unit' }),
  line: z.enum(lines).meta({ widget: 'choice' }),
  matter: z.enum(matters).meta({ widget: 'choice' }),
  level: z.enum(['city', 'county']).meta({ widget: 'choice' }),
  ...debt,
  note: words(1000).optional().meta({ widget: 'paragraph' }),
})

export const Dispatched = Dispatch.extend({
  answer: Pinned.meta(hidden),
  sign: Pinned.meta(hidden),
  assist: Pinned.optional().meta(hidden),
  /** What the law lays down as the longest, whatever is asked, listed or extended. */
  most: Pinned.optional().meta(hidden),
  from: z.string().meta(hidden),
})

/** Who is to assist from now on; those who are left out are excused. */
export const Regroup = z.object({ assisting: z.array(id).max(10).meta({ widget: 'unit' }), reason: paragraph })
export const Regrouped = Regroup.extend({ assist: Pinned.optional().meta(hidden) })

export const Sign = z.object({})
export const Signed = z.object({ handler: z.string().meta(quietly) })
export const HandOver = z.object({
  handler: id.meta({ widget: 'person' }),
  reason: words(400).meta({ widget: 'paragraph' }),
})
export const Return = z.object({ reason: paragraph })
export const Note = z.object({ text: paragraph, files: z.array(id).max(20).optional().meta({ widget: 'files' }) })
/** What an assisting unit adds, which of them it is, and who is still to be heard. */
export const Contributed = Note.extend({
  unit: id.optional().meta({ widget: 'unit' }),
  awaited: z.array(id).optional().meta({ widget: 'unit' }),
})
export const Ask = z.object({ question: paragraph })
/** The clock stands still only by a rule that says for how long one waits; `pauses` tells whether it does. */
export const Asked = Ask.extend({ pauses: z.boolean().meta(hidden), supply: Pinned.optional().meta(hidden) })
export const Extend = z.object({ days: z.number().int().min(1).max(60).meta({ widget: 'number' }), reason: paragraph })
export const Extended = Extend.extend({ by: z.string().meta(quietly) })
export const Answer = z.object({
  outcome: z.enum(outcomes).meta({ widget: 'choice' }),
  text: paragraph,
  evidence: z.array(words(200)).max(20).meta({ widget: 'list' }),
  files: z.array(id).max(20).optional().meta({ widget: 'files' }),
})
export const Answered = Answer.extend({
  inTime: z.boolean(),
  by: z.string().meta(quietly),
  callBack: Pinned.optional().meta(hidden),
})
export const Attempt = z.object({ note: words(1000).meta({ widget: 'paragraph' }) })
export const CallBack = z.object({
  accepted: z.boolean().meta({ widget: 'yes-no' }),
  note: words(1000).meta({ widget: 'paragraph' }),
})
export const Rate = z.object({
  // Keys that look like numbers are put in ascending order; people are asked the other way round.
  grade: z.enum(grades).meta({ widget: 'choice', choices: grades }),
  comment: words(1000).optional().meta({ widget: 'paragraph' }),
})
export const Reason = z.object({ reason: paragraph })
/** Without a reason when its day for the review has come. */
export const Resumed = z.object({ reason: paragraph.optional() })
export const Shelve = z.object({ reason: paragraph, review: z.iso.date().meta({ widget: 'date' }) })
export const Shelved = Shelve.extend({ article: z.string().optional().meta(hidden) })
/** Who may see it beside those concerned: whoever works here, or only posts that are cleared for it. */
export const secrecies = ['internal', 'confidential', 'secret'] as const
export const Classify = z.object({ secrecy: z.enum(secrecies).meta({ widget: 'choice' }), reason: paragraph })
export const Merge = z.object({ into: id.meta({ widget: 'appeal' }), reason: paragraph })
export const Absorb = z.object({
  from: id.meta({ widget: 'appeal' }),
  title: z.string().meta(hidden),
})
export const Release = z.object({ from: id.meta({ widget: 'appeal' }) })
export const Inform = Answer.pick({ outcome: true, text: true }).extend({ from: id.meta({ widget: 'appeal' }) })
export const Supervise = z.object({ demand: paragraph, until: z.iso.date().meta({ widget: 'date' }) })
export const Supervised = Supervise.extend({ supervise: Pinned.optional().meta(hidden) })
export const Escalated = z.object({
  step: z.enum(['handler', 'head', 'supervisor', 'leader']).meta({ told: true }),
  promise: z.enum(promises).meta({ told: true }),
})
export const Nothing = z.object({})
