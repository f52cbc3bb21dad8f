// What calendars and time limits say in English.
import type { Texts } from '../../kernel/texts.ts'
import type { officeHours as hours } from './hours.ts'
import type * as of from './law.ts'

export const calendarEdition: Texts<typeof of.calendarEdition> = {
  title: 'Holiday arrangement',
  phases: { none: 'Not drafted', draft: 'To be published', published: 'Published' },
  commands: { draft: 'Draft', publish: 'Publish' },
  events: { drafted: 'Drafted', published: 'Published' },
  refusals: {
    'outside-the-year': 'Days off and make-up days must lie in that year.',
    'ends-before-it-begins': 'The end may not be before the beginning.',
    'days-off-overlap': 'Days off overlap. Check them.',
    'works-on-a-day-off': 'A make-up day lies within the days off. Check them.',
    'works-anyway': 'A make-up day is a Saturday or a Sunday.',
    'two-persons': 'Somebody other than the drafter publishes.',
  },
  fields: {
    year: 'Year',
    notice: 'Notice number',
    noticeDate: 'Date of the notice',
    off: 'Days off',
    work: 'Make-up days',
    from: 'From',
    to: 'To',
    by: 'Drafted by',
  },
  options: {},
  queues: {
    'to-publish': {
      title: 'To publish',
      empty: 'Nothing waits to be published. Drafted calendars, limits and hours appear here.',
    },
  },
  views: { draft: 'To publish' },
  warnings: {
    publish:
      'All open clocks of the city are worked out again by it, and each case says so. It cannot be withdrawn; a correction is drafted anew.',
  },
}

export const limitRule: Texts<typeof of.limitRule> = {
  title: 'Time limit',
  phases: { none: 'Not drafted', draft: 'To be published', published: 'Published' },
  commands: { lay: 'Draft', publish: 'Publish', end: 'End' },
  events: { laid: 'Drafted', published: 'Published', ended: 'Ended' },
  refusals: {
    'ends-before-it-begins': 'The end may not be before the beginning.',
    'two-persons': 'Somebody other than the drafter publishes.',
  },
  fields: {
    rule: 'Limit',
    unit: 'Counted in',
    budget: 'Budget',
    article: 'Article',
    source: 'Source',
    from: 'In force from',
    to: 'In force to',
    note: 'Remark',
    by: 'Drafted by',
  },
  options: { 'working-day': 'working days', 'calendar-day': 'days', month: 'months', 'working-hour': 'working hours' },
  queues: {
    'to-publish': {
      title: 'To publish',
      empty: 'Nothing waits to be published. Drafted calendars, limits and hours appear here.',
    },
  },
  views: { draft: 'To publish' },
  warnings: {
    publish:
      'What begins from that day on has this limit; what has begun keeps its own. It cannot be changed, but ended and drafted anew.',
    end: 'What begins after that day no longer has it; what has begun is not affected.',
  },
}

export const officeHours: Texts<typeof hours> = {
  title: 'Office hours',
  phases: { none: 'Not drafted', draft: 'To be published', published: 'Published' },
  commands: { lay: 'Draft', publish: 'Publish' },
  events: { laid: 'Drafted', published: 'Published' },
  refusals: {
    'ends-before-it-begins': 'The end may not be before the beginning.',
    'one-after-another': 'Each stretch opens after the one before has closed, and closes after it has opened.',
    'two-persons': 'Somebody other than the drafter publishes.',
  },
  fields: {
    from: 'In force from',
    to: 'In force to',
    spans: 'Hours',
    opens: 'Opens',
    closes: 'Closes',
    source: 'Source',
    by: 'Drafted by',
  },
  options: {},
  hints: { spans: 'Hours of one working day, such as 08:30 to 11:30 and 13:30 to 17:00.' },
  queues: {
    'to-publish': {
      title: 'To publish',
      empty: 'Nothing waits to be published. Drafted calendars, limits and hours appear here.',
    },
  },
  views: { draft: 'To publish' },
  warnings: {
    publish:
      'Limits in working hours are worked out again by these hours. They cannot be changed; a correction is drafted anew.',
  },
}
