// What the screens of domains are made from; they see nothing else of the desks.
export {
  listPath,
  Problem,
  send,
  type Detail,
  type Item,
  type KindMeta,
  type Meta,
  type Names,
  type Schema,
} from '../api.ts'
export { Choose, Ticks } from '../form/guide.tsx'
export { ShapedForm, type Shape } from '../form/shaped.tsx'
export { useKeys, useKeyWords } from '../keys.ts'
export { useOutbox } from '../outbox.ts'
export { factsOf, useAnswer, useItem, useItems, useList, useMe, useMeta, useOnline } from '../query.ts'
export { lang, words } from '../texts.ts'
export { Already } from './already.tsx'
export { MiniClock } from './clock.tsx'
export { dateWords, daysBetween, said } from './facts.tsx'
export { Rows } from './rows.tsx'
export type { Beside, Form, FormProps, Screen } from './screen.ts'
export { Supervision } from './supervision.tsx'
export { Empty, More, Waiting } from './waiting.tsx'
export { useWide } from '../wide.ts'
