// What assignments and visits say in English.
import type { Texts } from '../../kernel/texts.ts'
import type * as of from './visit.ts'

export const assignment: Texts<typeof of.assignment> = {
  title: 'Support',
  phases: { none: 'None', standing: 'Standing', ended: 'Ended' },
  commands: { assign: 'Assign', count: 'Count a visit', end: 'End' },
  events: { assigned: 'Assigned', visited: 'Visited', ended: 'Ended' },
  refusals: {
    'enterprise-unknown': 'This enterprise was not found.',
    'leader-unknown': 'This leader was not found.',
    'unit-unknown': 'This unit was not found.',
    'ends-before-it-begins': 'The end may not be before the beginning.',
  },
  fields: {
    name: 'Enterprise',
    enterprise: 'Enterprise',
    leader: 'Leader',
    unit: 'Department',
    from: 'From',
    to: 'To',
    reason: 'Reason',
    visit: 'Visit',
    on: 'Date',
    visits: 'Visits',
    lastVisit: 'Last visit',
  },
  options: {},
  effects: { end: 'It leaves the list of that leader; its visits stay. Assign again where needed.' },
}

export const visit: Texts<typeof of.visit> = {
  title: 'Visit',
  phases: { none: 'Not recorded', recorded: 'Recorded' },
  commands: { record: 'Record a visit' },
  events: { recorded: 'Recorded' },
  refusals: {
    'enterprise-unknown': 'This enterprise was not found.',
    'in-the-future': 'The visit may not lie in the future.',
    'assignment-of-another': 'This support does not belong to the enterprise, or it has ended.',
  },
  fields: {
    enterprise: 'Enterprise',
    on: 'Date of the visit',
    assignment: 'Support',
    summary: 'What was found',
    problems: 'Problems raised',
    title: 'Title',
    body: 'What happened',
    matter: 'Kind of appeal',
    line: 'Service line',
    by: 'Visitor',
    unit: 'Visiting unit',
    appeals: 'Became appeals',
    files: 'Photographs and attachments',
  },
  options: {
    communication: 'Government and business',
    policy: 'Policy advice',
    legal: 'Legal protection',
    finance: 'Finance',
    trade: 'Trade and cooperation',
    consultation: 'Question',
    difficulty: 'Obstacle',
    complaint: 'Complaint',
    suggestion: 'Suggestion',
    arrears: 'Arrears',
  },
  hints: {
    summary: 'What was seen and said; a sentence or two will do.',
    problems: 'Each becomes an appeal, goes to the dispatcher, and what comes of it shows here.',
  },
}
