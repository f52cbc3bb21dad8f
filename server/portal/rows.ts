// Records as a list of links: how each stands, and what is left of its time.
import { html } from 'hono/html'
import { dateOf, moment } from '../../kernel/clock/date.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import type { Row } from '../../store/read.ts'
import type { C } from '../env.ts'
import { offeredOn } from '../offer.ts'
import { listed, owedBySubject } from '../view.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { SHAPE } from './part.ts'

/** `turns`: names what this person is asked to do about each, where there is something. */
export async function rowsPart(c: C, portal: Portal, rows: readonly Row[], turns = false): Promise<Html> {
  const { registry, cache, around } = portal.world
  const lang = c.get('lang')
  const [units, law, commands] = await Promise.all([
    cache.units(),
    cache.law(0),
    turns ? offeredOn(portal.world, c.get('actor'), rows) : [],
  ])
  return html`<ul class="rows">
    ${rows.map((row, place) => {
      const { definition, texts } = registry.kinds.get(row.kind)!
      const { clock: owed, unitName } = listed(definition, row, units, lang, law, around.now())
      const turn = commands[place] ?? []
      // Whose turn it is reads his own term first.
      const clock = (turns ? owedBySubject(definition, row, lang, law, around.now()) : undefined) ?? owed
      const asked = turn.find((name) => definition.commands[name]?.awaited)
      const begun = dateWords(dateOf(moment(row.created.getTime())), lang)
      return html`<li>
        <div>
          <a href="/record/${row.kind}/${row.id}">${row.title}</a>
          <p class="soft">
            ${[row.id.startsWith(definition.code) ? row.id : undefined, unitName].filter(Boolean).join(' · ')}
          </p>
        </div>
        <div>
          <p>
            <strong>${texts[lang].phases[row.phase]}</strong>
            ${asked === undefined ? '' : html`<a class="tag" href="/record/${row.kind}/${row.id}/${asked}">${texts[lang].commands[asked]}</a>`}
          </p>
          <p class="${clock === null ? 'soft' : clock.state}">
            ${clock === null ? begun : html`<span aria-hidden="true">${SHAPE[clock.state]}</span> ${clock.sentence}`}
          </p>
        </div>
      </li>`
    })}
  </ul>`
}
