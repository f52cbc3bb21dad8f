// Where the day begins: the first screen of one's desk.
import { Navigate } from '@tanstack/react-router'
import { useMe } from '../query.ts'
import { deskOf } from './roles.ts'

export function Home() {
  const me = useMe()
  const first = me.data && deskOf(me.data)[0]
  return first ? <Navigate to={first.to} replace /> : null
}
