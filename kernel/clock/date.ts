// Civil dates as day numbers and back, without time zones; moments in the city's one zone, UTC+8.

/** `YYYY-MM-DD`. */
export type CivilDate = string
/** ISO 8601 with the offset of China, `2026-05-09T10:00:00.000+08:00`. */
export type Moment = string

const DAY = 86_400_000
const ZONE = 8 * 3_600_000
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

const leap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

function lengthOf(year: number, month: number): number {
  return month === 2 && leap(year) ? 29 : MONTHS[month - 1]!
}

/** Whether the text is a date that exists. */
export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year, month, day] = partsOf(text)
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lengthOf(year, month)
}

function partsOf(date: CivilDate): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))]
}

/** Days since 1970-01-01. Throws a RangeError for a date that does not exist. */
export function dayOf(date: CivilDate): number {
  if (!isCivilDate(date)) throw new RangeError(`${date} is not a date`)
  const [year, month, day] = partsOf(date)
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const ofEra = shifted - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
}

/** The date of a day number. */
export function civil(day: number): CivilDate {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const place = Math.floor((5 * ofYear + 2) / 153)
  const month = place < 10 ? place + 3 : place - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return text(year, month, ofYear - Math.floor((153 * place + 2) / 5) + 1)
}

/** The year of a day number. */
export function yearOf(day: number): number {
  return Number(civil(day).slice(0, 4))
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return civil(dayOf(date) + days)
}

/** The same day of a later month, or that month's last day where it has no such day. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const [year, month, day] = partsOf(date)
  const place = year * 12 + month - 1 + months
  const [then, of] = [Math.floor(place / 12), (((place % 12) + 12) % 12) + 1]
  return text(then, of, Math.min(day, lengthOf(then, of)))
}

/** 0 for Sunday to 6 for Saturday. */
export function weekday(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** The moment, in milliseconds since 1970, as it is written here. */
export function moment(milliseconds: number): Moment {
  return new Date(milliseconds + ZONE).toISOString().replace('Z', '+08:00')
}

/** A minute of a day in the city, in milliseconds since 1970. */
export function momentIn(day: number, minute: number): number {
  return day * DAY - ZONE + minute * 60_000
}

/** The civil date of a moment in the city; accepts any offset. */
export function dateOf(at: Moment): CivilDate {
  return at.endsWith('+08:00') ? at.slice(0, 10) : civil(Math.floor((Date.parse(at) + ZONE) / DAY))
}

/** The last moment of a day (民法典第二百零三条: the term ends at twenty-four hours of its last day). */
export function endOfDay(date: CivilDate): Moment {
  return `${date}T23:59:59.999+08:00`
}

function text(year: number, month: number, day: number): CivilDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
