// Appeals supervised by unit; notices are served from the list.
import { Supervision, words } from '../../../web/part/index.ts'

export function Supervise() {
  return <Supervision kind="appeal" title={words({ 'zh-CN': '各单位诉求办理', en: 'Appeals by unit' })} />
}
