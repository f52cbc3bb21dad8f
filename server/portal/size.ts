// The size calculator: which class an enterprise belongs to under the national standard, figure by figure, or what is still missing.
import type { Hono } from 'hono'
import { html, raw } from 'hono/html'
import type { Language } from '../../kernel/texts.ts'
import { sizeIndustries, sizeOf, sizeStandard, sizeSteps, type SizeIndustry } from '../../domains/register/index.ts'
import type { Env } from '../env.ts'
import type { Portal } from './index.ts'
import { summaryPart } from './part.ts'
import { words } from './texts.ts'

const FIGURES = ['X', 'Y', 'Z'] as const
const CLASSES = ['大型', '中型', '小型'] as const
const MOST = 1e12

/** The industries of the standard in English, and what belongs to those whose names do not say it, in Chinese. */
const INDUSTRIES: Readonly<Record<SizeIndustry, readonly [zh: string, en: string]>> = {
  '农、林、牧、渔业': ['', 'Agriculture, forestry, animal husbandry and fishery'],
  工业: [
    '采矿业，制造业，电力、热力、燃气及水生产和供应业',
    'Industry: mining, manufacturing, power, heat, gas and water',
  ],
  建筑业: ['', 'Construction'],
  批发业: ['', 'Wholesale'],
  零售业: ['', 'Retail'],
  交通运输业: ['不含铁路运输业', 'Transport, without railways'],
  仓储业: ['', 'Storage'],
  邮政业: ['', 'Post and courier services'],
  住宿业: ['', 'Accommodation'],
  餐饮业: ['', 'Catering'],
  信息传输业: ['电信、互联网和相关服务', 'Information transmission: telecommunications, internet'],
  软件和信息技术服务业: ['', 'Software and information technology services'],
  房地产开发经营: ['', 'Property development'],
  物业管理: ['', 'Property management'],
  租赁和商务服务业: ['', 'Leasing and business services'],
  其他未列明行业: ['科研技术服务，水利环境，居民服务，社会工作，文化体育娱乐等', 'Other industries not listed'],
}

const WRONG: Readonly<Record<Language, Readonly<Record<'industry' | 'number', string>>>> = {
  'zh-CN': { industry: '请选择所属行业。', number: '{figure}请填写 0 到 1 万亿之间的数字，不带单位。' },
  en: {
    industry: 'Choose the industry.',
    number: 'Enter {figure} as a number from 0 to 1,000,000,000,000, without a unit.',
  },
}

export function sizes(http: Hono<Env>, portal: Portal): void {
  http.get('/size', (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const query = c.req.query()
    const asked = query['industry'] !== undefined
    const industry = sizeIndustries.find((one) => one === query['industry'])
    const problems: { field: string; message: string }[] = []
    if (asked && !industry) problems.push({ field: 'industry', message: WRONG[lang].industry })
    const facts: { X?: number; Y?: number; Z?: number } = {}
    for (const figure of FIGURES) {
      const text = (query[figure] ?? '').normalize('NFKC').replaceAll(/[,\s]/g, '')
      if (text === '') continue
      const value = Number(text)
      if (Number.isFinite(value) && value >= 0 && value <= MOST) facts[figure] = value
      else problems.push({ field: figure, message: WRONG[lang].number.replace('{figure}', t.sizeFigures[figure]) })
    }
    const problem = (field: string) => problems.find((one) => one.field === field)
    const told = (field: string) => {
      const found = problem(field)
      return found ? html`<p class="problem">${found.message}</p>` : ''
    }
    const answer = industry && problems.length === 0 ? sizeOf(industry, facts) : undefined
    const name = (one: SizeIndustry) => {
      const [more, en] = INDUSTRIES[one]
      return lang === 'en' ? en : more === '' ? one : `${one}（${more}）`
    }
    const number = (value: number) => value.toLocaleString(lang, { maximumFractionDigits: 4 })
    const missing = answer?.missing.map((figure) => t.sizeFigures[figure]).join(lang === 'en' ? ', ' : '、')
    return portal.send(
      c,
      {
        title: t.size,
        wrong: problems.length > 0,
        body: html`${problems.length > 0 ? summaryPart('', problems, lang) : ''}
          <p class="noprint"><a href="/rules">← ${t.rules}</a></p>
          <h1>${t.size}</h1>
          <p class="read">${t.sizeLead}</p>
          ${
            answer && industry
              ? html`<section class="panel stack wider" aria-labelledby="class">
                  <h2 id="class">${name(industry)}</h2>
                  <p class="value">${answer.size === 'unknown' ? t.sizeUnknown : t.sizeClasses[answer.size]}</p>
                  ${answer.size === 'unknown' ? html`<p>${t.sizeMissing.replace('{figures}', missing ?? '')}</p>` : ''}
                  <div class="wide">
                    <table class="cards">
                      <thead>
                        <tr>
                          <th scope="col">${t.sizeFigure}</th>
                          <th scope="col" class="figure">${t.sizeGiven}</th>
                          <th scope="col" class="figure">${t.sizeClasses.大型} ≥</th>
                          <th scope="col" class="figure">${t.sizeClasses.中型} ≥</th>
                          <th scope="col" class="figure">${t.sizeClasses.小型} ≥</th>
                          <th scope="col">${t.sizeReaches}</th>
                        </tr>
                      </thead>
                      <tbody>
                        ${sizeSteps(industry, facts).map(
                          ({ figure, value, least, reaches }) =>
                            html`<tr>
                              <th scope="row">${t.sizeFigures[figure]}</th>
                              <td class="figure" data-label="${t.sizeGiven}">
                                ${value === undefined ? t.none : number(value)}
                              </td>
                              ${least.map((one, place) => html`<td class="figure" data-label="${t.sizeClasses[CLASSES[place]!]} ≥">${number(one)}</td>`)}
                              <td data-label="${t.sizeReaches}">
                                ${reaches === undefined ? '—' : t.sizeClasses[reaches]}
                              </td>
                            </tr>`,
                        )}
                      </tbody>
                    </table>
                  </div>
                  <p>${t.sizeRule}</p>
                  <p class="soft">${t.article}: ${sizeStandard.source}</p>
                </section>`
              : ''
          }
          <form class="stack" method="get" action="/size" novalidate>
            <div class="field ${problem('industry') ? 'wrong' : ''}">
              <label for="f-industry">${t.sizeIndustry}</label>${told('industry')}
              <select id="f-industry" name="industry">
                <option value=""></option>
                ${sizeIndustries.map((one) => html`<option value="${one}" ${one === industry ? raw('selected') : ''}>${name(one)}</option>`)}
              </select>
            </div>
            ${FIGURES.map(
              (figure) =>
                html`<div class="field ${problem(figure) ? 'wrong' : ''}">
                  <label for="f-${figure}">${t.sizeFigures[figure]} <span class="optional">${t.optional}</span></label>
                  <p class="hint" id="f-${figure}-more">${t.sizeHints[figure]}</p>
                  ${told(figure)}
                  <input
                    id="f-${figure}"
                    name="${figure}"
                    class="short"
                    inputmode="decimal"
                    autocomplete="off"
                    value="${query[figure] ?? ''}"
                    aria-describedby="f-${figure}-more"
                  />
                </div>`,
            )}
            <button>${t.calculate}</button>
          </form>`,
      },
      problems.length > 0 ? 422 : 200,
    )
  })
}
