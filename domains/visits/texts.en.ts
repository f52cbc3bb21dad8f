// What assignments and visits say in English.
import type { Texts } from '../../kernel/texts.ts'
import type { assignment as standing } from './assignment.ts'
import type { visit as made } from './visit.ts'

export const assignment: Texts<typeof standing> = {
  title: 'Support',
  phases: { none: 'None', standing: 'Standing', ended: 'Ended' },
  commands: {
    assign: 'Assign',
    standBeside: 'Compare the terms',
    count: 'Count a visit',
    discount: 'Take a visit back',
    remind: 'Remind',
    end: 'End',
    lapse: 'End with its term',
  },
  events: {
    assigned: 'Assigned',
    visited: 'Visited',
    discounted: 'Visit withdrawn, no longer counted',
    reminded: 'Not visited in time, leader reminded',
    limited: 'Last day settled',
    ended: 'Ended',
    lapsed: 'Ended with its term',
  },
  refusals: {
    'enterprise-unknown': 'This enterprise was not found.',
    'leader-unknown': 'This leader was not found.',
    'unit-unknown': 'This unit was not found.',
    'ends-before-it-begins': 'The end may not be before the beginning.',
    'not-a-leader':
      'The leader must hold a post as leader or head of a unit. Check the person, or have the security administrator appoint first.',
    'over-already': 'The end may not lie before today.',
    'assigned-already':
      'This leader stands behind the enterprise in that time already. End that support first, or take other dates.',
    'ends-earlier': 'This support ends on {to} already and cannot be prolonged. Assign again from the day after.',
    'visited-since': 'The last visit was on {lastVisit}; the end may not lie before that day.',
    'not-due-yet': 'It is not yet time for a reminder.',
    'not-over-yet': 'Its term is not over yet.',
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
  warnings: {
    end: 'It lasts to the end of that day and then leaves the list of that leader; its visits stay. Assign again where needed.',
  },
  limits: { 'visit.interval': 'Visiting an enterprise with support' },
  messages: { reminded: 'It is time to visit an enterprise you stand behind: {name}' },
}

export const visit: Texts<typeof made> = {
  title: 'Visit',
  phases: { none: 'Not recorded', recorded: 'Recorded', void: 'Withdrawn' },
  commands: { record: 'Record a visit', credit: 'Count for support', void: 'Withdraw the visit' },
  events: { recorded: 'Recorded', credited: 'Counted for support', voided: 'Withdrawn' },
  refusals: {
    'enterprise-unknown': 'This enterprise was not found.',
    'before-it-existed': 'The enterprise was registered on {registeredOn}; no visit was before. Check the date.',
    'in-the-future': 'The visit may not lie in the future.',
    'debt-unclear':
      'A complaint about arrears names the debtor, its kind, the amount owed and the day it was due, which is not after today.',
    'enterprise-left': 'This enterprise has left the register; no visit to it is recorded. Check the enterprise.',
    'assignment-of-another': 'This support does not belong to the enterprise.',
    'not-behind-it':
      'You are neither the leader of this support nor of its department: the visit cannot count for it. Choose another, or begin anew without naming one.',
    'outside-the-term':
      'The visit lies outside the term of this support ({from} to {to}) and cannot count for it. Check the date, or begin anew without naming one.',
    'not-your-visit': 'Only the visitor or a supervisor can withdraw it.',
  },
  fields: {
    enterprise: 'Enterprise',
    on: 'Date of the visit',
    assignment: 'Support',
    summary: 'What was found',
    files: 'Photographs and files',
    problems: 'Problems raised',
    debtor: 'Debtor',
    debtorKind: 'Kind of debtor',
    owed: 'Amount owed',
    owedSince: 'Due since',
    title: 'Title',
    body: 'What happened',
    matter: 'Kind of appeal',
    line: 'Service line',
    by: 'Visitor',
    unit: 'Visiting unit',
    appeals: 'Became appeals',
    reason: 'Reason for withdrawing',
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
    public: 'Public body',
    large: 'Large enterprise',
    arrears: 'Arrears',
  },
  warnings: {
    void: 'It no longer counts as a visit, nor for any support; what was raised at it stays an appeal. Record it anew where needed.',
  },
  hints: {
    summary: 'What was seen and said; a sentence or two will do.',
    problems: 'Each becomes an appeal, goes to the dispatcher, and what comes of it shows here.',
  },
}
