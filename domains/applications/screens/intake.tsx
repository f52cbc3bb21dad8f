// At the window: choose the item, ask for the situation, and fill in exactly what its version asks for; all of it by keyboard.
import { useState } from 'react'
import {
  Already,
  Choose,
  factsOf,
  lang,
  ShapedForm,
  Ticks,
  useItem,
  Waiting,
  type FormProps,
} from '../../../web/part/index.ts'
import type { Content } from '../../items/index.ts'
import { askedIn } from '../demand.ts'
import { answersIn, askedAt, heldBy, papersIn, plainIn, presetOf, shapeOf } from './ask.ts'
import { t } from './words.ts'

export function Intake(props: FormProps) {
  const { meta, kind, preset } = props
  const [item, choose] = useState(typeof preset['item'] === 'string' ? preset['item'] : undefined)
  const [situations, set] = useState<readonly string[]>([])
  const known = useItem('item', item)
  const content = known?.item.facts as unknown as (Content & { readonly version: string }) | undefined
  const schema = kind.commands['submit']!.schema
  const asked = content && { ...askedIn(content, situations), commitment: content.commitment, of: [content] }
  return (
    <div className="stack intake">
      <h1>{kind.commands['submit']!.title}</h1>
      <Choose
        of="item"
        label={t.choose}
        hint={t.chooseHint}
        value={item}
        set={(id) => {
          choose(id)
          set([])
        }}
        meta={meta}
        kind={kind}
      />
      {item !== undefined && !known && <Waiting query={{ data: undefined, error: null } as never} />}
      {known && known.item.phase !== 'standing' && <p className="told warned">{t.notOpen}</p>}
      {content && asked && known?.item.phase === 'standing' && (
        <>
          <Told content={content} />
          {content.situations.length > 0 && (
            <Ticks
              key={item}
              legend={t.situations}
              hint={t.situationsHint}
              options={content.situations.map((one) => [one.situation, one.situationName] as const)}
              chosen={situations}
              set={set}
              first
            />
          )}
          {(content.situations.length === 0 || situations.length > 0) && (
            <ShapedForm
              {...props}
              key={item}
              of="application"
              name="submit"
              shape={shapeOf(asked, schema, lang)}
              preset={{ channel: 'window', delivery: 'collect', ...presetOf(asked) }}
              heed={({ enterprise, applicant }) => (
                <Already
                  meta={meta}
                  of="application"
                  facets={{ item: known.item.id }}
                  enterprise={enterprise}
                  applicant={applicant}
                />
              )}
              input={async (values) => ({
                ...plainIn(values),
                item,
                version: content.version,
                situations,
                answers: [...answersIn(values), ...(await heldBy(asked, values, (one) => factsOf('enterprise', one)))],
                papers: papersIn(values),
              })}
              at={(field, sent) => askedAt(field, sent, asked)}
            />
          )}
        </>
      )}
    </div>
  )
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
