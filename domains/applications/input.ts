// What is said in an application and about it: the inputs of its commands, which are also the data of its events.
import { z } from 'zod'
import { Pinned } from '../../kernel/pin.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)
const paragraph = words(4000).meta({ widget: 'paragraph' })
const files = z.array(id).max(60).optional().meta({ widget: 'files' })
/** What the program keeps in an event beside what people said. */
const hidden = { widget: 'hidden' }
/** Somebody who is named beside the event already. */
const quietly = { widget: 'person', quiet: true }
/** A code of the dictionaries that all items share; people read the name beside it. */
const code = z.string().trim().min(1).max(50).meta({ quiet: true })

/** The promises of an application, in the order in which they run. */
export const promises = [
  'accept',
  'correct',
  'decide',
  'statute',
  'special',
  'supplement',
  'deliver',
  'verify',
  'rectify',
] as const
export const channels = ['web', 'window', 'post'] as const
/**
 * How the city has a paper: handed in, obtained by sharing, to follow (容缺), replaced by a commitment (告知承诺), not there, or
 * produced by another item of the same theme.
 */
export const ways = ['given', 'shared', 'later', 'promised', 'missing', 'produced'] as const
export const deliveries = ['collect', 'courier', 'online'] as const
export const faults = ['absent', 'incomplete', 'incorrect'] as const
/** 行政许可法第三十二条第一款第一、二项; or what was asked for once has not been corrected. */
export const grounds = ['no-licence-needed', 'not-competent', 'not-corrected'] as const
export const acceptances = ['person', 'by-receipt', 'decided-at-once', 'deemed'] as const
export const outcomes = ['approved', 'denied'] as const
/** Why a decision is not made public (行政许可法第五条第二款). */
export const secrets = ['state-secret', 'trade-secret', 'personal-privacy'] as const
export const endings = [
  'applicant-ceased',
  'impossible',
  'never-corrected',
  'broken-promise',
  'nothing-came-before',
] as const
export const findings = ['holds', 'rectify', 'false'] as const
export const grades = ['5', '4', '3', '2', '1'] as const

const Answer = z.object({
  field: code,
  value: z.string().trim().min(1).max(2000).meta({ personal: true, widget: 'typed' }),
})
const Paper = z.object({
  material: code,
  way: z.enum(ways).exclude(['produced']).meta({ widget: 'choice' }),
  /** Some of the files of this command. */
  pages: z.array(id).max(20).optional().meta(hidden),
})

export const Submit = z.object({
  item: id.meta({ widget: 'item' }),
  /** The version that the applicant has read: when another is in force he is told what has changed. */
  version: id.meta({ widget: 'version' }),
  enterprise: id.optional().meta({ widget: 'enterprise' }),
  /** Whoever applies where no enterprise does: a person, or an enterprise that is being founded. */
  applicant: words(120).optional(),
  contact: words(40)
    .optional()
    .meta({ personal: true, autocomplete: 'name', prefill: ['person.name', 'enterprise.contact'] }),
  phone: z
    .string()
    .trim()
    .regex(/^[+\d][\d -]{5,19}$/)
    .optional()
    .meta({
      widget: 'tel',
      personal: true,
      autocomplete: 'tel',
      needed: 'unknown',
      prefill: ['person.phone', 'enterprise.phone'],
    }),
  channel: z.enum(channels).meta({ widget: 'choice' }),
  /** Who came for the applicant, and whether his mandate (授权委托书) was seen: said by whoever takes it down. */
  agent: words(40).optional().meta({ personal: true }),
  mandate: z.boolean().optional(),
  /** Who signs for papers to follow or promised ones where no enterprise of the register does, and the last six signs of his document. */
  signatory: words(40).optional().meta({ personal: true }),
  document: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z]{6}$/)
    .optional()
    .meta({ personal: true }),
  situations: z.array(code).max(60).meta({ widget: 'list' }),
  answers: z.array(Answer).max(300).meta({ widget: 'list' }),
  papers: z.array(Paper).max(120).meta({ widget: 'list' }),
  files,
  /** Whether the commitments have been signed that papers to follow or promised ones need. */
  signed: z.boolean().optional(),
  delivery: z.enum(deliveries).meta({ widget: 'choice' }),
  address: words(200).optional().meta({ personal: true }),
})

