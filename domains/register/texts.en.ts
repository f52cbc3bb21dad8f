// What the register says in English.
import type { Texts } from '../../kernel/texts.ts'
import type * as held from './credit-code.ts'
import type * as of from './enterprise.ts'
import type * as name from './login.ts'
import type * as who from './person.ts'
import type * as where from './unit.ts'

export const roles: Readonly<Record<(typeof who.roles)[number], string>> = {
  'system-admin': 'System administrator',
  'security-admin': 'Security administrator',
  'audit-admin': 'Audit administrator',
  dispatcher: 'Dispatcher',
  handler: 'Handler',
  'unit-head': 'Head of unit',
  caller: 'Call-back clerk',
  supervisor: 'Supervisor',
  leader: 'Leader',
  clerk: 'Window clerk',
  'item-manager': 'Item manager',
  'policy-manager': 'Policy manager',
  representative: 'Chief representative',
}

export const unit: Texts<typeof where.unit> = {
  title: 'Unit',
  phases: { none: 'Not set up', standing: 'Standing', abolished: 'Abolished' },
  commands: { setUp: 'Set up', rename: 'Rename', move: 'Move', shelter: 'Check what is above', abolish: 'Abolish' },
  events: { 'set-up': 'Set up', renamed: 'Renamed', moved: 'Moved', abolished: 'Abolished' },
  refusals: {
    'parent-unknown': 'The parent unit was not found, or it has been abolished.',
    'under-itself': 'A unit cannot be placed under itself or a unit below it.',
    'still-in-use':
      'Not yet: {below} units are under it, {posts} posts are held in it {cases} matters are open with it, and {assisted} that it registered or assists with. Move the units, end the posts, and close or return the matters first.',
  },
  fields: {
    name: 'Name',
    unit: 'Unit',
    nameEn: 'English name',
    type: 'Type',
    parent: 'Parent unit',
    division: 'Division code',
    reason: 'Reason',
  },
  options: {
    city: 'City',
    'leading-group': 'Leading group',
    office: 'Office of the leading group',
    'working-group': 'Working group',
    department: 'City department',
    county: 'County or district',
    bureau: 'County bureau',
    'service-centre': 'Service centre',
  },
  warnings: {
    move: 'Who heads and supervises it changes with its parent, at once; it can be moved back.',
    abolish:
      'Nothing more can be sent to it and nobody appointed in it; units below it, held posts and open matters go elsewhere first. It cannot be brought back.',
  },
}

export const person: Texts<typeof who.person> = {
  title: 'Person',
  phases: { none: 'Not enrolled', active: 'Active', suspended: 'Suspended' },
  commands: {
    enrol: 'Enrol',
    amend: 'Correct',
    changeLogin: 'Change login',
    suspend: 'Suspend',
    restore: 'Restore',
    take: 'Take a post',
    give: 'Give up a post',
    entrust: 'Speak for an enterprise',
  },
  events: {
    enrolled: 'Enrolled',
    amended: 'Corrected',
    'login-changed': 'Login changed',
    suspended: 'Suspended',
    restored: 'Restored',
    took: 'Took a post',
    gave: 'Gave up a post',
    entrusted: 'Speaks for an enterprise',
  },
  refusals: {
    'not-oneself': 'Nobody does this to himself; another security administrator does it.',
    'login-is-settled':
      'The login is settled; only the security administrator changes it, with “Change login”. Keep it as it is and correct the rest.',
    'nothing-new': 'This is the login already; nothing has changed.',
  },
  fields: {
    name: 'Name',
    login: 'Login',
    phone: 'Telephone',
    reason: 'Reason',
    post: 'Post',
    role: 'Role',
    unit: 'Unit',
    mandate: 'Mandate',
    from: 'From',
    to: 'To',
  },
  options: roles,
  messages: {
    'login-changed':
      'The security administrator has changed your login to {login}. If you did not ask for it, tell the audit administrator at once.',
  },
  warnings: {
    suspend: 'Open sessions end at once and nothing can be done any more; it can be restored.',
    changeLogin:
      'The new login is the one to sign in with, at the single sign-on too; the person is told. It can be changed again.',
  },
}

export const login: Texts<typeof name.login> = {
  title: 'Login',
  phases: { none: 'Never used', taken: 'In use', free: 'Free again' },
  commands: { claim: 'Claim', release: 'Release' },
  events: { claimed: 'Claimed', released: 'Released' },
  refusals: { 'login-taken': 'Somebody else has this login. Choose another.' },
  fields: { person: 'Person', login: 'Login' },
  options: {},
}

export const post: Texts<typeof who.post> = {
  title: 'Post',
  phases: { none: 'Not held', held: 'Held', ended: 'Ended' },
  commands: { appoint: 'Appoint', end: 'End', lapse: 'Term is over' },
  events: { appointed: 'Appointed', ended: 'End settled', lapsed: 'Term over' },
  refusals: {
    'person-unknown': 'This person was not found or is suspended.',
    'unit-unknown': 'There is no such unit, or it has been abolished.',
    'ends-before-it-begins': 'The end may not be before the beginning.',
    'separate-duties':
      'System, security and audit administration are kept apart: not one person, nor together with a business post.',
    'holds-a-mandate': 'This person speaks for an enterprise within the term. End the mandate first.',
    'not-oneself': 'Nobody appoints himself or ends a post of his own; another security administrator does it.',
    'ends-earlier': 'The term of this post ends on {to}; ending it does not prolong it.',
    'not-over-yet': 'The term is not over yet.',
  },
  fields: {
    jurisdiction: 'Jurisdiction',
    name: 'Name',
    person: 'Person',
    role: 'Role',
    unit: 'Unit',
    clearance: 'Clearance',
    from: 'From',
    to: 'To',
    reason: 'Reason',
  },
  options: roles,
  warnings: {
    appoint:
      'From the first day on, this person sees and handles what the post covers; the post can be ended at any time.',
    end: 'From the day after, this person has the rights of the post no longer; appoint again where needed.',
  },
}

