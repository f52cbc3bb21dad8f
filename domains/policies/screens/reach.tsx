// The sand table of a benefit: change a number and see at once how many enterprises it reaches, what that costs, and who is kept out by what.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState, type ReactNode } from 'react'
import { yuan } from '../../../kernel/money.ts'
import { dateWords, lang, Problem, send, Waiting, type Detail } from '../../../web/part/index.ts'
import type { Reach } from '../reach.ts'
import type { Tier } from '../tier.ts'
import { Listing } from './listing.tsx'
import { t } from './words.ts'

type Text = {
  readonly rule: string
  readonly amount: string
  /** Instead of the amount. */
  readonly tiers: readonly Tier[]
  readonly cap: number | undefined
  readonly budget: number | undefined
  /** What it goes together with, and what not. */
  readonly beside: Readonly<Record<string, unknown>>
}

/** What is being drafted, or else what is in force. */
function textOf({ id, facts, timeline }: Detail): Text {
  const drafted = facts['by'] === undefined ? undefined : timeline.findLast(({ type }) => type === 'drafted')?.data
  const from = drafted ?? facts
  const number = (name: string) => (typeof from[name] === 'number' ? from[name] : undefined)
  const text = (name: string) => (typeof from[name] === 'string' ? from[name] : '')
  return {
    rule: text('rule'),
    amount: text('amount'),
    tiers: Array.isArray(from['tiers']) ? (from['tiers'] as readonly Tier[]) : [],
    cap: number('cap'),
    budget: number('budget'),
    beside: {
      benefit: id,
      ...Object.fromEntries(
        ['group', 'groupCap', 'excludes'].flatMap((name) => (name in from ? [[name, from[name]]] : [])),
      ),
    },
  }
}