/** One of several under one form: which papers come of the others, and whose part it is. */
export const Open = Submit.extend({
  joint: id.meta({ widget: 'joint' }),
  produced: z.array(code).max(60).meta({ widget: 'list' }),
  /** Hash of the code by which the whole form is found again: all of its parts are found by the same. */
  token: z.string().meta(hidden),
})

const Named = z.object({ name: z.string() })
const Had = Paper.extend({
  ...Named.shape,
  way: z.enum(ways),
  /** The application of which it is the result. */
  source: id.optional(),
  /** How many of each the version asks for. */
  originals: z.number().int().optional(),
  copies: z.number().int().optional(),
})

/** What of the version the case keeps: by this it is decided, whatever becomes of the item. */
export const Terms = z.object({
  name: z.string(),
  type: z.string(),
  handling: z.enum(['at-once', 'within-time']),
  promised: Pinned,
  statutory: Pinned.optional(),
  results: z.array(z.object({ result: code, name: z.string() })),
  receiptAccepts: z.boolean().optional(),
  powers: z.array(z.string()).optional(),
  visits: z.number().int(),
  topics: z.array(z.string()).optional(),
  cityPays: z.number().int().optional(),
  saves: z.number().int().optional(),
})

const Kept = { limit: Pinned.optional().meta(hidden) }

export const Received = Submit.omit({ answers: true, papers: true }).extend({
  unit: id.meta({ widget: 'unit' }),
  terms: Terms.meta(hidden),
  answers: z.array(Answer.extend(Named.shape)).meta({ widget: 'list' }),
  papers: z.array(Had).meta({ widget: 'list' }),
  title: z.string().meta(hidden),
  token: z.string().meta(hidden),
  by: z.array(z.string()).meta(hidden),
  registrar: id.optional().meta({ widget: 'unit' }),
  joint: id.optional().meta({ widget: 'joint' }),
  /** The limit for accepting it; absent while it waits for a paper of another item. */
  ...Kept,
})
export const Obtain = z.object({
  material: code,
  /** The application of which it is the result. */
  source: id.meta({ widget: 'application' }),
  number: z.string().max(80).optional(),
})
export const Obtained = Obtain.extend(Kept)

const Demand = z.object({
  sort: z.enum(['field', 'paper']).meta({ widget: 'choice' }),
  code,
  fault: z.enum(faults).meta({ widget: 'choice' }),
  note: words(400),
})
export const Correct = z.object({ demands: z.array(Demand).min(1).max(120).meta({ widget: 'list' }) })
export const Corrected = z.object({
  demands: z.array(Demand.extend(Named.shape)).meta({ widget: 'list' }),
  ...Kept,
})
export const Supply = z.object({
  answers: z.array(Answer).max(300).meta({ widget: 'list' }),
  papers: z
    .array(Paper.omit({ way: true }))
    .max(120)
    .meta({ widget: 'list' }),
  files,
})
export const Supplied = Supply.extend({
  answers: z.array(Answer.extend(Named.shape)).meta({ widget: 'list' }),
  papers: z.array(Paper.omit({ way: true }).extend(Named.shape)).meta({ widget: 'list' }),
  /** Handed in at a window: somebody came for it. */
  came: z.boolean().meta(hidden),
  ...Kept,
})

export const Accept = z.object({ note: words(400).optional() })
export const Accepted = z.object({
  how: z.enum(acceptances).meta({ told: true }),
  /** The day from which it counts as accepted. */
  from: z.iso.date().meta({ widget: 'date', told: true }),
  supplement: Pinned.optional().meta(hidden),
  handler: z.string().optional().meta(quietly),
  note: words(400).optional(),
})
export const Decline = z.object({
  ground: z.enum(grounds).meta({ widget: 'choice' }),
  reasons: paragraph,
  /** To which authority to apply, where this one is not competent. */
  elsewhere: words(200)
    .optional()
    .meta({ when: { ground: ['not-competent'] } }),
})
export const Declined = Decline.extend({ remedies: z.string().meta({ told: true }) })

