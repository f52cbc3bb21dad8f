// Why a rule does not hold for an enterprise, as every page tells it: the conditions that fail, what was read for them, and the nearest it would take.
import { html } from 'hono/html'
import type { KnownFact, Stand } from '../../domains/policies/index.ts'
import type { Registry } from '../../kernel/domain.ts'
import type { Language } from '../../kernel/texts.ts'
import { benefitWords } from './benefit-texts.ts'
import type { Html } from './layout.ts'

export function failingPart(
  registry: Registry,
  lang: Language,
  { failing, nearest }: Pick<Stand, 'failing' | 'nearest'>,
  known: readonly KnownFact[],
): Html {
  const t = benefitWords[lang]
  const say = (fact: string, value: unknown) => saidWith(registry, lang, known, fact, value)
  const now = (fact: string) => known.find((one) => one.row.name === fact)
  const changes = nearest && 'changes' in nearest ? Object.entries(nearest.changes) : []
  return html`<details>
    <summary>${t.why}</summary>
    <p>${t.failing}</p>
    <ul>
      ${failing.map(
        ({ clause, read }) =>
          html`<li>
            <code>${clause}</code>
            <span class="soft"
              >${
                Object.entries(read)
                  .map(([fact, value]) => t.read(fact, say(fact, value)))
                  .join(t.between) || t.nothingRead
              }</span
            >
          </li>`,
      )}
    </ul>
    ${
      changes.length > 0
        ? html`<p>
            ${t.would(
              changes
                .map(([fact, value]) => {
                  const one = now(fact)
                  return t.change(fact, say(fact, one && 'value' in one ? one.value : ''), say(fact, value))
                })
                .join(t.between),
            )}
          </p>`
        : ''
    }
  </details>`
}

/** A value with its unit. */
export function saidWith(
  registry: Registry,
  lang: Language,
  known: readonly KnownFact[],
  fact: string,
  value: unknown,
): string {
  const t = benefitWords[lang]
  if (typeof value === 'boolean') return value ? t.yes : t.no
  const { options } = registry.kinds.get('dictionary')!.texts[lang]
  const measure = known.find((one) => one.row.name === fact)?.row.measure
  const words_ = typeof value === 'number' ? value.toLocaleString(lang === 'en' ? 'en' : 'zh-CN') : String(value)
  return measure === undefined ? words_ : t.counted(words_, options[measure] ?? '')
}
