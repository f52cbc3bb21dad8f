// The papers of an application (文书): each follows from one event, made again from the history whenever it is wanted.
import { deadline } from '../../kernel/clock/limit.ts'
import { dateWords, explain, term } from '../../kernel/clock/words.ts'
import { numberOf, type Block, type Happened, type Paper, type Wording } from '../../kernel/paper.ts'
import type { EventOf } from '../../kernel/record.ts'
import { absent, outstanding, type Application, type Case, type PromiseName } from './case.ts'
import { clockOf } from './clock.ts'
import type { events } from './event.ts'
import { en } from './paper.en.ts'
import { zhCN, type PaperWords } from './paper.zh-CN.ts'

type Event = EventOf<typeof events>
type Step = Happened<Application, Event>
type Told<Type extends Event['type']> = Extract<Event, { type: Type }>['data']

const WORDS = { 'zh-CN': zhCN, en }

type Turn = keyof PaperWords['since']
/** What later events do to each sort of paper: those told of when it is verified, and those after which it holds no longer. */
const TURNS = {
  receipt: [['accepted', 'declined', 'terminated', 'withdrawn'], []],
  later: [
    ['terminated', 'withdrawn'],
    ['terminated', 'withdrawn'],
  ],
  promised: [
    ['rectify', 'revoked', 'terminated', 'withdrawn'],
    ['terminated', 'withdrawn'],
  ],
  supplied: [['accepted', 'declined', 'terminated', 'withdrawn'], []],
  told: [
    ['corrected', 'accepted', 'declined', 'terminated', 'withdrawn'],
    ['declined', 'terminated', 'withdrawn'],
  ],
  accepted: [
    ['special', 'resumed', 'extended', 'decided', 'revoked', 'terminated', 'withdrawn'],
    ['terminated', 'withdrawn'],
  ],
  declined: [[], []],
  special: [
    ['resumed', 'decided', 'terminated', 'withdrawn'],
    ['terminated', 'withdrawn'],
  ],
  extended: [
    ['special', 'resumed', 'decided', 'terminated', 'withdrawn'],
    ['terminated', 'withdrawn'],
  ],
  licensed: [['rectify', 'revoked'], ['revoked']],
  approved: [['rectify', 'revoked'], ['revoked']],
  unlicensed: [[], []],
  denied: [[], []],
  delivered: [['revoked'], []],
  rectify: [['revoked'], ['revoked']],
  revoked: [[], []],
  terminated: [[], []],
  withdrawn: [[], []],
} as const satisfies Readonly<Record<string, readonly [told: readonly Turn[], ended: readonly Turn[]]>>
type Sort = keyof typeof TURNS

export const paperSorts = Object.keys(TURNS) as readonly Sort[]

type Draft = { readonly sort: Sort; readonly body: readonly (Block | undefined)[]; readonly own?: true }

/** In what a paper is worded: the case after the event, what came before and with it, and how to say things. */
type Around = {
  readonly kept: Case
  readonly before: Application
  readonly wording: Wording
  readonly w: PaperWords
  readonly you: string
  readonly item: string
  readonly day: string
  /** Whether the next event belongs to the same append, and which it is. */
  readonly at: (type: Event['type']) => boolean
  /** The paper that decided it, by its number among those of the record. */
  readonly decision: { readonly number: string; readonly on: string }
}

/** The papers that the events have given so far. */
export function papersOf(story: readonly Step[], wording: Wording): readonly Paper[] {
  const w = WORDS[wording.lang]
  return story.flatMap((step, position) => {
    const { after: kept, before, mark, version } = step
    if (kept.phase === 'none') return []
    const later = story.slice(position + 1)
    const decided = story.find(({ event }) => event.type === 'decided')
    const drafts = draftsOf(step.event, {
      kept,
      before,
      wording,
      w,
      you: w.you[kept.enterprise === undefined ? 'person' : 'firm'] ?? '',
      item: kept.terms.name,
      day: w.day(mark.on),
      at: (type) => later.some(({ event, mark: then }) => event.type === type && then.at === mark.at),
      decision: {
        number: decided === undefined ? w.none : numberOf(mark.id, String(decided.version)),
        on: decided === undefined ? w.none : w.day(decided.mark.on),
      },
    })
    const turns = turnsOf(later)
    return drafts.map(({ sort, body, own }, nth): Paper => {
      const [told, ended]: readonly [readonly Turn[], readonly Turn[]] = TURNS[sort]
      const mine = turns.filter(({ turn }) => told.includes(turn))
      return {
        place: `${version}${nth === 0 ? '' : String.fromCharCode(64 + nth)}`,
        version,
        sort,
        on: mark.on,
        unit: kept.unit,
        to: appliesAs(kept),
        about: kept.terms.name,
        body: body.flatMap((one) => one ?? []),
        ...(own && { own }),
        since: mine.map(({ turn, on }) => ({ on, what: w.since[turn] })),
        holds: !turns.some(({ turn }) => ended.includes(turn)),
      }
    })
  })
}