function useReach({ rule, amount, tiers, cap, beside }: Omit<Text, 'budget'>) {
  return useQuery({
    queryKey: ['reach', rule, amount, tiers, cap, beside],
    queryFn: () =>
      send<Reach>('/api/reach', {
        rule,
        ...beside,
        ...(tiers.length > 0 ? { tiers } : amount !== '' && { amount }),
        ...(cap !== undefined && { cap }),
      }),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

/** Begun anew with each text that is drafted. */
export function Reached({ record }: { readonly record: Detail }) {
  return <SandTable key={record.version} record={record} />
}

function SandTable({ record }: { readonly record: Detail }) {
  const [written] = useState(() => textOf(record))
  const [rule, setRule] = useState(written.rule)
  const [amount, setAmount] = useState(written.amount)
  const [tiers, setTiers] = useState(written.tiers)
  const now = useReach({
    rule: useDeferredValue(rule),
    amount: useDeferredValue(amount),
    tiers: useDeferredValue(tiers),
    cap: written.cap,
    beside: written.beside,
  })
  const before = useReach(written)
  const changed = rule !== written.rule || amount !== written.amount || tiers !== written.tiers
  const problems = now.error instanceof Problem ? now.error.fields : []
  const wrong = (field: string) => problems.find((one) => one.field === field)?.message
  const { facts, phase } = record
  const gives = phase === 'standing' && facts['by'] === undefined && facts['mode'] !== 'elsewhere'
  return (
    <section className="stack reach">
      <h2>{t.title}</h2>
      <p className="soft">{t.lead}</p>
      <Numbers rule={rule} set={setRule} />
      <div className="fields">
        <Field id="reach-rule" label={t.rule} wrong={wrong('rule')}>
          {(of) => <textarea {...of} rows={4} value={rule} onChange={(event) => setRule(event.target.value)} />}
        </Field>
        {tiers.length === 0 && written.amount !== '' && (
          <Field id="reach-amount" label={t.amount} wrong={wrong('amount')}>
            {(of) => (
              <textarea
                {...of}
                rows={amount.length > 60 ? 4 : 1}
                value={amount}
                onChange={(event) => setAmount(event.target.value)}
              />
            )}
          </Field>
        )}
      </div>
      {tiers.map((tier, place) => (
        <TierFields
          key={place}
          place={place}
          tier={tier}
          set={(one) => setTiers(tiers.with(place, one))}
          wrong={(of) => wrong(`tiers.${place}.${of}`)}
        />
      ))}
      <p>
        <a href={`/api/benefits/${encodeURIComponent(record.id)}/model.dmn`} download>
          {t.model}
        </a>
      </p>
      {changed && (
        <p>
          <button
            className="second"
            type="button"
            onClick={() => {
              setRule(written.rule)
              setAmount(written.amount)
              setTiers(written.tiers)
            }}
          >
            {t.back}
          </button>
        </p>
      )}
      {now.error && !problems.some(({ field }) => SHOWN.test(field)) && (
        <p className="problem" role="alert">
          {now.error.message}
        </p>
      )}
      {now.data ? (
        <Found
          reach={now.data}
          before={changed ? before.data : undefined}
          budget={written.budget}
          paid={amount !== '' || tiers.length > 0}
        />
      ) : (
        !now.error && <Waiting query={now as never} />
      )}
      {gives && !changed && before.data && <Listing record={record} entitled={before.data.entitled} />}
    </section>
  )
}

/** Fields at which it is said what is wrong with them. */
const SHOWN = /^(rule|amount|tiers\.\d+\.(when|amount))$/

type FieldProps = {
  readonly id: string
  readonly label: string
  readonly wrong: string | undefined
  readonly half?: boolean
  readonly children: (of: { readonly id: string; readonly 'aria-describedby'?: string }) => ReactNode
}

function Field({ id, label, wrong, half = false, children }: FieldProps) {
  return (
    <div className={['field', wrong !== undefined && 'wrong', half && 'half'].filter(Boolean).join(' ')}>
      <label htmlFor={id}>{label}</label>
      {wrong !== undefined && (
        <p className="problem" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
      {children({ id, ...(wrong !== undefined && { 'aria-invalid': true, 'aria-describedby': `${id}-wrong` }) })}
    </div>
  )
}

type TierProps = {
  readonly place: number
  readonly tier: Tier
  readonly set: (tier: Tier) => void
  readonly wrong: (of: keyof Tier) => string | undefined
}

/** Of whom it is a tier, and what that gives. */
function TierFields({ place, tier, set, wrong }: TierProps) {
  const input = (of: keyof Tier, label: string) => (
    <Field id={`reach-tier-${place}-${of}`} label={label} wrong={wrong(of)} half>
      {(field) => (
        <input {...field} value={tier[of]} onChange={(event) => set({ ...tier, [of]: event.target.value })} />
      )}
    </Field>
  )
  return (
    <fieldset className="field">
      <legend>{t.tier(place + 1)}</legend>
      <div className="fields">
        {input('when', t.rule)}
        {input('amount', t.amount)}
      </div>
    </fieldset>
  )
}

/** Numbers after a sign of comparison, each with the condition in which it stands. */
const NUMBER = /([\p{L}\p{N}]+(?:\s*[-+*/]\s*[\p{L}\p{N}]+)*\s*(?:<=|>=|<|>|=)\s*)(-?\d+(?:\.\d+)?)/gu

function Numbers({ rule, set }: { readonly rule: string; readonly set: (rule: string) => void }) {
  const found = [...rule.matchAll(NUMBER)]
  if (found.length === 0) return null
  return (
    <fieldset className="field">
      <legend>{t.thresholds}</legend>
      <div className="fields">
        {found.map((one, place) => {
          const [, words = '', number = ''] = one
          const at = one.index + words.length
          return (
            // The place is what tells two of the same words apart.
            <div className="field half" key={place}>
              <label htmlFor={`reach-${place}`}>{words}</label>
              <input
                id={`reach-${place}`}
                type="number"
                step="any"
                value={number}
                onChange={(event) => {
                  if (event.target.value === '') return
                  set(rule.slice(0, at) + String(Number(event.target.value)) + rule.slice(at + number.length))
                }}
              />
            </div>
          )
        })}
      </div>
    </fieldset>
  )
}

const words = (n: number) => n.toLocaleString(lang === 'en' ? 'en' : 'zh-CN')

type FoundProps = {
  readonly reach: Reach
  /** As written, where something was changed. */
  readonly before: Reach | undefined
  readonly budget: number | undefined
  readonly paid: boolean
}

function Found({ reach, before, budget, paid }: FoundProps) {
  const { enterprises, day, cost, unreckoned, capped, apart, near, missing, looked } = reach
  const parts = [
    ['entitled', reach.entitled],
    ['open', reach.open],
    ['not', reach.not],
  ] as const
  return (
    <div className="stack" aria-live="polite">
      <p className="soft">{t.of(words(enterprises), dateWords(day))}</p>
      <svg
        className="reachbar"
        width="100%"
        height="16"
        role="img"
        aria-label={parts.map(([name, n]) => `${t[name]} ${n}`).join(', ')}
      >
        {parts.map(([name, n], place) => {
          const from = parts.slice(0, place).reduce((sum, [, one]) => sum + one, 0)
          const share = (one: number) => `${(100 * one) / Math.max(1, enterprises)}%`
          return <rect key={name} className={`reach-${name}`} x={share(from)} width={share(n)} height="16" />
        })}
      </svg>
      <dl className="facts">
        {parts.map(([name, n]) => (
          <div className="pair" key={name}>
            <dt>
              <span className={`reachkey reach-${name}`} aria-hidden="true" /> {t[name]}
            </dt>
            <dd>
              <strong>{t.firms(words(n))}</strong> {before && <Difference by={n - before[name]} say={words} />}
            </dd>
          </div>
        ))}
        {paid && (
          <div className="pair">
            <dt>{t.cost}</dt>
            <dd>
              <strong>{yuan(cost, lang)}</strong>{' '}
              {before && <Difference by={cost - before.cost} say={(fen) => yuan(fen, lang)} />}
              {unreckoned > 0 && <div className="soft small">{t.unreckoned(words(unreckoned))}</div>}
              {capped > 0 && <div className="soft small">{t.capped(words(capped))}</div>}
              {apart > 0 && <div className="soft small">{t.apart(words(apart))}</div>}
            </dd>
          </div>
        )}
        {paid && budget !== undefined && (
          <div className="pair">
            <dt>{t.budget}</dt>
            <dd>
              {yuan(budget, lang)}{' '}
              <span className={cost > budget ? 'overdue' : 'soft'}>
                {cost > budget && <span aria-hidden="true">▲ </span>}
                {t.share(`${words(Math.round((1000 * cost) / budget) / 10)}%`)}
                {cost > budget && ` · ${t.beyond}`}
              </span>
            </dd>
          </div>
        )}
      </dl>
      {reach.superfluous.length > 0 && (
        <p className="soft">
          {t.superfluous}{' '}
          {reach.superfluous.map((clause, place) => (
            <span key={clause}>
              {place > 0 && '、'}
              <code>{clause}</code>
            </span>
          ))}
        </p>
      )}
      <h3>{t.near}</h3>
      <p className="soft">{t.nearNote}</p>
      {near.length === 0 && <p className="soft">{t.none}</p>}
      <ul className="rows">
        {near.map(({ clause, count, examples }) => (
          <li key={clause}>
            <span>
              <code>{clause}</code>
              <span className="soft small">
                {' '}
                {t.examples}{' '}
                {examples.map(({ id, title }, place) => (
                  <span key={id}>
                    {place > 0 && '、'}
                    <Link to="/record/$kind/$id" params={{ kind: 'enterprise', id } as never}>
                      {title}
                    </Link>
                  </span>
                ))}
              </span>
            </span>
            <strong>{t.firms(words(count))}</strong>
          </li>
        ))}
      </ul>
      {missing.length > 0 && (
        <>
          <h3>{t.missing}</h3>
          <p className="soft">{t.looked(words(looked))}</p>
          <ul className="rows">
            {missing.map(({ fact, count }) => (
              <li key={fact}>
                <span>{fact}</span>
                <strong>{t.firms(words(count))}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function Difference({ by, say }: { readonly by: number; readonly say: (n: number) => string }) {
  const text = by === 0 ? t.same : by > 0 ? t.more(say(by)) : t.less(say(-by))
  return <span className="soft small">{text}</span>
}
