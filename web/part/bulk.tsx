// The same step for several records at once: only steps that all of them allow; what is refused stays chosen and is named.
import { useState } from 'react'
import { commands, Problem, type Meta } from '../api.ts'
import { CommandForm } from '../form/command.tsx'
import { tell } from '../told.ts'
import { t } from '../texts.ts'
import type { Selection } from './select.ts'

export function Bulk({ selection, meta }: { readonly selection: Selection; readonly meta: Meta }) {
  const [chosen, choose] = useState<string>()
  const { chosen: items } = selection
  const [first] = items
  if (!first)
    return (
      <p className="row">
        <span className="soft">{t.selectHint}</span>
        <button type="button" className="plain" onClick={() => selection.all()}>
          {t.selectAll}
        </button>
      </p>
    )
  const of = first.kind
  const kind = meta.kinds[of]!
  const same = items.every((item) => item.kind === of)
  const common = (first.commands ?? []).filter(
    (name) => same && kind.commands[name]?.many && items.every((item) => item.commands?.includes(name)),
  )
  const open = chosen !== undefined && common.includes(chosen) ? chosen : undefined
  const give = async (name: string, input: object, key: string) => {
    const answers = await commands(
      items.map((item) => ({ kind: of, id: item.id, name, input })),
      key,
    )
    const refused = items.flatMap((item, place) => {
      const answer = answers[place]
      return answer instanceof Problem ? [{ item, answer }] : []
    })
    selection.keep(refused.map((one) => one.item))
    if (refused.length === 0) return tell({ text: t.doneMany(kind.commands[name]?.title ?? '', items.length) })
    const fields = refused[0]!.answer.fields
    const detail = refused.map(({ item, answer }) => `${item.title}: ${answer.message}`).join('\n')
    throw new Problem(409, {
      detail: `${t.someRefused(items.length - refused.length, refused.length)}\n${detail}`,
      fields: refused.length === items.length ? fields : [],
    })
  }
  return (
    <section className="stack" aria-label={t.selected(items.length)}>
      <h2>{t.selected(items.length)}</h2>
      <ul className="plainlist">
        {items.map((item) => (
          <li key={item.id}>{item.title}</li>
        ))}
      </ul>
      <div className="row">
        {common.map((name) => (
          <button
            key={name}
            type="button"
            aria-expanded={open === name}
            className={open === name ? '' : 'second'}
            onClick={() => choose(open === name ? undefined : name)}
          >
            {kind.commands[name]?.title}
          </button>
        ))}
        <button type="button" className="plain" onClick={() => selection.all()}>
          {t.selectAll}
        </button>
        <button type="button" className="plain" onClick={() => selection.turn(false)}>
          {t.unselect}
        </button>
      </div>
      {common.length === 0 && <p className="soft">{t.nothingInCommon}</p>}
      {open !== undefined && (
        <CommandForm
          key={open}
          meta={meta}
          kind={kind}
          of={of}
          name={open}
          give={(input, key) => give(open, input, key)}
          onDone={() => {
            choose(undefined)
            selection.turn(false)
          }}
          onCancel={() => choose(undefined)}
        />
      )}
    </section>
  )
}