/** The name under which it was applied for; it ends the title of the case. */
function appliesAs({ applicant, title, terms }: Case): string {
  return applicant ?? title.slice(`${terms.name} · `.length)
}

function turnsOf(later: readonly Step[]): readonly { readonly turn: Turn; readonly on: string }[] {
  return later.flatMap(({ event, before, after, mark: { on } }) => {
    const turn = turnOf(event, before, after)
    return turn === undefined ? [] : [{ turn, on }]
  })
}

function turnOf(event: Event, before: Application, after: Application): Turn | undefined {
  switch (event.type) {
    case 'accepted':
    case 'declined':
    case 'extended':
    case 'decided':
    case 'terminated':
    case 'withdrawn':
      return event.type
    case 'specialStarted':
      return 'special'
    case 'specialEnded':
      return 'resumed'
    case 'verified':
      return event.data.finding === 'holds' ? undefined : event.data.finding === 'false' ? 'revoked' : 'rectify'
    case 'supplied':
      return owed(before) > 0 && owed(after) === 0 ? 'corrected' : undefined
    default:
      return undefined
  }
}

const owed = (state: Application) => (state.phase === 'none' ? 0 : (state.owed ?? []).length)

function draftsOf(event: Event, around: Around): readonly Draft[] {
  switch (event.type) {
    case 'received':
      return [receipt(event.data, around), ...commitments(event.data, around)]
    case 'told':
      return [told(event.data, around)]
    case 'supplied':
      return [supplied(event.data, around)]
    case 'accepted':
      return [accepted(event.data, around)]
    case 'declined':
      return [declined(event.data, around)]
    case 'specialStarted':
      return [special(event.data, around)]
    case 'extended':
      return [extended(event.data, around)]
    case 'decided':
      return [decided(event.data, around)]
    case 'delivered':
      return [delivered(event.data, around)]
    case 'verified':
      return verified(event.data, around)
    case 'terminated':
      return [terminated(event.data, around)]
    case 'withdrawn':
      return [withdrawn(event.data, around)]
    default:
      return []
  }
}

const text = (words: string): Block => ({ text: words })

/** A row for each, numbered. */
function table<T>(head: readonly string[], list: readonly T[], row: (one: T) => readonly string[]): Block | undefined {
  if (list.length === 0) return undefined
  return { head, rows: list.map((one, place) => [String(place + 1), ...row(one)]) }
}

/** The day on which a promise of the case ends as it stood then, said in a sentence and worked out step by step. */
function due(
  { kept, wording: { lang, calendar, personName } }: Pick<Around, 'kept' | 'wording'>,
  name: PromiseName,
  on: string,
  say: (day: string, long: string, article: string) => string,
  why: string,
): readonly Block[] {
  const run = clockOf(kept)[name]
  if (!run || run.ended !== undefined) return []
  const one = deadline(calendar, run, on)
  const { budget, unit, article } = run.limit
  return [
    text(say(dateWords(one.due, lang, one.makeUp), term(budget, unit, lang), article)),
    { derivation: why, steps: one.steps.map((step) => explain(step, lang, personName)) },
  ]
}

function receipt({ papers, channel }: Told<'received'>, around: Around): Draft {
  const { kept, w, wording, you, item, day, at } = around
  const how = wording.option(channel)
  const list = table(w.materials, papers, ({ name, way, originals = 0, copies = 0, pages = [] }) => {
    const many = [w.copies(originals, copies), pages.length > 0 ? w.pages(pages.length) : ''].filter(Boolean)
    return [name, many.length === 0 ? w.none : w.list(many), wording.option(way)]
  })
  // What was accepted in the same moment is told of in that paper.
  const moot = at('accepted')
  return {
    sort: 'receipt',
    body: [
      text(list ? w.received(you, day, how, item) : w.noPapers(you, day, how, item)),
      list,
      kept.phase === 'awaiting' ? text(w.waits) : undefined,
      ...(moot
        ? []
        : due(around, 'accept', kept.receivedOn, (then, _, article) => w.tellBy(then, article), w.tellByWhy)),
      moot ? undefined : text(w.notAccepted),
    ],
  }
}

