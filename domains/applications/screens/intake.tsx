// At the window: choose the item, ask for the situation, and fill in exactly what its version asks for; all of it by keyboard.
import { useEffect, useRef, useState } from 'react'
import { ask, Find, listPath, ShapedForm, useItem, Waiting, type FormProps } from '../../../web/part/index.ts'
import type { Content } from '../../items/index.ts'
import { answersIn, askedAt, papersIn, plainIn, presetOf, shapeOf } from './ask.ts'
import { t } from './words.ts'

type Page = { readonly items: readonly { readonly facts: Readonly<Record<string, unknown>> }[] }

export function Intake(props: FormProps) {
  const { meta, kind, preset } = props
  const [item, choose] = useState(typeof preset['item'] === 'string' ? preset['item'] : undefined)
  const [situations, set] = useState<readonly string[]>([])
  const known = useItem('item', item)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector('input')?.focus(), [])
  const content = known?.item.facts as unknown as (Content & { readonly version: string }) | undefined
  const schema = kind.commands['submit']!.schema
  return (
    <div className="stack intake">
      <h1>{kind.commands['submit']!.title}</h1>
      <div className="field" ref={box}>
        <label htmlFor="intake-item">{t.choose}</label>
        <div id="intake-item-more">
          <p className="hint">{t.chooseHint}</p>
        </div>
        <Find
          of="item"
          id="intake-item"
          name="item"
          schema={{ type: 'string' }}
          value={item}
          set={(id) => {
            choose(typeof id === 'string' ? id : undefined)
            set([])
          }}
          meta={meta}
          kind={kind}
          invalid={false}
          problems={{}}
          values={{}}
          Nested={() => null}
        />
      </div>
      {item !== undefined && !known && <Waiting query={{ data: undefined, error: null } as never} />}
      {known && known.item.phase !== 'standing' && <p className="told warned">{t.notOpen}</p>}
      {content && known?.item.phase === 'standing' && (
        <>
          <Told content={content} />
          {content.situations.length > 0 && <Situations content={content} chosen={situations} set={set} />}
          {(content.situations.length === 0 || situations.length > 0) && (
            <ShapedForm
              {...props}
              key={`${item} ${situations.join(' ')}`}
              of="application"
              name="submit"
              shape={shapeOf(content, situations, schema, t)}
              preset={{ channel: 'window', delivery: 'collect', ...presetOf(content, situations) }}
              input={async (values) => ({
                ...plainIn(values),
                item,
                version: content.version,
                situations,
                answers: [...answersIn(values), ...(await heldBy(content, values))],
                papers: papersIn(values),
              })}
              at={askedAt}
            />
          )}
        </>
      )}
    </div>
  )
}

/** What the city holds already of the enterprise that was chosen is not asked again. */
async function heldBy({ fields }: Content, values: Readonly<Record<string, unknown>>) {
  const { enterprise } = values
  const open = fields.filter(
    ({ known, field }) => known?.startsWith('enterprise.') && values[`field:${field}`] === undefined,
  )
  if (typeof enterprise !== 'string' || open.length === 0) return []
  const { items } = await ask<Page>(listPath('enterprise', { id: enterprise }))
  const facts: Readonly<Record<string, unknown>> = { uscc: enterprise, ...items[0]?.facts }
  return open.flatMap(({ field, known }) => {
    const value = facts[known!.slice('enterprise.'.length)]
    return typeof value === 'string' && !value.includes('*') ? [{ field, value }] : []
  })
}

/** What the clerk tells whoever stands before him. */
function Told({ content }: { readonly content: Content }) {
  const { promised, promisedUnit, statutory, statutoryUnit, handling, fee, feeBasis, conditions } = content
  const time = (budget: number, unit: string) => `${budget} ${t.units[unit] ?? unit}`
  return (
    <dl className="facts">
      <div className="pair">
        <dt>{t.promise}</dt>
        <dd>{handling === 'at-once' ? t.atOnce : time(promised, promisedUnit)}</dd>
      </div>
      {statutory !== undefined && statutoryUnit !== undefined && (
        <div className="pair">
          <dt>{t.law}</dt>
          <dd>{time(statutory, statutoryUnit)}</dd>
        </div>
      )}
      <div className="pair">
        <dt>{t.fee}</dt>
        <dd>{fee ? feeBasis : t.free}</dd>
      </div>
      <div className="pair">
        <dt>{t.conditions}</dt>
        <dd className="said">{conditions}</dd>
      </div>
    </dl>
  )
}

type SituationsProps = {
  readonly content: Content
  readonly chosen: readonly string[]
  readonly set: (chosen: readonly string[]) => void
}

function Situations({ content, chosen, set }: SituationsProps) {
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  return (
    <fieldset className="field">
      <legend>{t.situations}</legend>
      <p className="hint">{t.situationsHint}</p>
      <div className="choices">
        {content.situations.map(({ situation, situationName }, place) => (
          <label className="choice" key={situation}>
            <input
              ref={place === 0 ? first : undefined}
              type="checkbox"
              checked={chosen.includes(situation)}
              onChange={({ target }) =>
                set(
                  content.situations
                    .map((one) => one.situation)
                    .filter((one) => (one === situation ? target.checked : chosen.includes(one))),
                )
              }
            />
            <span>{situationName}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
