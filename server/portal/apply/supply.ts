// What an applicant brings after all: exactly what he was told to correct, and the papers that he promised to bring.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { outstanding, type Case as Applied } from '../../../domains/applications/index.ts'
import type { Content } from '../../../domains/items/index.ts'
import { freshKey } from '../../../kernel/key.ts'
import { findRecord } from '../../../store/read.ts'
import { openCase } from '../../case.ts'
import type { C, Env } from '../../env.ts'
import { executeGiven } from '../../files/given.ts'
import { problemOf } from '../../problem.ts'
import { reveals } from '../../view.ts'
import { fieldPart, readForm, type Around, type Form } from '../form.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import { clockPart, summaryPart } from '../part.ts'
import { words } from '../texts.ts'
import { versionContent } from './begun.ts'
import { saidAs } from './check.ts'
import { answerPart, filesOf, questionOf, textOf, valueFor, wrongAnswer, type Problems } from './sheet.ts'
import { applyWords } from './texts.ts'

type Field = Content['fields'][number]
type Demand = NonNullable<Applied['owed']>[number]
/** What he may bring now: fields and papers that were told, papers that are to follow. */
type Owed = {
  readonly fields: readonly (Field & { readonly demand: Demand })[]
  readonly papers: readonly { readonly material: string; readonly name: string; readonly demand?: Demand }[]
}
type Supplied = {
  readonly answers: readonly { readonly field: string; readonly value: string }[]
  readonly papers: readonly { readonly material: string; readonly pages: readonly string[] }[]
}
const NOTHING: Supplied = { answers: [], papers: [] }

export function supplies(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { database, city, registry, around } = world
  const kind = registry.kinds.get('application')!
  const path = '/record/application/:id/supply'

  /** The application, where this visitor may supply now and sees it in full; the windows have their desk. */
  const found = async (c: C) => {
    const actor = c.get('actor')
    const view = await openCase(world, actor, kind, c.req.param('id') ?? '', c.get('lang'))
    const row = view && (await findRecord(database, city, 'application', view.id))
    if (!view || !row || actor.posts.length > 0 || !view.commands.includes('supply')) return undefined
    if (!reveals(kind.definition, row, actor)) return undefined
    const state = row.state as unknown as Applied
    const content = await versionContent(portal, state.version)
    return { view, state, owed: owedIn(state, content) }
  }
  type Found = NonNullable<Awaited<ReturnType<typeof found>>>

  http.get(path, async (c, next) => {
    const one = await found(c)
    return one ? show(c, one, freshKey(Date.parse(around.now())), NOTHING, {}) : next()
  })

  http.post(path, async (c, next) => {
    const one = await found(c)
    if (!one) return next()
    const lang = c.get('lang')
    const taken = await portal.take(
      c,
      one.owed.papers.map(({ material }) => filesOf(material)),
    )
    const { supplied, problems } = read(c, one.owed, taken.form)
    const given = taken.form['key']
    const key = typeof given === 'string' && given !== '' ? given.slice(0, 100) : freshKey(Date.parse(around.now()))
    const wrong = { ...problems, ...taken.problems }
    if (Object.keys(wrong).length > 0) return show(c, one, key, supplied, wrong)
    if (supplied.answers.length + supplied.papers.length === 0)
      return show(c, one, key, supplied, { [firstOf(one.owed)]: applyWords[lang].supplyNothing })
    const files = supplied.papers.flatMap(({ pages }) => pages)
    const input = { ...supplied, ...(files.length > 0 && { files }) }
    const command = { kind: 'application', id: one.view.id, name: 'supply', input, key: `portal ${key}` }
    const answer = await executeGiven(world, { ...c.get('actor'), via: 'portal' }, command)
    if (!('refused' in answer)) return c.redirect(`/record/application/${one.view.id}?done=supply`, 303)
    const { detail, fields = [], status } = problemOf(registry, answer, lang)
    const told = fields.map(({ field, message }) => [placeOf(supplied, field), message] as const)
    return show(c, one, key, supplied, Object.fromEntries(told), detail, status)
  })

  async function show(
    c: C,
    { view, state, owed }: Found,
    key: string,
    supplied: Supplied,
    problems: Problems,
    detail = '',
    status = 422,
  ): Promise<Response> {
    const lang = c.get('lang')
    const t = applyWords[lang]
    const list = Object.entries(problems).map(([field, message]) => ({ field, message }))
    const wrong = list.length > 0 || detail !== ''
    const files = await portal.around(c, kind, { files: supplied.papers.flatMap(({ pages }) => pages) })
    const back = `/record/application/${view.id}`
    const told = owed.papers.filter(({ demand }) => demand !== undefined)
    const later = owed.papers.filter(({ demand }) => demand === undefined)
    const terms = view.clock.filter(({ aside, state: stands }) => aside === 'subject' && stands !== 'ended')
    return portal.send(
      c,
      {
        title: t.supply,
        wrong,
        body: html`${wrong ? summaryPart(detail, list, lang) : ''}
          <p><a href="${back}">← ${words[lang].backToRecord}</a></p>
          <p class="soft">${kind.texts[lang].title} ${view.id} · ${view.title}</p>
          <h1>${t.supply}</h1>
          ${terms.map((clock) => clockPart(clock, kind.texts[lang].fields[clock.name] ?? clock.name, lang))}
          <form class="stack" method="post" novalidate action="${back}/supply" enctype="multipart/form-data">
            <input type="hidden" name="key" value="${key}" />
            ${
              owed.fields.length + told.length > 0
                ? html`<h2>${t.supplyOwed}</h2>
                    <p>${t.supplyOwedNote}</p>
                    ${owed.fields.map((field) => owedField(c, state, field, supplied, problems, files))}
                    ${told.map((paper) => owedPaper(c, paper, supplied, problems, files))}`
                : ''
            }
            ${
              later.length > 0
                ? html`<h2>${t.supplyLater}</h2>
                    <p>${t.supplyLaterNote}</p>
                    ${later.map((paper) => owedPaper(c, paper, supplied, problems, files))}`
                : ''
            }
            <button>${t.supplyPress}</button>
          </form>`,
      },
      wrong ? status : 200,
    )
  }

  /** What was told about one field or paper. */
  function demandPart(c: C, { fault, note }: Demand): Html {
    const t = applyWords[c.get('lang')]
    return html`<dl class="facts">
      <dt>${t.supplyFault}</dt>
      <dd>${kind.texts[c.get('lang')].options[fault]}</dd>
      <dt>${t.supplyWhat}</dt>
      <dd class="said">${note}</dd>
    </dl>`
  }

  function owedField(
    c: C,
    state: Applied,
    field: Owed['fields'][number],
    supplied: Supplied,
    problems: Problems,
    around_: Around,
  ): Html {
    const t = applyWords[c.get('lang')]
    const was = state.answers.find((one) => one.field === field.field)?.value
    const value = supplied.answers.find((one) => one.field === field.field)?.value
    const question = { ...questionOf(field), required: true }
    const hint = was === undefined ? '' : t.supplyWas(saidAs(c, field.form, was))
    return html`<section class="stack" aria-labelledby="owed-${field.field}">
      <h3 id="owed-${field.field}">${field.fieldName}</h3>
      ${demandPart(c, field.demand)}
      ${answerPart(c, { ...field, fieldName: t.supplyNew(field.fieldName) }, question, valueFor(field, value), around_, problems[question.name], undefined, hint)}
    </section>`
  }

  function owedPaper(
    c: C,
    { material, name, demand }: Owed['papers'][number],
    supplied: Supplied,
    problems: Problems,
    around_: Around,
  ): Html {
    const t = applyWords[c.get('lang')]
    const pages = supplied.papers.find((one) => one.material === material)?.pages
    const files = filesOf(material)
    return html`<section class="stack" aria-labelledby="owed-${material}">
      <h3 id="owed-${material}">${name}</h3>
      ${demand ? demandPart(c, demand) : ''}
      ${fieldPart(files, pages, around_, problems[files.name], { title: t.uploadOf(name) })}
    </section>`
  }
}