export const Take = z.object({})
export const Taken = z.object({ handler: z.string().meta(quietly) })
export const Note = z.object({ text: paragraph, files })
export const StartSpecial = z.object({ special: code, reason: paragraph })
export const SpecialStarted = StartSpecial.extend({ name: z.string().meta({ told: true }), limit: Pinned.meta(hidden) })
export const EndSpecial = z.object({ opinion: paragraph, files })
export const Extend = z.object({ days: z.number().int().min(1).max(60).meta({ widget: 'number' }), reason: paragraph })
export const Extended = Extend.extend({ by: z.string().meta(quietly), article: z.string().meta(hidden) })

const Result = z.object({
  result: code,
  number: words(80).optional(),
  validTo: z.iso.date().optional().meta({ widget: 'date' }),
})
export const Decide = z.object({
  outcome: z.enum(outcomes).meta({ widget: 'choice' }),
  /** Needed where it is denied (行政许可法第三十八条第二款). */
  reasons: paragraph.optional(),
  results: z.array(Result).max(20).meta({ widget: 'list' }),
  /** Decisions on licences are public unless one of these is in the way. */
  withheld: z.enum(secrets).optional().meta({ widget: 'choice' }),
  files,
})
export const Decided = z.object({
  outcome: z.enum(outcomes).meta({ widget: 'choice' }),
  reasons: paragraph.optional(),
  remedies: z.string().optional().meta({ told: true }),
  results: z.array(Result.extend(Named.shape)).meta({ widget: 'list' }),
  withheld: z.enum(secrets).optional().meta({ widget: 'choice', told: true }),
  files,
  by: z.string().meta(quietly),
  inTime: z.boolean().meta({ told: true }),
  /** What it took of the promise, in its unit; and how much shorter that was than the law allows, in hundredths of a percent. */
  used: z.number().int().meta(hidden),
  compressed: z.number().int().optional().meta(hidden),
  /** The declared rules that decided it at once, each with what was found. */
  rules: z
    .array(z.object({ ground: z.string(), found: z.string() }))
    .optional()
    .meta({ widget: 'list', told: true }),
  ...Kept,
})
export const Deliver = z.object({
  way: z.enum(deliveries).meta({ widget: 'choice' }),
  receivedBy: words(40).optional().meta({ personal: true }),
  courierNumber: words(60)
    .optional()
    .meta({ when: { way: ['courier'] } }),
})
export const Delivered = z.object({
  delivered: z.enum(deliveries).meta({ widget: 'choice' }),
  receivedBy: words(40).optional().meta({ personal: true }),
  courierNumber: words(60).optional(),
  ...Kept,
})
export const Verify = z.object({
  finding: z.enum(findings).meta({ widget: 'choice' }),
  verified: paragraph,
})
export const Verified = Verify.extend(Kept)
export const Rate = z.object({
  // Keys that look like numbers are put in ascending order; people are asked the other way round.
  grade: z.enum(grades).meta({ widget: 'choice', choices: grades }),
  comment: words(1000).optional().meta({ widget: 'paragraph' }),
})
export const Terminate = z.object({
  ending: z.enum(endings).exclude(['broken-promise', 'nothing-came-before']).meta({ widget: 'choice' }),
  reasons: paragraph,
})
export const Terminated = Terminate.extend({ ending: z.enum(endings) })
export const Withdraw = z.object({ reason: paragraph.optional() })
export const Nothing = z.object({})
/** Who gave the papers on paper out of hand, and who signed for them; the hand-overs before that was kept have neither. */
export const PapersSent = z.object({ sentBy: id.optional().meta(quietly) })
export const PapersTaken = z.object({ takenBy: id.optional().meta(quietly) })
