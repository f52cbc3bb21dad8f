// The life of one appeal as commands, for benches that write: raised, dispatched, signed for, worked on, answered, confirmed, rated.
import { people } from '../cities/tonghua/people.ts'
import { stories } from '../cities/tonghua/stories.ts'

export type Step = {
  /** Who gives it; the `appellant` comes with the code that raising gave out. */
  readonly by: string
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

export const handlers = people.flatMap(({ id, posts }) =>
  posts.filter(({ role, to }) => role === 'handler' && to === undefined).map(({ unit }) => ({ id, unit })),
)

/** A complaint about arrears says more than these do. */
export const plain = stories.filter(({ matter }) => matter !== 'arrears')

/** The seven steps of the n-th case, of an enterprise. */
export function lifeOf(n: number, enterprise: string): readonly Step[] {
  const { title, body, matter, line, progress, answer } = plain[n % plain.length]!
  const { id: handler, unit } = handlers[n % handlers.length]!
  const level = unit.startsWith('city') ? 'city' : 'county'
  const contact = { contact: '企业经办人', phone: '199-0000-0000' }
  return [
    { by: 'clerk', name: 'raise', input: { title, body, matter, line, channel: 'phone', enterprise, ...contact } },
    { by: 'dispatcher', name: 'dispatch', input: { unit, line, matter, level } },
    { by: handler, name: 'sign', input: {} },
    { by: handler, name: 'note', input: { text: progress } },
    { by: handler, name: 'answer', input: { outcome: 'solved', text: answer, evidence: ['办理凭证（合成数据）'] } },
    { by: 'caller', name: 'callBack', input: { accepted: true, note: '电话回访，企业确认。' } },
    { by: 'appellant', name: 'rate', input: { grade: '5' } },
  ]
}

/** A case that somebody is at: its steps, the next of them, its id and its code. */
type Life = { readonly steps: readonly Step[]; readonly at: number; readonly id: string; readonly code: string }

/** For each client one case after another, step by step; giving the first step tells the id and the code. */
export function lives(
  firms: readonly string[],
  give: (step: Step, life: Life, client: number) => Promise<Pick<Life, 'id' | 'code'>>,
): (client: number) => Promise<void> {
  const mine = new Map<number, Life>()
  let begun = 0
  return async (client) => {
    let life = mine.get(client)
    if (!life || life.at === life.steps.length) {
      begun += 1
      life = { steps: lifeOf(begun, firms[(begun * 7919) % firms.length]!), at: 0, id: '', code: '' }
    }
    const told = await give(life.steps[life.at]!, life, client)
    mine.set(client, { ...life, ...told, at: life.at + 1 })
  }
}