function commitments({ papers, signed, agent }: Told<'received'>, { w, wording, item, day }: Around): readonly Draft[] {
  if (signed !== true) return []
  const foot = [text(w.signedOn(day)), agent === undefined ? undefined : text(w.agent(wording.personal(agent)))]
  return (['later', 'promised'] as const).flatMap((sort): Draft[] => {
    const list = table(
      w.materials.slice(0, 2),
      papers.filter(({ way }) => way === sort),
      ({ name }) => [name],
    )
    if (!list) return []
    const [begin, terms] = sort === 'later' ? [w.later, w.laterTerms] : [w.promised, w.promisedTerms]
    return [{ sort, own: true, body: [text(begin(item)), list, ...terms.map(text), ...foot] }]
  })
}

function told({ demands }: Told<'told'>, around: Around): Draft {
  const { kept, w, wording, you, item } = around
  const row = ({ name, sort, fault, note }: (typeof demands)[number]) => [
    name,
    wording.option(sort),
    wording.option(fault),
    note,
  ]
  return {
    sort: 'told',
    body: [
      text(w.told(you, item)),
      table(w.demands, demands, row),
      ...due(around, 'correct', kept.began.correct ?? '', (then) => w.correctBy(you, then), w.correctByWhy),
      text(w.toldOnce),
    ],
  }
}

function supplied({ answers, papers }: Told<'supplied'>, around: Around): Draft {
  const { kept, before, w, wording, you, item, day } = around
  if (before.phase === 'none') return { sort: 'supplied', body: [] }
  const brought = [
    ...papers.map(({ material }) => ['paper', before.papers.find((one) => one.material === material)?.name] as const),
    ...answers.map(({ field }) => ['field', before.answers.find((one) => one.field === field)?.name] as const),
  ]
  const left = [...(kept.owed ?? []), ...(kept.phase === 'received' ? absent(kept) : [])].map(({ name }) => name)
  const again = kept.phase === 'received' && before.phase === 'correcting'
  return {
    sort: 'supplied',
    body: [
      text(w.supplied(you, day, item)),
      table(w.suppliedHead, brought, ([sort, name]) => [name ?? w.none, wording.option(sort)]),
      left.length > 0 ? text(w.stillOwed(w.list([...new Set(left)]))) : undefined,
      ...(again ? due(around, 'accept', kept.began.accept ?? '', (then) => w.againBy(then), w.tellByWhy) : []),
    ],
  }
}

function accepted({ how, from, note }: Told<'accepted'>, around: Around): Draft {
  const { kept, w, you, item, at } = around
  const article = kept.limits.accept?.article ?? ''
  const follow = outstanding(kept).map(({ name }) => name)
  const on = kept.acceptedOn ?? from
  const moot = at('decided')
  return {
    sort: 'accepted',
    body: [
      text(w.accepted[how === 'person' && follow.length > 0 ? 'tolerated' : how](you, item, w.day(from), article)),
      ...(moot
        ? []
        : [
            ...due(around, 'decide', on, (then, long) => w.decideBy(then, long), w.decideByWhy),
            ...due(around, 'statute', on, (then, long) => w.lawfulBy(then, long), w.lawfulByWhy),
            text(w.movable),
          ]),
      ...due(around, 'supplement', on, (then) => w.supplementBy(you, w.list(follow), then), w.supplementByWhy),
      note === undefined ? undefined : text(note),
    ],
  }
}

/** 行政许可法第三十二条第一款: on what ground a licence is not even considered. */
const GROUNDS: Readonly<Record<string, string>> = {
  'no-licence-needed': '行政许可法第三十二条第一款第一项',
  'not-competent': '行政许可法第三十二条第一款第二项',
}

const isLicence = ({ terms }: Case) => terms.type === 'licence'

function declined({ ground, reasons, elsewhere, remedies }: Told<'declined'>, around: Around): Draft {
  const { kept, w, wording, you, item } = around
  const article = isLicence(kept) ? GROUNDS[ground] : undefined
  return {
    sort: 'declined',
    body: [
      text(w.declined(you, item, wording.option(ground))),
      text(w.reasons(reasons)),
      article === undefined ? undefined : text(w.basis(article)),
      elsewhere === undefined ? undefined : text(w.elsewhere(elsewhere)),
      remedies === '' ? undefined : text(w.remedies(remedies)),
    ],
  }
}

function special({ name, limit, reason }: Told<'specialStarted'>, around: Around): Draft {
  const { kept, w, you, item } = around
  const stands = kept.pauses.at(-1)?.from ?? ''
  return {
    sort: 'special',
    body: [
      text(w.special(you, item, name, limit.article)),
      text(w.reasons(reason)),
      ...due(around, 'special', kept.began.special ?? '', (then, long) => w.specialTerm(long, then), w.specialWhy),
      text(w.stands(w.day(stands))),
    ],
  }
}

