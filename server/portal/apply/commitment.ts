// The commitment that an applicant signs for papers that are to follow and papers that it replaces: its whole text.
import { html } from 'hono/html'
import { askedIn, limitsOf, rules, supplementOf } from '../../../domains/applications/index.ts'
import { dateOf } from '../../../kernel/clock/date.ts'
import { term } from '../../../kernel/clock/words.ts'
import { findRecord } from '../../../store/read.ts'
import type { C } from '../../env.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import type { Begun } from './begun.ts'
import { chosenOf, papersAsked, wayOf } from './entered.ts'
import { applyWords } from './texts.ts'

export async function commitmentPart(c: C, portal: Portal, begun: Begun): Promise<Html> {
  const { database, city, cache, around } = portal.world
  const lang = c.get('lang')
  const t = applyWords[lang]
  const { matter, entered } = begun
  const today = dateOf(around.now())
  const law = await cache.law(0)
  const { own } = papersAsked(begun)
  const ways = (codes: readonly string[], way: string) =>
    own
      .filter((paper) => codes.includes(paper.material) && wayOf(begun, paper) === way)
      .map(({ materialName }) => materialName)
  const parts = chosenOf(begun).flatMap(({ content, situations }) => {
    const codes = askedIn(content, situations).materials.map(({ material }) => material)
    const [later, promised] = [ways(codes, 'later'), ways(codes, 'promised')]
    const supplement = supplementOf(law, limitsOf(content).promised, today)
    return later.length + promised.length === 0 ? [] : [{ content, later, promised, supplement }]
  })
  const verify = law.limit(rules.verify, today)
  const firm =
    entered.enterprise === undefined ? undefined : await findRecord(database, city, 'enterprise', entered.enterprise)
  const list = (names: readonly string[]) =>
    html`<ul>
      ${names.map((name) => html`<li>${name}</li>`)}
    </ul>`
  return html`<article class="panel stack" aria-labelledby="pledge">
    <h2 id="pledge">${t.pledge}</h2>
    <p>${t.pledgeWho(firm?.title ?? entered.applicant ?? '', matter.name)}</p>
    ${parts.map(
      ({ content, later, promised, supplement }) =>
        html`${entered.theme === undefined ? '' : html`<h3>${content.name}</h3>`}
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
        }`,
    )}
    <h3>${t.pledgeBroken}</h3>
    <ul>
      ${parts.some(({ later }) => later.length > 0) ? html`<li>${t.pledgeBrokenLater}</li>` : ''}
      ${parts.some(({ promised }) => promised.length > 0) ? html`<li>${t.pledgeBrokenPromised}</li>` : ''}
      <li>${t.pledgeBrokenBoth}</li>
    </ul>
  </article>`
}
