// What an applicant reads beside what every record says: of an application the decision, of several under one form how far each is.
import { html } from 'hono/html'
import type { Joint } from '../../../domains/themes/index.ts'
import { admits, visible } from '../../../kernel/access.ts'
import { findRecord } from '../../../store/read.ts'
import type { Case } from '../../case.ts'
import type { C } from '../../env.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import { rowsPart } from '../rows.ts'
import { versionContent } from './begun.ts'
import { applyWords } from './texts.ts'

export type Beside = {
  /** What the codes mean that the version lists. */
  readonly codes: Readonly<Record<string, string>>
  /** Facts that are read first. */
  readonly first: Readonly<Record<string, unknown>>
  readonly title: string
  readonly part: Html | ''
  /** Whether it tells of what came of the record, so that nothing else has to. */
  readonly whole?: true
}

/** How it ended, when that was not by a decision. */
const ENDS = ['declined', 'terminated']

export function besideRecord(c: C, portal: Portal, view: Case): Promise<Beside | undefined> {
  if (view.kind === 'application') return besideApplication(c, portal, view)
  return view.kind === 'joint' ? besideJoint(c, portal, view) : Promise.resolve(undefined)
}

/** One progress for all items: where each stands and by when, what the applicant is asked for, and what has come of them. */
async function besideJoint(c: C, portal: Portal, view: Case): Promise<Beside | undefined> {
  const { database, city, registry } = portal.world
  const t = applyWords[c.get('lang')]
  const row = await findRecord(database, city, 'joint', view.id)
  const state = row?.state as unknown as Joint | undefined
  if (!state || state.phase === 'none') return undefined
  const { definition } = registry.kinds.get('application')!
  const branches = visible(definition.sees, c.get('actor'))
  const all = await Promise.all(
    state.parts.map(({ application }) => findRecord(database, city, 'application', application)),
  )
  const rows = all.flatMap((one) => (one && admits(branches, definition.index(one.state, one.id)) ? [one] : []))
  const came = state.heard.flatMap(({ papers }) => papers)
  const part = html`<h2>${t.progress(state.heard.length, state.parts.length)}</h2>
    <progress max="${state.parts.length}" value="${state.heard.length}" aria-hidden="true"></progress>
    ${await rowsPart(c, portal, rows, true)}
    ${
      came.length === 0
        ? ''
        : html`<h2>${t.came}</h2>
            <ul>
              ${came.map(({ name, number }) => html`<li>${name} ${number === undefined ? '' : html`<span class="number">${number}</span>`}</li>`)}
            </ul>`
    }`
  const closed = !view.open && view.revealed && c.get('actor').posts.length === 0
  return {
    codes: {},
    first: {},
    title: '',
    part: html`${part} ${closed ? againPart(c, `/theme/${state.theme}`, view.id) : ''}`,
    whole: true,
  }
}

function againPart(c: C, at: string, from: string): Html {
  const t = applyWords[c.get('lang')]
  return html`<p><a href="${at}?from=${from}">${t.again}</a> <span class="soft">${t.againNote}</span></p>`
}

async function besideApplication(c: C, portal: Portal, view: Case): Promise<Beside> {
  const t = applyWords[c.get('lang')]
  const { version, item, outcome, results, reasons, remedies, rules } = view.facts
  const content = typeof version === 'string' ? await versionContent(portal, version) : undefined
  const codes = Object.fromEntries([
    ...(content?.situations ?? []).map((one) => [one.situation, one.situationName]),
    ...(content?.fields ?? []).map((one) => [one.field, one.fieldName]),
    ...(content?.materials ?? []).map((one) => [one.material, one.materialName]),
    ...(content?.results ?? []).map((one) => [one.result, one.resultName]),
  ]) as Record<string, string>
  const end = ENDS.includes(view.phase) ? view.timeline.findLast(({ type }) => type === view.phase)?.data : undefined
  const { ground, ending, elsewhere } = end ?? {}
  const first = end
    ? { ground, ending, reasons: end['reasons'], elsewhere, remedies: end['remedies'] }
    : { outcome, results, reasons, remedies, rules }
  const applicant = view.revealed && c.get('actor').posts.length === 0
  const part = view.open || !applicant || typeof item !== 'string' ? '' : againPart(c, `/apply/${item}`, view.id)
  return { codes, first, title: t.decision, part }
}
