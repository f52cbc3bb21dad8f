// The end of an application: all of it before one's eyes, what is in hand already, and, once submitted, what happens next.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { clocksOf, outstanding, type Application } from '../../../domains/applications/index.ts'
import { dateOf, moment } from '../../../kernel/clock/date.ts'
import { deadline } from '../../../kernel/clock/limit.ts'
import { dateWords } from '../../../kernel/clock/words.ts'
import { keepDraft } from '../../../store/draft.ts'
import { findRecord, listRecords, type Row } from '../../../store/read.ts'
import type { C, Env } from '../../env.ts'
import { executeGiven } from '../../files/given.ts'
import { problemOf, type Problem } from '../../problem.ts'
import { unitName } from '../../view.ts'
import { tryOut } from '../alike.ts'
import { showDone } from '../done.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import { summaryPart } from '../part.ts'
import { words } from '../texts.ts'
import { dayIn, draftOf, type Begun } from './begun.ts'
import { commitmentPart } from './commitment.ts'
import {
  chosenOf,
  fieldsAsked,
  inputOf,
  papersAsked,
  passedIn,
  sheetsOf,
  sheetState,
  wayOf,
  type Sheet,
} from './entered.ts'
import { passedPart } from './said.ts'
import { closedPart, titleOf, type Mine } from './task.ts'
import { applyWords } from './texts.ts'

type Row_ = { readonly name: string; readonly title: string; readonly value: Html | string }