function owedIn(state: Applied, content: Content | undefined): Owed {
  const told = state.owed ?? []
  const fields = told.flatMap((demand) => {
    const field = content?.fields.find((one) => demand.sort === 'field' && one.field === demand.code)
    return field ? [{ ...field, demand }] : []
  })
  const papers = told.flatMap((demand) =>
    demand.sort === 'paper' ? [{ material: demand.code, name: demand.name, demand }] : [],
  )
  const underway = state.phase === 'examining' || state.phase === 'special'
  const later = (underway ? outstanding(state) : [])
    .filter(({ material }) => !papers.some((one) => one.material === material))
    .map(({ material, name }) => ({ material, name }))
  return { fields, papers: [...papers, ...later] }
}

function firstOf({ fields, papers }: Owed): string {
  return fields[0] ? `answers.${fields[0].field}` : `pages.${papers[0]?.material ?? ''}`
}

/** What was left empty is brought another time. */
function read(c: C, owed: Owed, form: Form): { readonly supplied: Supplied; readonly problems: Problems } {
  const questions = owed.fields.map(questionOf)
  const given = readForm([...questions, ...owed.papers.map(({ material }) => filesOf(material))], form)
  const problems: Record<string, string> = {}
  const answers = owed.fields.flatMap((field, place) => {
    const { name } = questions[place]!
    const value = textOf(given[name])
    if (value === undefined) return []
    const wrong = wrongAnswer(c, field, value)
    if (wrong !== undefined) problems[name] = wrong
    return [{ field: field.field, value }]
  })
  const papers = owed.papers.flatMap(({ material }) => {
    const pages = (given[`pages.${material}`] ?? []) as readonly string[]
    return pages.length > 0 ? [{ material, pages }] : []
  })
  return { supplied: { answers, papers }, problems }
}

/** The field on the page that the door names by its place in the input. */
function placeOf({ answers, papers }: Supplied, field: string): string {
  const [list, place = '0'] = field.split('.')
  if (list === 'answers') return `answers.${answers[Number(place)]?.field ?? ''}`
  return `pages.${papers[Number(place)]?.material ?? ''}`
}
