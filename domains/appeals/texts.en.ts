// What an appeal says in English.
import type { Texts } from '../../kernel/texts.ts'
import type { appeal } from './appeal.ts'

export const en: Texts<typeof appeal> = {
  title: 'Appeal',
  phases: {
    none: 'Not raised', raised: 'To be dispatched', dispatched: 'To be signed for', handling: 'In hand', waiting: 'Waiting for the appellant',
    answered: 'To be called back', closed: 'Closed', shelved: 'Long-term', merged: 'Merged', withdrawn: 'Withdrawn',
  },
  commands: {
    raise: 'Raise an appeal', dispatch: 'Dispatch', sign: 'Sign for', return: 'Return to the dispatcher', note: 'Note progress', contribute: 'Give an assisting opinion',
    ask: 'Ask the appellant', supply: 'Supply information', extend: 'Extend the limit', answer: 'Answer', callBack: 'Record the call-back', rate: 'Rate', reopen: 'Reopen',
    shelve: 'List as long-term', resume: 'Resume', merge: 'Merge into another', absorb: 'Take in a merged one', urge: 'Urge', supervise: 'Supervise', escalate: 'Escalate',
    review: 'Review when due', withdraw: 'Withdraw',
  },
  events: {
    raised: 'Raised', dispatched: 'Dispatched', signed: 'Signed for', returned: 'Returned to the dispatcher', noted: 'Progress noted', contributed: 'Assisting opinion given',
    asked: 'Appellant asked', supplied: 'Appellant supplied information', extended: 'Limit extended', answered: 'Answered', confirmed: 'Confirmed in the call-back and closed',
    rejected: 'Not confirmed in the call-back', rated: 'Rated by the appellant', reopened: 'Reopened', shelved: 'Listed as long-term', resumed: 'Resumed',
    merged: 'Merged into another', absorbed: 'Took in a merged one', urged: 'Urged', supervised: 'Supervised', escalated: 'Overdue, escalated', withdrawn: 'Withdrawn by the appellant',
  },
  refusals: {
    'enterprise-unknown': 'This enterprise was not found. Find it in the register first, then choose it.',
    'not-your-enterprise': 'You hold no mandate for this enterprise. Get one first, or leave the enterprise empty and appeal in your own name.',
    'no-contact': 'Leave a telephone number; otherwise you cannot be answered.',
    'unit-unknown': 'There is no such unit, or it has been abolished. Choose another.',
    'no-rule': 'The city has published no time limit for this kind of appeal. Ask the administrator to publish one first.',
    'not-the-handler': 'You do not handle this appeal.',
    'evidence-missing': 'An answer “solved” needs evidence: name at least one piece or attach a file.',
    'head-decides': 'The head of the handling unit decides on extensions.',
    'beyond-the-limit': 'The limit would exceed what the rules allow ({most}). Choose fewer days.',
    'handler-may-not-call': 'The call-back is made by somebody other than the handler.',
    'already-rated': 'You have rated this answer already; each answer is rated once.',
    'too-late-to-reopen': 'The time for reopening has passed. Raise a new appeal.',
    'review-in-the-past': 'The review date must be after today.',
    'date-in-the-past': 'The date may not be before today.',
    'not-into-itself': 'An appeal cannot be merged into itself. Choose another.',
    'target-unknown': 'The appeal to merge into was not found.',
    'target-closed': 'That appeal is closed, withdrawn or merged itself. Choose one still in hand.',
    'not-due-yet': 'It is not yet time for a reminder.',
  },
  fields: {
    title: 'Title', body: 'What happened', matter: 'Kind of appeal', line: 'Service line', channel: 'Channel', enterprise: 'Enterprise', contact: 'Contact', phone: 'Telephone',
    files: 'Attachments', cause: 'Origin', token: 'Query code', by: 'By', unit: 'Lead unit', assisting: 'Assisting units', level: 'Level', note: 'Remark', answer: 'Limit for the answer',
    sign: 'Limit for signing', rule: 'Rule', budget: 'Budget', article: 'Basis', from: 'Counted from', handler: 'Handler', reason: 'Reason', text: 'Text', question: 'What is needed',
    days: 'Days added', outcome: 'Outcome', evidence: 'Evidence', inTime: 'In time', accepted: 'Appellant confirms', grade: 'Satisfaction', comment: 'Comment', review: 'Review date',
    into: 'Merged into', parties: 'Parties', demand: 'Demand', step: 'Rung', promise: 'Overdue promise',
  },
  options: {
    communication: 'Government and business', policy: 'Policy advice', legal: 'Legal protection', finance: 'Finance', trade: 'Trade and cooperation', consultation: 'Question',
    difficulty: 'Obstacle', complaint: 'Complaint', suggestion: 'Suggestion', arrears: 'Arrears', web: 'Web', phone: 'Telephone', visit: 'Visit', counter: 'Counter', letter: 'Letter',
    transfer: 'From a higher level', city: 'City', county: 'County or district', solved: 'Solved', explained: 'Explained', impossible: 'Not possible under the rules', 5: 'Very satisfied',
    4: 'Satisfied', 3: 'Fairly satisfied', 2: 'Dissatisfied', 1: 'Very dissatisfied', head: 'Head of unit', supervisor: 'Supervisor', leader: 'Leader', sign: 'Signing', answer: 'Answer',
    'working-day': 'working days', 'calendar-day': 'days', month: 'months', 'working-hour': 'working hours',
  },
  hints: {
    title: 'What should be solved, in one sentence of at most 80 characters.',
    body: 'Say when, where, which office is concerned and what you would like.',
    phone: 'For the answer and the call-back; only those handling the case see it.',
    evidence: 'For example: number of the approval, proof of payment, photographs taken on site.',
  },
  messages: {
    dispatched: 'A new appeal waits for your unit to sign: {title}', asked: 'Your appeal needs more information: {title}', answered: 'Your appeal has been answered; please read and rate it: {title}',
    urged: 'An appeal is urged: {title}', supervised: 'An appeal is under supervision: {title}', escalated: 'An appeal is overdue: {title}',
  },
}
