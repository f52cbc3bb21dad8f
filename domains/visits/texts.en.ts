// What assignments and visits say in English.
import type { Texts } from '../../kernel/texts.ts'
import type { assignment as standing } from './assignment.ts'
import type { visit as made } from './visit.ts'

export const assignment: Texts<typeof standing> = {
  title: 'Support',
  phases: { none: 'None', standing: 'Standing', ended: 'Ended' },
  commands: { assign: 'Assign', count: 'Count a visit', remind: 'Remind', end: 'End' },
  events: {
    assigned: 'Assigned',
    visited: 'Visited',
    reminded: 'Not visited in time, leader reminded',
    ended: 'Ended',
  },
  refusals: {
    'enterprise-unknown': 'This enterprise was not found.',
    'leader-unknown': 'This leader was not found.',
    'unit-unknown': 'This unit was not found.',
    'ends-before-it-begins': 'The end may not be before the beginning.',
    'not-due-yet': 'It is not yet time for a reminder.',
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
    interval: 'Time between visits',
    rule: 'Rule',
    budget: 'Limit',
    article: 'Basis',
  },
  options: {
    'working-day': 'working days',
    'calendar-day': 'days',
    month: 'months',
    'working-hour': 'working hours',
  },
  warnings: { end: 'It leaves the list of that leader; its visits stay. Assign again where needed.' },
  limits: { 'visit.interval': 'Visiting an enterprise with support' },
  messages: { reminded: 'It is time to visit an enterprise you stand behind: {name}' },
}

export const visit: Texts<typeof made> = {
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
    files: 'Photographs and files',
    problems: 'Problems raised',
    title: 'Title',
    body: 'What happened',
    matter: 'Kind of appeal',
    line: 'Service line',
    by: 'Visitor',
    unit: 'Visiting unit',
    appeals: 'Became appeals',
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
