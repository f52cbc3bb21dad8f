// The deadline calculator: anybody's term, worked out by the same clock as the city's own promises, every step explained.
import type { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { answerClock, budgetOf } from '../../kernel/clock/face.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import { dateOf } from '../../kernel/clock/date.ts'
import type { Language } from '../../kernel/texts.ts'
import type { Env } from '../env.ts'
import type { Portal } from './index.ts'
import { summaryPart } from './part.ts'
import { words } from './texts.ts'

const UNITS = ['working-day', 'calendar-day', 'month', 'working-hour'] as const
const PAUSES = [0, 1, 2] as const

const WRONG: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  'zh-CN': {
    'unknown-unit': '请选择期限单位。',
    'not-a-whole-number': '期限长度请填写 0 到 3660 的整数。',
    'no-such-date': '请填写存在的日期，例如 2026-05-09。',
    'ends-before-it-begins': '不计入的期间，结束日期不能早于开始日期。',
    'beyond-the-calendar': '日期超出可以计算的范围（2000 年至 2060 年）。',
  },
  en: {
    'unknown-unit': 'Choose the unit of the term.',
    'not-a-whole-number': 'Enter the length of the term as a whole number from 0 to 3660.',
    'no-such-date': 'Enter a date that exists, such as 2026-05-09.',
    'ends-before-it-begins': 'A stretch that does not count may not end before it begins.',
    'beyond-the-calendar': 'The date lies beyond what can be worked out (2000 to 2060).',
  },
}

/** Each field by itself, so that everything wrong is told at once. */
const GOOD = { unit: 'working-day', budget: 1, from: '2026-01-05', pauses: [] }

export function deadlines(http: Hono<Env>, portal: Portal): void {
  http.get('/clock', async (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const query = c.req.query()
    const asked = query['from'] !== undefined
    const given = {
      unit: query['unit'] ?? 'working-day',
      budget: budgetOf(query['budget'] || (asked ? '' : '20')),
      from: query['from'] ?? dateOf(portal.world.around.now()),
      pauses: PAUSES.flatMap((n) =>
        query[`from${n}`] || query[`to${n}`] ? [[query[`from${n}`] ?? '', query[`to${n}`] ?? '']] : [],
      ),
    }
    const { calendar } = await portal.world.cache.law(0)
    const alone = (['unit', 'budget', 'from', 'pauses'] as const).map((field) =>
      answerClock(calendar, { ...GOOD, [field]: given[field] }, lang),
    )
    const answer = answerClock(calendar, given, lang)
    const refusals = [...alone, answer].filter((one) => 'refused' in one)
    const problems = asked
      ? [...new Map(refusals.map((one) => [one.field, WRONG[lang][one.refused] ?? one.refused])).entries()]
      : []
    const wrong = (field: string) => (problems.some(([one]) => one === field) ? 'wrong' : '')
    const problem = (field: string) =>
      problems.filter(([one]) => one === field).map(([, message]) => html`<p class="problem">${message}</p>`)
    const fields = problems.map(([field, message]) => ({ field, message }))
    return portal.send(
      c,
      {
        title: t.calculator,
        wrong: fields.length > 0,
        body: html`${fields.length > 0 ? summaryPart('', fields, lang) : ''}
          <p class="noprint"><a href="/rules">← ${t.rules}</a></p>
          <h1>${t.calculator}</h1>
          <p class="read">${t.calcLead}</p>
          <div class="case">
            <aside>
              ${
                asked && 'due' in answer
                  ? html`<section class="panel stack" aria-labelledby="due">
                      <h2 id="due">${t.due}</h2>
                      <p class="value">${dateWords(answer.due, lang)}</p>
                      ${
                        answer.provisional
                          ? html`<p class="told warned"><strong>${t.provisional}</strong> ${t.provisionalNote}</p>`
                          : ''
                      }
                      <h3>${t.explain}</h3>
                      <ol>
                        ${answer.steps.map((step) => html`<li>${step}</li>`)}
                      </ol>
                      <p class="hint noprint">${t.addressKeeps}</p>
                    </section>`
                  : html`<p class="soft">${t.answerHere}</p>`
              }
            </aside>
            <form class="stack" method="get" action="/clock" novalidate>
              <fieldset class="field ${wrong('unit')}">
                <legend>${t.unitOfTime}</legend>
                ${problem('unit')}
                <div class="choices">
                  ${UNITS.map(
                    (unit, place) =>
                      html`<div class="choice">
                        <input
                          type="radio"
                          id="${place === 0 ? 'f-unit' : `f-unit-${place}`}"
                          name="unit"
                          value="${unit}"
                          ${given.unit === unit ? raw('checked') : ''}
                        />
                        <label for="${place === 0 ? 'f-unit' : `f-unit-${place}`}">${t[unit]}</label>
                      </div>`,
                  )}
                </div>
              </fieldset>
              <div class="field ${wrong('budget')}">
                <label for="f-budget">${t.budget}</label>${problem('budget')}
                <input
                  type="number"
                  id="f-budget"
                  name="budget"
                  min="0"
                  max="3660"
                  value="${Number.isNaN(given.budget) ? (query['budget'] ?? '') : given.budget}"
                />
              </div>
              <div class="field ${wrong('from')}">
                <label for="f-from">${t.from}</label>
                <p class="hint" id="f-from-more">${t.fromHint}</p>
                ${problem('from')}
                <input type="date" id="f-from" name="from" value="${given.from}" aria-describedby="f-from-more" />
              </div>
              <fieldset class="field ${wrong('pauses')}">
                <legend>${t.pauses} <span class="optional">${t.optional}</span></legend>
                <p class="hint">${t.pausesHint}</p>
                ${problem('pauses')}
                ${PAUSES.map(
                  (n) =>
                    html`<div class="row">
                      <label for="${n === 0 ? 'f-pauses' : `f-from${n}`}">${t.pauseFrom}</label>
                      <input
                        type="date"
                        id="${n === 0 ? 'f-pauses' : `f-from${n}`}"
                        name="from${n}"
                        value="${query[`from${n}`] ?? ''}"
                      />
                      <label for="f-to${n}">${t.pauseTo}</label>
                      <input type="date" id="f-to${n}" name="to${n}" value="${query[`to${n}`] ?? ''}" />
                    </div>`,
                )}
              </fieldset>
              <button>${t.calculate}</button>
            </form>
          </div>`,
      },
      fields.length > 0 ? 422 : 200,
    )
  })
}
