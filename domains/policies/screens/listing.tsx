// The list of those who are entitled, made from data (免申即享): a claim for each, and of those for whom none came about, why.
import { useState } from 'react'
import { send, useMe, type Detail } from '../../../web/part/index.ts'
import type { Reach } from '../reach.ts'
import { t } from './words.ts'

/** As many at a time, so that one sees how far it is. */
const TOGETHER = 100

type Answer = { readonly done: unknown } | { readonly code: string; readonly detail: string }
type Made = {
  readonly entered: number
  readonly before: number
  readonly refused: readonly string[]
  readonly of: number
}

export function Listing({ record, entitled }: { readonly record: Detail; readonly entitled: number }) {
  const me = useMe()
  const [made, make] = useState<Made>()
  const [busy, work] = useState(false)
  const [problem, fail] = useState<string>()
  const list = async () => {
    const { rule } = record.facts
    work(true)
    fail(undefined)
    try {
      const { entitledIds = [] } = await send<Reach>('/api/reach', { rule, names: true })
      const year = me.data!.today.slice(0, 4)
      let so: Made = { entered: 0, before: 0, refused: [], of: entitledIds.length }
      make(so)
      for (let at = 0; at < entitledIds.length; at += TOGETHER) {
        const commands = entitledIds.slice(at, at + TOGETHER).map((enterprise) => ({
          kind: 'claim',
          name: 'list',
          input: { benefit: record.id, enterprise, year },
          // The same list made twice in a day is one.
          key: `list ${record.id} ${enterprise} ${me.data!.today}`,
        }))
        const { answers } = await send<{ answers: readonly Answer[] }>('/api/batch', { commands })
        for (const answer of answers)
          if ('done' in answer) so = { ...so, entered: so.entered + 1 }
          else if (answer.code === 'claimed-already') so = { ...so, before: so.before + 1 }
          else so = { ...so, refused: [...so.refused, answer.detail] }
        make(so)
      }
    } catch (failure) {
      fail(failure instanceof Error ? failure.message : String(failure))
    } finally {
      work(false)
    }
  }
  const reasons = [...new Map(made?.refused.map((one) => [one, made.refused.filter((other) => other === one).length]))]
  const so = made ? made.entered + made.before + made.refused.length : 0
  return (
    <section className="stack">
      <h2>{t.list}</h2>
      <p className="soft">{t.listNote}</p>
      <p>
        <button type="button" disabled={busy || entitled === 0} onClick={() => void list()}>
          {t.make(String(entitled))}
        </button>
      </p>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {made && (
        <div role="status">
          {busy && <progress value={made.of === 0 ? 1 : so / made.of} aria-label={t.list} />}
          <p>{t.made(made.entered, made.before, made.refused.length)}</p>
          <ul>
            {reasons.map(([reason, count]) => (
              <li key={reason}>{t.because(reason, count)}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
