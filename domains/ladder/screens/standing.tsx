// Beside an enterprise: each rung, whether it stands there, and what it lacks by the conditions of today.
import { Link } from '@tanstack/react-router'
import { dateWords, useAnswer, useMeta, type Detail } from '../../../web/part/index.ts'
import type { Stand } from '../../policies/index.ts'
import type { RungEdition } from '../rung.ts'
import { t } from './words.ts'

type Held = { readonly id: string; readonly state: { readonly phase: string; readonly to?: string } }
type Known = { readonly row: { readonly name: string; readonly measure?: string }; readonly value?: unknown }
type One = {
  readonly id: string
  readonly edition: RungEdition
  readonly concerns: boolean
  readonly stand: Stand
  readonly recognition?: Held
  readonly recheck?: { readonly edition: RungEdition; readonly stand: Stand }
}
type Answer = { readonly known: readonly Known[]; readonly rungs: readonly One[] }

const MEETS = { holds: t.holds, not: t.not, open: t.openOne } as const

export function EnterpriseLadder({ record }: { readonly record: Detail }) {
  const units = useMeta().data?.kinds['dictionary']?.options ?? {}
  const found = useAnswer<Answer>(`/api/standing/${encodeURIComponent(record.id)}`)
  if (!found.data || found.data.rungs.length === 0) return null
  const { rungs, known } = found.data
  // Where it stands, it stands, whomever the rung is meant for now.
  const isAbout = (one: One) => one.concerns || one.recognition !== undefined
  const [shown, others] = [rungs.filter(isAbout), rungs.filter((one) => !isAbout(one))]
  return (
    <section className="stack">
      <h2>{t.ladder}</h2>
      <ul className="rows">
        {shown.map((one) => {
          const state = one.recognition?.state
          const stands = state?.phase === 'standing' || state?.phase === 'due'
          return (
            <li key={one.id}>
              <span>
                {stands ? (
                  <Link to="/record/$kind/$id" params={{ kind: 'recognition', id: one.recognition!.id } as never}>
                    {one.edition.content.name}
                  </Link>
                ) : (
                  one.edition.content.name
                )}
                <small className="soft">
                  {stands ? aboutHeld(one) : one.concerns ? aboutLack(one, known, units) : ''}
                </small>
              </span>
              <span className={stands ? 'tag in-time' : 'tag'}>
                {stands
                  ? `✓ ${heldWords(one)}`
                  : one.concerns
                    ? `${one.stand.stands === 'holds' ? '●' : '○'} ${MEETS[one.stand.stands]}`
                    : `○ ${t.notForIt}`}
              </span>
            </li>
          )
        })}
      </ul>
      {others.length > 0 && (
        <p className="soft">{t.elsewhere(others.map(({ edition }) => edition.content.name).join(t.between))}</p>
      )}
    </section>
  )
}

function heldWords({ recognition }: One): string {
  const to = recognition?.state.to
  return t.held(to === undefined ? t.endless : t.until(dateWords(to)))
}

function aboutHeld({ recognition, recheck }: One): string {
  if (recognition?.state.phase !== 'due' || recheck === undefined) return ''
  return t.due(recheck.edition.content.document, MEETS[recheck.stand.stands])
}

/** The facts that are missing, or the nearest change and the conditions that fail. */
function aboutLack({ stand }: One, known: readonly Known[], units: Readonly<Record<string, string>>): string {
  if (stand.missing.length > 0) return t.missing(stand.missing.join(t.between))
  const changes = stand.nearest && 'changes' in stand.nearest ? Object.entries(stand.nearest.changes) : []
  const of = (fact: string) => known.find(({ row }) => row.name === fact)
  const unit = (fact: string) => units[of(fact)?.row.measure ?? ''] ?? ''
  const now = (fact: string) => saidAs(of(fact)?.value, unit(fact))
  if (changes.length > 0)
    return (
      t.nearest + changes.map(([fact, value]) => t.change(fact, now(fact), saidAs(value, unit(fact)))).join(t.between)
    )
  return stand.failing.map(({ clause }) => clause).join(t.between)
}

function saidAs(value: unknown, unit: string): string {
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (typeof value === 'number' && unit !== '') return t.counted(String(value), unit)
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '—'
}
