// Which screens stand on whose desk.
import type { Me } from '../api.ts'
import { t } from '../texts.ts'

type Place = { readonly to: string; readonly text: string }

const inbox = { to: '/inbox', text: t.inbox }
const triage = { to: '/triage', text: t.triage }
const calls = { to: '/calls', text: t.calls }
const supervise = { to: '/supervise', text: t.supervise }
const late = { to: '/late', text: t.red }
const mine = { to: '/mine', text: t.mine }
const admin = { to: '/admin', text: t.admin }
const audit = { to: '/audit', text: t.audit }
const figures = { to: '/figures', text: t.figures }
const register = { to: '/new/appeal/raise', text: t.register }

/** The first is where a role begins its day. */
const DESKS: Readonly<Record<string, readonly Place[]>> = {
  handler: [inbox, mine],
  'unit-head': [inbox, late, mine],
  dispatcher: [triage, register, late],
  clerk: [register],
  caller: [calls],
  supervisor: [supervise, late, mine],
  leader: [mine, late],
  'system-admin': [admin],
  'security-admin': [admin],
  'audit-admin': [audit],
}

export function deskOf(me: Me): readonly Place[] {
  const all = [...me.posts.flatMap(({ role }) => DESKS[role] ?? []), figures]
  return all.filter((place, at) => all.findIndex((one) => one.to === place.to) === at)
}
