// The commitment that an applicant signs for papers that are to follow and papers that it replaces: its whole text.
import { html } from 'hono/html'
import { limitsOf, rules, supplementOf } from '../../../domains/applications/index.ts'
import { dateOf } from '../../../kernel/clock/date.ts'
import { term } from '../../../kernel/clock/words.ts'
import { findRecord } from '../../../store/read.ts'
import type { C } from '../../env.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import type { Begun } from './begun.ts'
import { papersAsked, wayOf } from './entered.ts'
import { applyWords } from './texts.ts'

export async function commitmentPart(c: C, portal: Portal, begun: Begun): Promise<Html> {
  const { database, city, cache, around } = portal.world
  const lang = c.get('lang')
  const t = applyWords[lang]
  const { content, entered } = begun
  const today = dateOf(around.now())
  const law = await cache.law(0)
  const { own } = papersAsked(begun)
  const [later, promised] = (['later', 'promised'] as const).map((way) =>
    own.filter((paper) => wayOf(begun, paper) === way).map(({ materialName }) => materialName),
  ) as [string[], string[]]
  const supplement = supplementOf(law, limitsOf(content).promised, today)
  const verify = law.limit(rules.verify, today)
  const firm =
    entered.enterprise === undefined ? undefined : await findRecord(database, city, 'enterprise', entered.enterprise)
  const list = (names: readonly string[]) =>
    html`<ul>
      ${names.map((name) => html`<li>${name}</li>`)}
    </ul>`
  return html`<article class="panel stack" aria-labelledby="pledge">
    <h2 id="pledge">${t.pledge}</h2>
    <p>${t.pledgeWho(firm?.title ?? entered.applicant ?? '', content.name)}</p>
    ${
      later.length > 0 && supplement
        ? html`<p>${t.pledgeLater(term(supplement.budget, supplement.unit, lang))}</p>
            ${list(later)}`
        : ''
    }
    ${
      promised.length > 0
        ? html`<p>${t.pledgePromised}</p>
            ${list(promised)}
            <h3>${t.pledgeConditions}</h3>
            <p class="said">${content.conditions}</p>
            ${verify ? html`<p>${t.pledgeVerify(term(verify.budget, verify.unit, lang))}</p>` : ''}`
        : ''
    }
    <h3>${t.pledgeBroken}</h3>
    <ul>
      ${later.length > 0 ? html`<li>${t.pledgeBrokenLater}</li>` : ''}
      ${promised.length > 0 ? html`<li>${t.pledgeBrokenPromised}</li>` : ''}
      <li>${t.pledgeBrokenBoth}</li>
    </ul>
  </article>`
}
