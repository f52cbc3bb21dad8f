// What stands before a form whose questions follow from a choice: the record that it is about, and what has to be told first.
import { useEffect, useRef } from 'react'
import type { KindMeta, Meta } from '../api.ts'
import { Find } from './find.tsx'

type ChooseProps = {
  readonly of: string
  readonly label: string
  readonly hint: string
  readonly value: string | undefined
  readonly set: (id: string | undefined) => void
  readonly meta: Meta
  readonly kind: KindMeta
}

/** The record, found by typing; whoever opens the form begins here. */
export function Choose({ of, label, hint, value, set, meta, kind }: ChooseProps) {
  const box = useRef<HTMLDivElement>(null)
  const id = `choose-${of}`
  useEffect(() => box.current?.querySelector('input')?.focus(), [])
  return (
    <div className="field" ref={box}>
      <label htmlFor={id}>{label}</label>
      <div id={`${id}-more`}>
        <p className="hint">{hint}</p>
      </div>
      <Find
        of={of}
        id={id}
        name={of}
        schema={{ type: 'string' }}
        value={value}
        set={(one) => set(typeof one === 'string' ? one : undefined)}
        meta={meta}
        kind={kind}
        invalid={false}
        problems={{}}
        values={{}}
        Nested={() => null}
      />
    </div>
  )
}

type TicksProps = {
  readonly legend: string
  readonly hint?: string
  readonly problem?: string | undefined
  readonly options: readonly (readonly [key: string, label: string])[]
  readonly chosen: readonly string[]
  readonly set: (chosen: readonly string[]) => void
  /** Whether it takes the focus when it appears. */
  readonly first?: boolean
}

/** Any of a few, in their order. */
export function Ticks({ legend, hint, problem, options, chosen, set, first = false }: TicksProps) {
  const box = useRef<HTMLFieldSetElement>(null)
  const wanted = first || problem !== undefined
  useEffect(() => {
    if (wanted) box.current?.querySelector('input')?.focus()
  }, [wanted, problem])
  return (
    <fieldset className={problem === undefined ? 'field' : 'field wrong'} ref={box}>
      <legend>{legend}</legend>
      {hint !== undefined && <p className="hint">{hint}</p>}
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="choices">
        {options.map(([key, label]) => (
          <label className="choice" key={key}>
            <input
              type="checkbox"
              checked={chosen.includes(key)}
              onChange={({ target }) =>
                set(options.map(([one]) => one).filter((one) => (one === key ? target.checked : chosen.includes(one))))
              }
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
