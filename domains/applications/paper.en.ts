// What the papers of an application say in English: a translation, the Chinese paper prevails.
import { dateWords } from '../../kernel/clock/words.ts'
import type { PaperWords } from './paper.zh-CN.ts'

const plural = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`

export const en: PaperWords = {
  day: (on) => dateWords(on, 'en').slice(4),
  you: { firm: 'you', person: 'you' },
  none: '—',
  list: (all) => all.join(', '),

  materials: ['No.', 'Paper', 'Copies asked for', 'How provided'],
  copies: (originals, copies) =>
    [
      ...(originals > 0 ? [plural(originals, 'original', 'originals')] : []),
      ...(copies > 0 ? [plural(copies, 'copy', 'copies')] : []),
    ].join(', '),
  pages: (files) => plural(files, 'file', 'files'),
  received: (_, on, how, item) =>
    `Your application for “${item}” of ${on} (${how}) has been received, with these papers:`,
  noPapers: (_, on, how, item) =>
    `Your application for “${item}” of ${on} (${how}) has been received. This item asks for no papers.`,
  tellBy: (due, article) =>
    `If papers are missing or not in due form, you will be told once and completely what to correct, by ${due} at the latest; if you are not, the application counts as accepted from the day of its receipt (${article}).`,
  tellByWhy: 'How this day was worked out',
  waits:
    'Some of the papers are produced by other items of the same theme. The application counts as received on the day on which all of them are there.',
  notAccepted: 'This receipt shows that the papers were received; it is no acceptance.',

  supplied: (_, on, item) => `What you supplied on ${on} for your application for “${item}” has been received:`,
  suppliedHead: ['No.', 'What', 'Sort'],
  againBy: (due) =>
    `All that was to be corrected has come. Whether it is accepted will be decided by ${due} at the latest.`,
  stillOwed: (names) => `Still to be corrected: ${names}.`,

  later: (item) =>
    `In applying for “${item}” I cannot hand in the following papers yet and ask to be accepted without them for now:`,
  laterTerms: [
    '1. All of these papers will follow within the time stated in the notice of acceptance; they will be true, valid and in due form.',
    '2. I know that nothing is approved before they have come.',
    '3. If they do not come in time, the case ends and I bear the consequences; the broken commitment is recorded, and until that is repaired nothing is taken on commitment again.',
  ],
  promised: (item) =>
    `In applying for “${item}” I choose to commit myself in writing in place of the following proofs:`,
  promisedTerms: [
    '1. I have read all that the authority has told me, meet the conditions of the item, and what I have entered is true and exact.',
    '2. I accept being verified after the decision and will help with it.',
    '3. If the commitment is not true, the decision may be revoked and I answer for it by law; that is recorded, and until it is repaired nothing is taken on commitment again.',
  ],
  signedOn: (on) => `Signed when the application was handed in on ${on}.`,
  agent: (name) => `Acting for the applicant: ${name}.`,

  told: (_, item) =>
    `Papers of your application for “${item}” are missing or not in due form. This is all that has to be corrected; you are told once:`,
  demands: ['No.', 'To be corrected', 'Sort', 'What is wrong', 'What to do'],
  correctBy: (_, due) => `Please correct it by ${due} at the latest.`,
  correctByWhy: 'How this day was worked out',
  toldOnce:
    'Nothing else will be asked for. What is corrected as told is accepted; what is not corrected in time may be refused acceptance by law.',

  accepted: {
    person: (_, item, from) =>
      `The papers of your application for “${item}” are complete and in due form. It is accepted from ${from}.`,
    tolerated: (_, item, from) =>
      `The main papers of your application for “${item}” are complete and in due form. It is accepted from ${from} while the others are to follow.`,
    'by-receipt': (_, item, from) =>
      `For “${item}”, receipt is acceptance: your application is accepted from the day of its receipt, ${from}.`,
    'decided-at-once': (_, item, from) =>
      `The papers of your application for “${item}” are complete and in due form. It was accepted on ${from} and decided at once.`,
    deemed: (_, item, from, article) =>
      `You were not told in time what to correct in your application for “${item}”. It counts as accepted from the day of its receipt, ${from}${article === '' ? '' : ` (${article})`}.`,
  },
  decideBy: (due, term) => `It will be decided by ${due} at the latest (promised time: ${term}).`,
  decideByWhy: 'How the promised day was worked out',
  lawfulBy: (due, term) => `By law it has to be decided within ${term}, that is by ${due}.`,
  lawfulByWhy: 'How the day by law was worked out',
  movable:
    'Time that a hearing, an inspection, a test or an expert review needs by law is not counted; you will be told of it in writing.',
  supplementBy: (_, names, due) =>
    `Please bring by ${due} at the latest: ${names}. If they do not come in time, the case ends.`,
  supplementByWhy: 'How the day for these papers was worked out',

  declined: (_, item, ground) => `Your application for “${item}” is not accepted. Ground: ${ground}.`,
  reasons: (reasons) => `Reasons: ${reasons}`,
  basis: (article) => `Legal basis: ${article}.`,
  elsewhere: (unit) => `Please apply to: ${unit}.`,
  remedies: (remedies) => `Remedies: ${remedies}`,
  again: 'You can apply again.',

  special: (_, item, name, article) =>
    `Your application for “${item}” needs a special procedure by law: ${name} (${article}).`,
  specialTerm: (term, due) => `It takes ${term} and should be over by ${due}.`,
  specialWhy: 'How this day was worked out',
  stands: (from) =>
    `From ${from} until the procedure is over, the time for the decision stands still; it runs on afterwards.`,

  extended: (_, item, term, by, article) =>
    `Your application for “${item}” cannot be decided in the time set. With the approval of ${by} the time is extended by ${term} (${article}).`,
  head: 'the head of this authority',
  dueThen: (due) => `It will now be decided by ${due} at the latest.`,

  approved: {
    licence: (_, item) => `Your application for “${item}” meets the conditions of the law; the licence is granted.`,
    other: (_, item) => `Your application for “${item}” meets the conditions laid down; it is approved.`,
  },
  results: ['No.', 'Result', 'Number', 'Valid until'],
  rules: 'This was decided by the rules that the version of the item declares, each checked:',
  rulesHead: ['No.', 'Rule', 'Answer', 'Finding'],
  holds: 'Met',
  deliverBy: (due, how, article) => `It will be delivered by ${due} at the latest (${how}; ${article}).`,
  verifies: 'This decision rests on a commitment, which will be verified. If it was not true, the decision is revoked.',
  denied: {
    licence: (_, item) => `Your application for “${item}” was examined; the licence is not granted.`,
    other: (_, item) => `Your application for “${item}” was examined; it is not approved.`,
  },

  delivered: (_, item, number) =>
    `The decision on your application for “${item}” (No. ${number}) and its results have been delivered.`,
  deliveredHead: ['Delivery', 'As it was'],
  deliveredRows: {
    way: 'Way',
    on: 'Delivered on',
    to: 'Addressee',
    by: 'Received by',
    courier: 'Courier number',
    papers: 'Delivered',
  },
  decisionAnd: (results) => (results === '' ? 'The decision' : `The decision, ${results}`),
  receiver: ['Received by (signature or seal):', 'Date:'],

  rectify: (_, item) => `What you were granted on a commitment for “${item}” was verified and has to be put right.`,
  found: (what) => `Found: ${what}`,
  rectifyBy: (_, due) => `Please put it right by ${due} at the latest; otherwise the law takes its course.`,
  rectifyWhy: 'How this day was worked out',
  revoked: (_, item, on, number) =>
    `The commitment on which “${item}” was granted was verified and is not true. The decision of ${on} (No. ${number}) is revoked.`,
  appeal:
    'Against this decision one may apply for administrative reconsideration or sue before a court, as the law says.',

  terminated: (_, item, why) => `Your application for “${item}” ends without a decision. Reason: ${why}.`,
  brokenPapers: (names) => `Papers that were promised and did not come in time: ${names}.`,
  withdrawn: (_, item, on) =>
    `You withdrew your application for “${item}” on ${on}. This is confirmed; it is not handled any further.`,
  because: (reason) => `Reason given: ${reason}`,

  since: {
    corrected: 'What was to be corrected has come',
    accepted: 'Accepted',
    declined: 'Not accepted',
    special: 'In a special procedure: the time stands still',
    resumed: 'The special procedure is over: the time runs on',
    extended: 'The time was extended',
    decided: 'Decided',
    rectify: 'Verified: to be put right',
    revoked: 'The decision was revoked',
    terminated: 'Ended without a decision',
    withdrawn: 'Withdrawn by the applicant',
  },
}
