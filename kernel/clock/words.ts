// The derivation of a date in words a person can follow.
import type { Language } from '../texts.ts'
import { dayOf, weekday, type CivilDate, type Moment } from './date.ts'
import type { Notice } from './editions.ts'
import type { Deadline, Step, Unit } from './limit.ts'

const WEEK = {
  'zh-CN': ['日', '一', '二', '三', '四', '五', '六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const
const MONTH = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

const UNIT: Record<Language, Record<Unit, string>> = {
  'zh-CN': { 'working-day': '个工作日', 'calendar-day': '日', month: '个月', 'working-hour': '个工作小时' },
  en: { 'working-day': 'working days', 'calendar-day': 'days', month: 'months', 'working-hour': 'working hours' },
}

/** Grounds that the house itself knows; any other is shown as it was written. */
const GROUND: Record<Language, Record<string, string>> = {
  'zh-CN': {
    'information-asked': '等待诉求人补充材料',
    'long-term': '长期挂账',
    answered: '已答复，等待回访',
    'special-procedure': '特别程序所需时间不计入',
  },
  en: {
    'information-asked': 'waiting for the appellant',
    'long-term': 'listed as long-term',
    answered: 'answered, waiting for the call-back',
    'special-procedure': 'a special procedure, whose time does not count',
  },
}

/** A length of time with its unit: 15个工作日. */
export function term(budget: number, unit: Unit, lang: Language): string {
  if (lang === 'zh-CN') return `${budget}${UNIT[lang][unit]}`
  return `${budget} ${budget === 1 ? UNIT[lang][unit].replace(/s$/, '') : UNIT[lang][unit]}`
}

/** A date with its weekday: 2026年5月9日（周六）; in the year that is given the year is left out. */
export function dateWords(date: CivilDate, lang: Language, makeUp = false, inYear = ''): string {
  const [year, month, day] = [date.slice(0, 4), Number(date.slice(5, 7)), Number(date.slice(8, 10))]
  const week = WEEK[lang][weekday(dayOf(date))]!
  const short = year === inYear
  if (lang === 'zh-CN') return `${short ? '' : `${year}年`}${month}月${day}日（周${week}${makeUp ? '，补班' : ''}）`
  return `${week} ${day} ${MONTH[month - 1]}${short ? '' : ` ${year}`}${makeUp ? ' (make-up working day)' : ''}`
}

/** A minute of the day as a clock shows it: 810 is 13:30. */
function minutes(at: number): string {
  return `${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}`
}

function hour(at: Moment): string {
  return at.slice(11, 16)
}

/** The notice's number, and that nobody has read it in the notice itself where that is so. */
function number(notice: Notice, lang: Language): string {
  if (notice.verified) return notice.number
  return lang === 'zh-CN' ? `${notice.number}，文号待核` : `${notice.number}, number not verified`
}

/** The day alone, where the year and the weekday stand beside it: 5月9日. */
export function dayWords(date: CivilDate, lang: Language): string {
  const [month, day] = [Number(date.slice(5, 7)), Number(date.slice(8, 10))]
  return lang === 'zh-CN' ? `${month}月${day}日` : `${day} ${MONTH[month - 1]}`
}

/** One step of the derivation; `nameOf` tells who somebody is, where that is known. */
export function explain(
  step: Step,
  lang: Language,
  nameOf: (person: string) => string | undefined = () => undefined,
): string {
  const zh = lang === 'zh-CN'
  const date = (one: CivilDate) => dateWords(one, lang)
  switch (step.kind) {
    case 'start': {
      const whole = term(step.budget, step.unit, lang)
      if (step.at !== undefined)
        return zh
          ? `自${date(step.date)}${hour(step.at)}起，只计办公时间；期限为${whole}（${step.article}）。`
          : `Counted from ${date(step.date)}, ${hour(step.at)}, in office hours only; the term is ${whole} (${step.article}).`
      return zh
        ? `自${date(step.date)}起算，当日不计（民法典第二百零一条）；期限为${whole}（${step.article}）。`
        : `Counted from ${date(step.date)}, that day not included (Civil Code art. 201); the term is ${whole} (${step.article}).`
    }
    case 'extension': {
      const by = nameOf(step.by)
      const much = zh ? `${step.budget}${UNIT[lang][step.unit]}` : term(step.budget, step.unit, lang)
      return zh
        ? `${date(step.on)}经${by ?? ''}批准延长${much}，理由：${step.reason}。`
        : `Extended by ${much} on ${date(step.on)}${by === undefined ? '' : ` by ${by}`}; reason: ${step.reason}.`
    }
    case 'pause': {
      const ground = GROUND[lang][step.ground] ?? step.ground
      if (step.to < step.from)
        return zh ? `自${date(step.from)}起暂停计算：${ground}。` : `Stands still from ${date(step.from)}: ${ground}.`
      if (step.to === step.from && !step.open)
        return zh ? `${date(step.from)}不计入期限：${ground}。` : `${date(step.from)} does not count: ${ground}.`
      const to = step.open
        ? zh
          ? `至今（${date(step.to)}）`
          : `still lasting on ${date(step.to)}`
        : zh
          ? `至${date(step.to)}`
          : `to ${date(step.to)}`
      return zh
        ? `${date(step.from)}${to}不计入期限：${ground}。`
        : `From ${date(step.from)} ${to} does not count: ${ground}.`
    }
    case 'hours': {
      const spans = step.spans.map((span) => span.map(minutes).join(zh ? '至' : ' to '))
      return zh
        ? `办公时间（${date(step.date)}起）：${spans.join('、')}；其余时间不计。`
        : `Office hours from ${date(step.date)} on: ${spans.join(', ')}; no other time counts.`
    }
    case 'off':
      if (step.from === step.to)
        return zh
          ? `${date(step.from)}放假（${number(step.notice, lang)}）。`
          : `${date(step.from)} is a holiday (${number(step.notice, lang)}).`
      return zh
        ? `${date(step.from)}至${date(step.to)}放假（${number(step.notice, lang)}）。`
        : `Holiday from ${date(step.from)} to ${date(step.to)} (${number(step.notice, lang)}).`
    case 'make-up':
      return zh
        ? `${date(step.date)}补班，计为工作日（${number(step.notice, lang)}）。`
        : `${date(step.date)} is a make-up working day and counts (${number(step.notice, lang)}).`
    case 'roll':
      return zh
        ? `期限届满日${date(step.from)}是休息日，顺延至${date(step.to)}（民法典第二百零三条）。`
        : `The term would end on ${date(step.from)}, a day off, and runs to ${date(step.to)} (Civil Code art. 203).`
    case 'provisional':
      return zh
        ? `没有${step.year}年的节假日安排（尚未公布，或未收录），暂按法定节假日和周末推算，公布后重新计算。`
        : `No arrangement of the holidays of ${step.year} is known (not announced yet, or not recorded); statutory holidays and weekends are assumed until one is.`
    case 'due':
      return zh
        ? `到期日：${dateWords(step.date, lang, step.makeUp)}${step.at === undefined ? '' : ` ${hour(step.at)}`}。`
        : `Due: ${dateWords(step.date, lang, step.makeUp)}${step.at === undefined ? '' : `, ${hour(step.at)}`}.`
  }
}

/** How a promise stands, in one sentence; a due date in the year that is given is told without it. */
export function sentence(deadline: Deadline, lang: Language, inYear = ''): string {
  const zh = lang === 'zh-CN'
  const units = deadline.unit === 'month' ? 'calendar-day' : deadline.unit
  const due = dateWords(deadline.due, lang, deadline.makeUp, inYear)
  const amount = Math.round(Math.abs(deadline.left) * 10) / 10
  const much = zh
    ? ` ${amount} ${UNIT[lang][units]}`.replace(' 日', ' 天')
    : `${amount} ${amount === 1 ? UNIT[lang][units].replace(/s$/, '') : UNIT[lang][units]}`
  const past = deadline.left === 0 ? '' : much
  const note = deadline.provisional ? (zh ? '，暂定' : ', provisional') : ''
  switch (deadline.state) {
    case 'ended':
      return deadline.late
        ? zh
          ? `已办结，超过期限${past}，应于${due}到期${note}`
          : `Done, ${past === '' ? '' : `${past} `}late; it was due ${due}${note}`
        : zh
          ? `已在期限内办结，期限到${due}${note}`
          : `Done in time; it was due ${due}${note}`
    case 'stopped':
      return zh ? `计时已暂停，恢复后还剩${much}` : `The clock is stopped; ${much} left when it runs on`
    case 'overdue':
      return zh
        ? `已超期${past}，${due}到期${note}`
        : `Overdue${past === '' ? '' : ` by ${past}`}; it was due ${due}${note}`
    case 'warned':
    case 'in-time':
      return deadline.left === 0
        ? zh
          ? `今天到期，${due}${note}`
          : `Due today, ${due}${note}`
        : zh
          ? `还剩${much}，${due}到期${note}`
          : `${much} left, due ${due}${note}`
  }
}
