// Applications supervised by unit.
import { Supervision } from '../../../web/part/index.ts'
import { t } from './words.ts'

export function Supervise() {
  return <Supervision kind="application" title={t.supervise} />
}
