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
  const problemAt = (field: string) => problems.find((one) => one.field === field)?.message
  const wrong: Wrong = (field, id) => ({
    id,
    ...(problemAt(field) !== undefined && { 'aria-invalid': true, 'aria-describedby': `${id}-wrong` }),
  })
  const said: Wronged = (field, id) =>
    problemAt(field) !== undefined && (
      <p className="problem" id={`${id}-wrong`} role="alert">
        {problemAt(field)}
      </p>
    )
  const isAtField = ['rule', 'amount', ...tiers.flatMap((_, at) => [`tiers.${at}.when`, `tiers.${at}.amount`])].some(
    problemAt,
  )
  const { facts, phase } = record
  const gives = phase === 'standing' && facts['by'] === undefined && facts['mode'] !== 'elsewhere'
  return (
    <section className="stack reach">
      <h2>{t.title}</h2>
      <p className="soft">{t.lead}</p>
      <Numbers rule={rule} set={setRule} />
      <div className="fields">
        <div className="field">
          <label htmlFor="reach-rule">{t.rule}</label>
          <textarea
            {...wrong('rule', 'reach-rule')}
            rows={4}
            value={rule}
            onChange={(event) => setRule(event.target.value)}
          />
          {said('rule', 'reach-rule')}
        </div>
        {tiers.length === 0 && written.amount !== '' && (
          <div className="field">
            <label htmlFor="reach-amount">{t.amount}</label>
            <textarea
              {...wrong('amount', 'reach-amount')}
              rows={amount.length > 60 ? 4 : 1}
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
            />
            {said('amount', 'reach-amount')}
          </div>
        )}
      </div>
      {tiers.map((tier, place) => (
        <TierFields
          key={place}
          place={place}
          tier={tier}
          set={(one) => setTiers(tiers.with(place, one))}
          wrong={wrong}
          said={said}
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
      {now.error && !isAtField && (
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

/** How a field is marked of which the server says that it is wrong, and what it says. */
type Wrong = (field: string, id: string) => { readonly id: string; readonly 'aria-invalid'?: boolean }
type Wronged = (field: string, id: string) => ReactNode

type TierProps = {
  readonly place: number
  readonly tier: Tier
  readonly set: (tier: Tier) => void
  readonly wrong: Wrong
  readonly said: Wronged
}

/** Of whom it is a tier, and what that gives. */
function TierFields({ place, tier, set, wrong, said }: TierProps) {
  const id = `reach-tier-${place}`
  return (
    <fieldset className="field">
      <legend>{t.tier(place + 1)}</legend>
      <div className="fields">
        <div className="field half">
          <label htmlFor={`${id}-when`}>{t.rule}</label>
          <input
            {...wrong(`tiers.${place}.when`, `${id}-when`)}
            value={tier.when}
            onChange={(event) => set({ ...tier, when: event.target.value })}
          />
          {said(`tiers.${place}.when`, `${id}-when`)}
        </div>
        <div className="field half">
          <label htmlFor={`${id}-amount`}>{t.amount}</label>
          <input
            {...wrong(`tiers.${place}.amount`, `${id}-amount`)}
            value={tier.amount}
            onChange={(event) => set({ ...tier, amount: event.target.value })}
          />
          {said(`tiers.${place}.amount`, `${id}-amount`)}
        </div>
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