function extended({ days, reason, by, article }: Told<'extended'>, around: Around): Draft {
  const { kept, w, wording, you, item } = around
  const limit = kept.limits.decide ?? kept.limits.statute
  const [on = ''] = kept.extensions.slice(-1).map((one) => one.on)
  const much = limit ? term(days, limit.unit, wording.lang) : String(days)
  return {
    sort: 'extended',
    body: [
      text(w.extended(you, item, much, wording.personName(by) ?? w.head, article)),
      text(w.reasons(reason)),
      ...due(around, 'decide', on, (then) => w.dueThen(then), w.decideByWhy),
      ...due(around, 'statute', on, (then, long) => w.lawfulBy(then, long), w.lawfulByWhy),
    ],
  }
}

function decided({ outcome, reasons, remedies, results, rules = [] }: Told<'decided'>, around: Around): Draft {
  const { kept, w, wording, you, item } = around
  const sort = isLicence(kept) ? 'licence' : 'other'
  const why = reasons === undefined ? undefined : text(w.reasons(reasons))
  if (outcome === 'denied')
    return {
      sort: sort === 'licence' ? 'unlicensed' : 'denied',
      body: [
        text(w.denied[sort](you, item)),
        why,
        remedies === undefined || remedies === '' ? undefined : text(w.remedies(remedies)),
      ],
    }
  const how = wording.option(kept.delivery)
  return {
    sort: sort === 'licence' ? 'licensed' : 'approved',
    body: [
      text(w.approved[sort](you, item)),
      why,
      table(w.results, results, ({ name, number = w.none, validTo }) => [
        name,
        number,
        validTo === undefined ? w.none : w.day(validTo),
      ]),
      rules.length > 0 ? text(w.rules) : undefined,
      table(w.rulesHead, rules, ({ ground, found }) => [ground, wording.personal(found), w.holds]),
      // On paper the day itself is enough; how it was worked out stands with the record's clock.
      ...due(around, 'deliver', kept.decidedOn ?? '', (then, _, article) => w.deliverBy(then, how, article), '').slice(
        0,
        1,
      ),
      kept.papers.some(({ way }) => way === 'promised') ? text(w.verifies) : undefined,
    ],
  }
}

function delivered({ delivered: way, receivedBy, courierNumber }: Told<'delivered'>, around: Around): Draft {
  const { kept, w, wording, you, item, day, decision } = around
  const names = (kept.decision?.results ?? []).map(({ name, number }) =>
    number === undefined ? name : `${name} ${number}`,
  )
  const t = w.deliveredRows
  const rows = [
    [t.way, wording.option(way)],
    [t.on, day],
    [t.to, appliesAs(kept)],
    [t.papers, w.decisionAnd(w.list(names))],
    ...(receivedBy === undefined ? [] : [[t.by, wording.personal(receivedBy)]]),
    ...(courierNumber === undefined ? [] : [[t.courier, courierNumber]]),
  ]
  return {
    sort: 'delivered',
    body: [
      text(w.delivered(you, item, decision.number)),
      { head: w.deliveredHead, rows },
      way === 'collect' ? { blanks: w.receiver } : undefined,
    ],
  }
}

function verified({ finding, verified: found }: Told<'verified'>, around: Around): readonly Draft[] {
  const { kept, w, you, item, decision } = around
  if (finding === 'holds') return []
  if (finding === 'rectify') {
    const by = due(around, 'rectify', kept.began.rectify ?? '', (then) => w.rectifyBy(you, then), w.rectifyWhy)
    return [{ sort: 'rectify', body: [text(w.rectify(you, item)), text(w.found(found)), ...by] }]
  }
  const what = w.revoked(you, item, decision.on, decision.number)
  return [{ sort: 'revoked', body: [text(what), text(w.found(found)), text(w.appeal)] }]
}

function terminated({ ending, reasons }: Told<'terminated'>, { w, wording, you, item }: Around): Draft {
  return {
    sort: 'terminated',
    body: [
      text(w.terminated(you, item, wording.option(ending))),
      text(ending === 'broken-promise' ? w.brokenPapers(reasons) : w.reasons(reasons)),
      text(w.again),
    ],
  }
}

function withdrawn({ reason }: Told<'withdrawn'>, { w, you, item, day }: Around): Draft {
  return {
    sort: 'withdrawn',
    body: [
      text(w.withdrawn(you, item, day)),
      reason === undefined ? undefined : text(w.because(reason)),
      text(w.again),
    ],
  }
}
