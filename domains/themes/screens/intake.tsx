// A theme at the window: what is told and chosen first, then one form in which everything is asked once; all of it by keyboard.
import { useState } from 'react'
import {
  Already,
  Choose,
  factsOf,
  lang,
  ShapedForm,
  Ticks,
  useItem,
  useItems,
  Waiting,
  type FormProps,
  type Item,
} from '../../../web/part/index.ts'
import { answersIn, askedAt, heldBy, papersIn, plainIn, presetOf, shapeOf } from '../../applications/index.ts'
import type { Content } from '../../items/index.ts'
import { formOf, type Form } from '../form.ts'
import type { ThemeState } from '../theme.ts'
import { t } from './words.ts'

type Theme = Exclude<ThemeState, { phase: 'none' }>
type Open = {
  readonly item: string
  readonly unit: string
  readonly choice: boolean
  readonly content: Content & { readonly version: string }
}

export function JointIntake(props: FormProps) {
  const { meta, kind, preset } = props
  const [theme, choose] = useState(typeof preset['theme'] === 'string' ? preset['theme'] : undefined)
  const known = useItem('theme', theme)
  const of = known?.item.facts as unknown as Theme | undefined
  const items = useItems('item', of?.parts.map(({ item }) => item) ?? [])
  return (
    <div className="stack intake">
      <h1>{kind.commands['submit']!.title}</h1>
      <Choose of="theme" label={t.choose} hint={t.chooseHint} value={theme} set={choose} meta={meta} kind={kind} />
      {theme !== undefined && (!known || !items) && <Waiting query={{ data: undefined, error: null } as never} />}
      {known && known.item.phase !== 'standing' && <p className="told warned">{t.notOpen}</p>}
      {of && items && known?.item.phase === 'standing' && (
        <Parts key={theme} {...props} of={of} lead={known.names[of.lead] ?? ''} theme={known.item.id} items={items} />
      )}
    </div>
  )
}

type PartsProps = FormProps & {
  readonly of: Theme
  readonly lead: string
  readonly theme: string
  readonly items: readonly (Item | undefined)[]
}

function Parts({ of, lead, items, ...props }: PartsProps) {
  const closed = items.find((one) => one?.phase !== 'standing')
  if (items.some((one) => one?.phase !== 'standing'))
    return <p className="told warned">{t.itemNotOpen(closed?.title ?? '')}</p>
  const parts = items.map((one, place): Open => {
    const content = one!.facts as unknown as Open['content']
    const { item, choice = false } = of.parts[place]!
    return { item, unit: one!.unitName ?? '', choice, content }
  })
  return (
    <>
      <Told of={of} lead={lead} parts={parts} />
      <Guided {...props} parts={parts} />
    </>
  )
}

/** What the clerk tells whoever stands before him. */
function Told({ of, lead, parts }: { readonly of: Theme; readonly lead: string; readonly parts: readonly Open[] }) {
  const fees = parts.filter(({ content }) => content.fee)
  return (
    <dl className="facts">
      <div className="pair">
        <dt>{t.promise}</dt>
        <dd>{`${of.promised} ${t.units[of.promisedUnit] ?? ''}`}</dd>
      </div>
      <div className="pair">
        <dt>{t.lead}</dt>
        <dd>{lead}</dd>
      </div>
      <div className="pair">
        <dt>{t.needed}</dt>
        <dd>
          {parts
            .filter(({ choice }) => !choice)
            .map(({ item, unit, content }) => (
              <div key={item}>{t.by(content.name, unit)}</div>
            ))}
        </dd>
      </div>
      <div className="pair">
        <dt>{t.fees}</dt>
        <dd>
          {fees.length === 0
            ? t.free
            : fees.map(({ content }) => t.by(content.name, content.feeBasis ?? '')).join(t.between)}
        </dd>
      </div>
    </dl>
  )
}

/** What has to be chosen before it is clear what is asked; then the form. */
function Guided({ parts, ...props }: FormProps & { readonly theme: string; readonly parts: readonly Open[] }) {
  const [wanted, want] = useState<readonly string[]>([])
  const [situations, set] = useState<Readonly<Record<string, readonly string[]>>>({})
  const [gone, go] = useState(false)
  const [missing, miss] = useState<string>()
  const choices = parts.filter(({ choice }) => choice)
  const chosen = parts.filter(({ item, choice }) => !choice || wanted.includes(item))
  const several = chosen.filter(({ content }) => content.situations.length > 0)
  const open = several.find(({ item }) => (situations[item] ?? []).length === 0)
  const asks = choices.length > 0 || several.length > 0
  const all = chosen.map((one) => ({ ...one, situations: situations[one.item] ?? [] }))
  return (
    <>
      {asks && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            miss(open?.item)
            go(true)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') props.onCancel()
          }}
        >
          {choices.length > 0 && (
            <Ticks
              legend={t.choices}
              hint={t.choicesHint}
              options={choices.map(({ item, unit, content }) => [item, t.by(content.name, unit)] as const)}
              chosen={wanted}
              set={want}
              first
            />
          )}
          {several.map(({ item, content }, place) => (
            <Ticks
              key={item}
              legend={t.situations(content.name)}
              hint={t.situationsHint}
              problem={missing === item && open?.item === item ? t.noSituation : undefined}
              options={content.situations.map((one) => [one.situation, one.situationName] as const)}
              chosen={situations[item] ?? []}
              set={(now) => set({ ...situations, [item]: now })}
              first={place === 0 && choices.length === 0}
            />
          ))}
          {(!gone || open) && (
            <p className="row">
              <button type="submit">{t.go}</button>
              <span className="soft small nophone">{t.goHint}</span>
            </p>
          )}
        </form>
      )}
      {(!asks || gone) && !open && <OneForm {...props} parts={all} />}
    </>
  )
}

type Chosen = Open & { readonly situations: readonly string[] }

/** Each field and each paper once; what one item produces for another is told, not asked for. */
function OneForm({
  parts,
  theme,
  ...props
}: FormProps & { readonly theme: string; readonly parts: readonly Chosen[] }) {
  const form = formOf(parts)
  if ('refused' in form) return <p className="told warned">{t.cycle}</p>
  const contents = parts.map(({ content }) => content)
  const asked = { ...form.asked, commitment: contents.every((one) => one.commitment === true), of: contents }
  return (
    <ShapedForm
      {...props}
      of="joint"
      name="submit"
      shape={shapeOf(asked, props.kind.commands['submit']!.schema, lang)}
      preset={{ channel: 'window', delivery: 'collect', ...presetOf(asked) }}
      above={<Produced passed={form.passed} />}
      heed={({ enterprise, applicant }) => (
        <Already meta={props.meta} of="joint" facets={{ theme }} enterprise={enterprise} applicant={applicant} />
      )}
      input={async (values) => ({
        ...plainIn(values),
        theme,
        parts: parts.map(({ item, content: { version }, situations }) => ({ item, version, situations })),
        answers: [...answersIn(values), ...(await heldBy(asked, values, (one) => factsOf('enterprise', one)))],
        papers: papersIn(values),
      })}
      at={(field, sent) => askedAt(field, sent, asked)}
    />
  )
}

function Produced({ passed }: { readonly passed: Form['passed'] }) {
  if (passed.length === 0) return null
  return (
    <section className="before" aria-label={t.produced}>
      <strong>{t.produced}</strong>
      <ul>
        {passed.map(({ material, name, by }) => (
          <li key={material}>{t.producedBy(name, by)}</li>
        ))}
      </ul>
    </section>
  )
}