export function checks(http: Hono<Env>, portal: Portal, mine: Mine): void {
  const { world } = portal
  const { database, city, registry, around, cache } = world

  http.get(
    '/draft/:code/check',
    mine((c, begun) => show(c, begun)),
  )

  http.post(
    '/draft/:code/check',
    mine(async (c, begun) => {
      if (!isReady(begun)) return c.redirect(`/draft/${begun.code}`, 303)
      const command = { ...orderOf(begun), key: `draft ${begun.hash}` }
      const answer = await executeGiven(world, { ...c.get('actor'), via: 'portal' }, command)
      if ('refused' in answer) return show(c, begun, problemOf(registry, answer, c.get('lang')))
      const { id } = answer.done
      const kept = { id, ...(answer.reveal !== undefined && { reveal: answer.reveal }) }
      const { theme, parts } = begun.entered
      // Of what was entered nothing stays in the draft but for what it was.
      const bare = parts.map(({ item, version }) => ({ item, version, situations: [] }))
      const empty = draftOf({ theme, parts: bare, answers: [], papers: [] }, [])
      await keepDraft(database, city, begun.hash, { ...empty, answer: kept }, around.now())
      return c.redirect(`/draft/${begun.code}/done`, 303)
    }),
  )

  http.get(
    '/draft/:code/done',
    mine(async (c, begun) => {
      const { answer, kind, matter } = begun
      if (!answer) return portal.missing(c)
      const [law, units] = await Promise.all([cache.law(0), cache.units()])
      const unit = unitName(units, matter.items[0]?.unit ?? '', c.get('lang')) ?? ''
      const next = (row: Row | undefined) => {
        if (matter.theme) return togetherPart(c)
        const state = row?.state as unknown as Application | undefined
        return state ? nextPart(c, state, unit, (run) => deadline(law.calendar, run, around.now()).due) : ''
      }
      return showDone(c, portal, { kind, title: matter.name, id: answer.id, reveal: answer.reveal, next })
    }),
  )

  const orderOf = (begun: Begun) => ({ kind: begun.kind.definition.kind, name: 'submit', input: inputOf(begun) })
  const isReady = (begun: Begun) => sheetsOf(begun).every((sheet) => sheetState(begun, sheet) === 'done')

  async function show(c: C, begun: Begun, refusal?: Problem): Promise<Response> {
    const { code } = begun
    if (!isReady(begun)) return c.redirect(`/draft/${code}`, 303)
    const lang = c.get('lang')
    const t = words[lang]
    const [tried, files, hand] = await Promise.all([
      tryOut(c, portal, orderOf(begun)),
      portal.files({ files: begun.entered.papers.flatMap(({ pages }) => pages) }),
      inHand(c, begun),
    ])
    const problem = refusal ?? (tried && 'refused' in tried ? problemOf(registry, tried, lang) : undefined)
    const closed = closedPart(c, begun)
    const names = Object.fromEntries(files.map(({ id, name }) => [id, name]))
    const firm =
      begun.entered.enterprise === undefined
        ? undefined
        : (await findRecord(database, city, 'enterprise', begun.entered.enterprise))?.title
    const sections = sheetsOf(begun).map((sheet) => ({ sheet, rows: rowsOf(c, begun, sheet, names, firm) }))
    const { shared } = papersAsked(begun)
    const told = problem?.fields?.map((one) => ({ ...one, field: placeOf(begun, one.field) })) ?? []
    const committed = sections.some(({ sheet }) => sheet.sort === 'commitment')
    return portal.send(
      c,
      {
        title: t.check,
        wrong: problem !== undefined,
        body: html`${problem && closed === '' ? summaryPart(problem.detail, told, lang) : ''}
          <p><a href="/draft/${code}">← ${t.backToTasks}</a></p>
          <p class="soft">${begun.matter.name}</p>
          <h1>${t.check}</h1>
          ${closed} ${hand === undefined ? '' : duplicatePart(c, hand)}
          ${sections.map(({ sheet, rows }) => sectionPart(c, begun, sheet, rows))} ${passedPart(c, passedIn(begun))}
          ${shared.length > 0 ? sharedPart(c, shared) : ''} ${committed ? await commitmentPart(c, portal, begun) : ''}
          <form class="stack" method="post" action="/draft/${code}/check">
            <p>${t.submitNote}</p>
            <button>${t.submit}</button>
          </form>
          <p class="soft">${t.savedBy} ${code}</p>`,
      },
      refusal ? refusal.status : 200,
    )
  }

  /** Where on this page stands what the door names by its place in the input. */
  function placeOf(begun: Begun, field: string): string {
    const [list, place] = field.split('.')
    const input = inputOf(begun) as {
      readonly answers: readonly { readonly field: string }[]
      readonly papers: readonly { readonly material: string }[]
    }
    if (list === 'answers' && place !== undefined) return `answers.${input.answers[Number(place)]?.field ?? ''}`
    if (list === 'papers' && place !== undefined) return `papers.${input.papers[Number(place)]?.material ?? ''}`
    const first = sheetsOf(begun).find(({ sort }) => sort === (list === 'files' ? 'papers' : list))?.keys[0]
    return first ?? field
  }

  function rowsOf(
    c: C,
    begun: Begun,
    sheet: Sheet,
    names: Readonly<Record<string, string>>,
    firm: string | undefined,
  ): readonly Row_[] {
    const { entered, kind } = begun
    const lang = c.get('lang')
    const t = applyWords[lang]
    const { fields, options } = kind.texts[lang]
    const none = words[lang].none
    const own = (name: string, value: string | undefined): Row_ => ({
      name,
      title: fields[name] ?? name,
      value: value ?? none,
    })
    switch (sheet.sort) {
      case 'parts': {
        const names = chosenOf(begun).map(({ content }) => content.name)
        return [{ name: 'parts', title: t.parts, value: names.join(lang === 'en' ? ', ' : '、') }]
      }
      case 'situations': {
        const here = chosenOf(begun).filter(({ item }) => sheet.codes.includes(item))
        const value = here
          .flatMap(({ content, situations }) => content.situations.filter((one) => situations.includes(one.situation)))
          .map(({ situationName }) => situationName)
          .join(lang === 'en' ? ', ' : '、')
        const title = begun.parts.length === 1 ? t.situations : t.situationsOf(here[0]?.content.name ?? '')
        return [{ name: 'situations', title, value }]
      }
      case 'applicant':
        return [
          firm === undefined ? own('applicant', entered.applicant) : own('enterprise', firm),
          own('contact', entered.contact),
          own('phone', entered.phone),
        ]
      case 'answers':
        return fieldsAsked(begun)
          .filter(({ field }) => sheet.codes.includes(field))
          .map(({ field, fieldName, form }) => {
            const value = entered.answers.find((one) => one.field === field)?.value
            return { name: `answers.${field}`, title: fieldName, value: saidAs(c, form, value) }
          })
      case 'papers':
        return papersAsked(begun)
          .own.filter(({ material }) => sheet.codes.includes(material))
          .map((paper) => {
            const way = wayOf(begun, paper)
            const pages = entered.papers.find(({ material }) => material === paper.material)?.pages ?? []
            const value =
              way === 'given'
                ? pages.map((page) => names[page] ?? page).join(lang === 'en' ? ', ' : '、')
                : way === undefined
                  ? none
                  : t.ways[way]
            return { name: `papers.${paper.material}`, title: paper.materialName, value }
          })
      case 'commitment':
        return [{ name: 'signed', title: t.pledge, value: t.signed }]
      case 'delivery':
        return [
          own('delivery', options[entered.delivery ?? '']),
          ...(entered.delivery === 'courier' ? [own('address', entered.address)] : []),
        ]
    }
  }

  function sectionPart(c: C, { code }: Begun, sheet: Sheet, rows: readonly Row_[]): Html {
    const t = words[c.get('lang')]
    return html`<h2>${titleOf(c, sheet)}</h2>
      <dl class="facts check read">
        ${rows.map(
          ({ name, title, value }) =>
            html`<div>
              <dt id="f-${name}" tabindex="-1">${title}</dt>
              <dd class="said">${value}</dd>
              <dd>
                <a href="/draft/${code}/page/${sheet.name}#f-${name}" aria-label="${t.change} ${title}">${t.change}</a>
              </dd>
            </div>`,
        )}
      </dl>`
  }

  function sharedPart(c: C, shared: readonly { readonly materialName: string }[]): Html {
    const t = applyWords[c.get('lang')]
    return html`<h2>${t.obtained}</h2>
      <p class="read">${t.sharedList}</p>
      <ul class="read">
        ${shared.map(({ materialName }) => html`<li>${materialName}</li>`)}
      </ul>`
  }

  /** An open application of the same applicant for the same item or theme. */
  async function inHand(c: C, { entered, kind }: Begun): Promise<Row | undefined> {
    const { subjects, posts } = c.get('actor')
    const who = subjects.filter((one) =>
      entered.enterprise === undefined ? one.startsWith('person:') : one === `enterprise:${entered.enterprise}`,
    )
    if (who.length === 0 || posts.length > 0) return undefined
    const wanted = {
      kind: kind.definition.kind,
      open: true,
      facets: entered.theme === undefined ? { item: entered.parts[0]!.item } : { theme: entered.theme },
      order: 'created',
      limit: 20,
    } as const
    const { items } = await listRecords(database, city, [{ by: 'party', who, level: 9 }], wanted)
    // What he handed in for an enterprise is not his own.
    return items.find((row) => (row.state as { readonly enterprise?: string }).enterprise === entered.enterprise)
  }

  function duplicatePart(c: C, row: Row): Html {
    const t = applyWords[c.get('lang')]
    return html`<section class="told warned" aria-labelledby="duplicate">
      <h2 id="duplicate">${t.duplicate}</h2>
      <p>${t.duplicateNote(row.id, dayIn(c, dateOf(moment(row.created.getTime()))))}</p>
      <p><a class="button second" href="/record/${row.kind}/${row.id}">${t.duplicateOpen}</a></p>
    </section>`
  }
}