export const mandate: Texts<typeof who.mandate> = {
  title: 'Mandate',
  phases: { none: 'None', valid: 'Valid', ended: 'Ended' },
  commands: { authorise: 'Authorise', end: 'End' },
  events: { authorised: 'Authorised', ended: 'Ended' },
  refusals: {
    'person-unknown': 'This person was not found or is suspended.',
    'enterprise-unknown': 'This enterprise was not found.',
    'ends-before-it-begins': 'The end may not be before the beginning.',
    'not-oneself': 'Nobody authorises himself.',
    'holds-a-post': 'This person holds a post in the city, or is about to, and cannot act for an enterprise.',
  },
  fields: { name: 'Mandate', person: 'Person', enterprise: 'Enterprise', from: 'From', to: 'To', reason: 'Reason' },
  options: {},
  warnings: { end: 'This person can no longer see or act for the enterprise; authorise again where needed.' },
}

export const creditCode: Texts<typeof held.creditCode> = {
  title: 'Credit code',
  phases: { none: 'Never used', taken: 'In use', free: 'Free again' },
  commands: { claim: 'Claim', release: 'Release' },
  events: { claimed: 'Claimed', released: 'Released' },
  refusals: {
    'code-taken': 'This code is entered already, in the record {enterprise}. Update that one, or correct the code.',
  },
  fields: { enterprise: 'Enterprise', uscc: 'Unified social credit code' },
  options: {},
}

export const enterprise: Texts<typeof of.enterprise> = {
  title: 'Enterprise',
  phases: { none: 'Not listed', listed: 'Listed', left: 'Left' },
  commands: {
    enter: 'Enter or update',
    observe: 'Add figures',
    designate: 'Put on or take off the key list',
    back: 'Assign support',
    unback: 'End support',
    leave: 'Leave',
    restore: 'Restore',
    hold: 'Hold its code',
  },
  events: {
    entered: 'Entered',
    changed: 'Updated',
    observed: 'Figures added',
    designated: 'Put on or taken off the key list',
    backed: 'Support assigned',
    unbacked: 'Support ended',
    left: 'Left',
    restored: 'Restored',
  },
  refusals: {
    'division-unknown': 'There is no such division. Enter a six-digit code of GB/T 2260.',
    'industry-unknown':
      'There is no such industry. Enter a code of GB/T 4754: two to four digits, with or without the letter of the section, such as 27, 3921 or C3921.',
    'industry-section': 'Division {division} belongs to section {section}, not to the letter given. Check the code.',
    'evidence-missing': 'Say what shows that it belongs to the private economy.',
    'wrong-unit': 'Staff is counted in persons, revenue and assets in ten thousand yuan.',
    'date-in-the-future': 'May not be later than {latest}. Check the year and the day.',
    'date-too-early': 'May not be earlier than {earliest}. Check the year and the day.',
    'not-whole': 'Staff is counted in whole persons.',
    'code-taken': 'This code is entered already, in the record {enterprise}. Update that one, or correct the code.',
    'has-left':
      'This code belongs to the enterprise {enterprise}, which has left. Open that record and have a window clerk “Restore” it, then update it there, where its appeals and visits are; if the code is mistaken, correct it.',
    'nothing-new': 'This is the same as what is known already; nothing changes.',
  },
  fields: {
    uscc: 'Unified social credit code',
    name: 'Name',
    division: 'Division',
    industry: 'Industry',
    industryCode: 'Industry code',
    registeredOn: 'Registered on',
    private: 'Private economy',
    evidence: 'Evidence',
    contact: 'Contact',
    phone: 'Telephone',
    address: 'Address',
    usccForm: 'Check of the code',
    facts: 'Figures',
    fact: 'Figure',
    value: 'Value',
    unit: 'Unit',
    period: 'Year',
    source: 'Source',
    observedAt: 'Observed on',
    reason: 'Reason',
    key: 'Key enterprise',
    assignment: 'Support',
    leader: 'Leader behind it',
    awaits: 'Yet to begin',
    unitBehind: 'Department behind it',
    size: 'Size',
    missing: 'Missing figures',
  },
  options: {
    unknown: 'not known yet',
    大型: 'large',
    中型: 'medium',
    小型: 'small',
    微型: 'micro',
    valid: 'Valid',
    'wrong-form': 'Wrong form',
    'wrong-check': 'Wrong check character',
    staff: 'Staff',
    revenue: 'Revenue',
    assets: 'Total assets',
    person: 'persons',
    'wan-yuan': 'ten thousand yuan',
    X: 'Staff',
    Y: 'Revenue',
    Z: 'Total assets',
  },
  warnings: {
    leave:
      'It no longer counts as listed, and the figures fall with it; the support behind it ends; its appeals and visits stay, and so does its code. If it was a mistake, a window clerk may restore it.',
  },
  hints: {
    uscc: '18 characters; a wrong check character is pointed out but does not block.',
    source: 'What an enterprise says of itself is put down as 企业自报 (by itself), observed today.',
  },
  cautions: {
    'wrong-form':
      'The unified social credit code is of the wrong form, which does not block: it should have 18 places, digits and capital letters without I, O, S, V and Z. Compare it with the business licence; if it is wrong, correct it and submit again; if it is as printed, leave it.',
    'wrong-check':
      'The check character of the unified social credit code does not fit, which does not block: one place may be mistyped or two exchanged. Compare it with the business licence; if it is wrong, correct it and submit again; if it is as printed, leave it.',
  },
}
