// The hall (S24, S25): windows, numbers, bookings, rosters and chief representatives; all that another domain may see.
import { kind, type Domain } from '../../kernel/domain.ts'
import { booking } from './booking.ts'
import { hallDay } from './day.ts'
import { delegation } from './delegation.ts'
import { duty } from './duty.ts'
import { figures } from './figure.ts'
import { hall as place } from './hall.ts'
import * as en from './texts.en.ts'
import * as zhCN from './texts.zh-CN.ts'
import { ticket } from './ticket.ts'
import { window } from './window.ts'

export type { Booking } from './booking.ts'
export { covers, type HallDay } from './day.ts'
export { delegation, empowers, type Delegation } from './delegation.ts'
export { duty, type Duty } from './duty.ts'
export type { Hall } from './hall.ts'
export { dayId, GENERAL, nextFor, outlookFor, standingOf, type Standing, type Waiting } from './line.ts'
export type { Ticket } from './ticket.ts'
export { window, type Window } from './window.ts'

export const hall: Domain = {
  name: 'hall',
  texts: { 'zh-CN': { title: '政务大厅' }, en: { title: 'Service hall' } },
  kinds: [
    kind(place, { 'zh-CN': zhCN.hall, en: en.hall }),
    kind(window, { 'zh-CN': zhCN.window, en: en.window }),
    kind(ticket, { 'zh-CN': zhCN.ticket, en: en.ticket }),
    kind(booking, { 'zh-CN': zhCN.booking, en: en.booking }),
    kind(hallDay, { 'zh-CN': zhCN.hallDay, en: en.hallDay }),
    kind(duty, { 'zh-CN': zhCN.duty, en: en.duty }),
    kind(delegation, { 'zh-CN': zhCN.delegation, en: en.delegation }),
  ],
  figures,
}