/** A value as its form says it. */
export function saidAs(c: C, form: string | undefined, value: string | undefined): string {
  const lang = c.get('lang')
  const t = words[lang]
  if (value === undefined) return t.none
  if (form === 'yes-no') return value === 'yes' ? t.yes : t.no
  return form === 'date' ? dateWords(value, lang) : value
}

/** What becomes of several under one form. */
function togetherPart(c: C): Html {
  const t = applyWords[c.get('lang')]
  return html`<p>${t.nextTogether}</p>
    <p>${t.nextCorrecting}</p>
    <p>${t.nextFollow}</p>`
}

type Runs = ReturnType<typeof clocksOf>

/** What the applicant may expect now, and by which day. */
function nextPart(c: C, state: Application, unit: string, due: (run: Runs[string]) => string): Html | string {
  const t = applyWords[c.get('lang')]
  if (state.phase === 'none') return ''
  const runs = clocksOf(state)
  const coming =
    state.phase === 'received' && runs['accept']
      ? html`<p>${t.nextReceived(unit, dayIn(c, due(runs['accept'])))}</p>
          <p>${t.nextCorrecting}</p>`
      : state.phase === 'examining' && runs['decide']
        ? html`<p>${t.nextAccepted(unit, dayIn(c, due(runs['decide'])))}</p>`
        : html`<p>${t.nextAtOnce}</p>`
  return html`${coming} ${outstanding(state).length > 0 ? html`<p>${t.nextLater}</p>` : ''}
    <p>${t.nextFollow}</p>`
}
