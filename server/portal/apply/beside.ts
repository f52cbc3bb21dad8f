// What an applicant reads of his application beside what every record says: the decision first, and the way to apply again.
import { html } from 'hono/html'
import type { Case } from '../../case.ts'
import type { C } from '../../env.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import { versionContent } from './begun.ts'
import { applyWords } from './texts.ts'

export type Beside = {
  /** What the codes mean that the version lists. */
  readonly codes: Readonly<Record<string, string>>
  /** Facts that are read first. */
  readonly first: Readonly<Record<string, unknown>>
  readonly title: string
  readonly part: Html | ''
}

/** How it ended, when that was not by a decision. */
const ENDS = ['declined', 'terminated']

export async function besideApplication(c: C, portal: Portal, view: Case): Promise<Beside> {
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
  const part =
    view.open || !applicant || typeof item !== 'string'
      ? ''
      : html`<p><a href="/apply/${item}?from=${view.id}">${t.again}</a> <span class="soft">${t.againNote}</span></p>`
  return { codes, first, title: t.decision, part }
}
