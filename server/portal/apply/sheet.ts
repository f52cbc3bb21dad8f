// The pages of an application: what each asks, how its answers are read back, and what is wrong with them.
import { html, raw } from 'hono/html'
import { askedIn, isOf } from '../../../domains/applications/index.ts'
import { parse, unkeepable } from '../../../kernel/input.ts'
import { fieldProblems, type FieldProblem } from '../../../kernel/texts.ts'
import type { C } from '../../env.ts'
import { filled, problemOf } from '../../problem.ts'
import { fieldPart, fieldsOf, isNeeded, readForm, type Around, type Field as Asked, type Form } from '../form.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import { prefilled, type Prefilled } from '../prefill.ts'
import { words } from '../texts.ts'
import { dayIn, type Begun } from './begun.ts'
import { commitmentPart } from './commitment.ts'
import {
  applicantsTaken,
  chosenOf,
  commitmentsIn,
  fieldsAsked,
  isPromisable,
  papersAsked,
  passedIn,
  waysOf,
  type Chosen,
  type Entered,
  type Field,
  type Material,
  type Sheet,
} from './entered.ts'
import { aboutPaper, passedPart } from './said.ts'
import { applyWords } from './texts.ts'

export type Problems = Readonly<Record<string, string>>
type Read = { readonly entered: Entered; readonly problems: Problems }

/** How the forms of a version's fields are asked. */
const WIDGET: Readonly<Record<NonNullable<Field['form']>, string>> = {
  line: 'text',
  paragraph: 'paragraph',
  number: 'decimal',
  date: 'date',
  'yes-no': 'yes-no',
}
const LONGEST = 2000

/** A field of a version, or the files of a paper, as the forms ask for it. */
function asked(name: string, widget: string, more: Partial<Asked> = {}): Asked {
  return { name, widget, required: false, schema: {}, page: '', prefill: [], ...more }
}

export function questionOf({ field, form = 'line', spare, known }: Field): Asked {
  return asked(`answers.${field}`, WIDGET[form], {
    required: spare !== true,
    schema: form === 'line' || form === 'paragraph' ? { maxLength: LONGEST } : {},
    prefill: known === undefined ? [] : [known],
  })
}

export function filesOf(material: string): Asked {
  return asked(`pages.${material}`, 'files', { required: true })
}

/** Those of the command's own fields that stand on this page. */
function ownFields(begun: Begun, sort: Sheet['sort'], c: C): readonly Asked[] {
  const all = fieldsOf(begun.kind, 'submit')
  if (sort !== 'applicant') return all.filter(({ name }) => ['delivery', 'address'].includes(name))
  const taken = applicantsTaken(begun)
  const firms = taken.enterprise && c.get('actor').subjects.some((who) => who.startsWith('enterprise:'))
  const required: Readonly<Record<string, boolean>> = {
    enterprise: !taken.named,
    applicant: !firms,
    contact: taken.contact,
    phone: false,
  }
  return all
    .filter(({ name }) => name in required && (name !== 'enterprise' || firms) && (name !== 'applicant' || taken.named))
    .map((field) => (required[field.name] ? { ...field, required: true } : field))
}

/** The fields of a page that take files. */
export function fileFields(sheet: Sheet): readonly Asked[] {
  return sheet.sort === 'papers' ? sheet.codes.map(filesOf) : []
}

/** What stands in a form for a value that is kept as text. */
export function valueFor({ form }: Pick<Field, 'form'>, value: string | undefined): unknown {
  return form === 'yes-no' && (value === 'yes' || value === 'no') ? value === 'yes' : value
}

/** The text that is kept of what a form says. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? value : undefined
}

/** What is wrong with an answer, in words about the field; undefined when nothing is. */
export function wrongAnswer(c: C, { form = 'line', fieldName }: Field, value: string): string | undefined {
  const lang = c.get('lang')
  const say = (problem: FieldProblem, about = {}) =>
    filled(fieldProblems[lang][problem], { field: quoted(fieldName), ...about })
  if ([...value].length > LONGEST) return say('too-long', { maximum: LONGEST })
  const unseen = unkeepable(value, '')
  if (unseen) return say(unseen.problem)
  return isOf(form, value) ? undefined : applyWords[lang].wrongForm[form]?.(fieldName)
}

const quoted = (name: string) => `“${name}”`

/** What a page says, put into what was entered before; with what is wrong with it. */
export function readSheet(c: C, portal: Portal, begun: Begun, sheet: Sheet, form: Form): Read {
  switch (sheet.sort) {
    case 'parts':
      return readParts(begun, form)
    case 'situations':
      return readSituations(c, begun, sheet, form)
    case 'answers':
      return readAnswers(c, begun, sheet, form)
    case 'papers':
      return readPapers(c, begun, sheet, form)
    case 'commitment':
      return readCommitment(c, begun, form)
    default:
      return readOwn(c, portal, begun, sheet, form)
  }
}

function listIn(form: Form, name: string): readonly string[] {
  const given = form[name]
  const all = Array.isArray(given) ? (given as readonly unknown[]) : [given]
  return all.filter((one): one is string => typeof one === 'string' && one !== '')
}

/** Which of those that are a choice; all others are always there. */
function readParts({ parts, entered }: Begun, form: Form): Read {
  const given = listIn(form, 'parts')
  const chosen = parts
    .filter(({ item, choice }) => !choice || given.includes(item))
    .map(
      ({ item, version }): Chosen =>
        entered.parts.find((one) => one.item === item) ?? { item, version, situations: [] },
    )
  return { entered: { ...entered, parts: chosen }, problems: {} }
}

function readSituations(c: C, begun: Begun, { codes: [item] }: Sheet, form: Form): Read {
  const { entered } = begun
  const t = applyWords[c.get('lang')]
  const given = listIn(form, 'situations')
  const known = situationsOf(begun, item).map(({ situation }) => situation)
  const situations = known.filter((one) => given.includes(one))
  const problem = given.some((one) => !known.includes(one))
    ? t.situationUnknown
    : situations.length === 0
      ? t.situationMissing
      : undefined
  const parts = entered.parts.map((one) => (one.item === item ? { ...one, situations } : one))
  return { entered: { ...entered, parts }, problems: problem === undefined ? {} : { situations: problem } }
}

const situationsOf = ({ parts }: Begun, item: string | undefined) =>
  parts.find((one) => one.item === item)?.content.situations ?? []

/** One window issues all of it: by courier only where none of the items excludes that. */
const takesCourier = (begun: Begun) => chosenOf(begun).every(({ content }) => content.courier !== false)

function readOwn(c: C, portal: Portal, begun: Begun, sheet: Sheet, form: Form): Read {
  const { kind, entered } = begun
  const lang = c.get('lang')
  const t = applyWords[lang]
  const actor = c.get('actor')
  const fields = ownFields(begun, sheet.sort, c)
  const given = readForm(fields, form)
  const emptied = Object.fromEntries(fields.map(({ name }) => [name, undefined]))
  const next = { ...entered, ...emptied, ...given } as Entered
  const schema = kind.definition.commands['submit']!.input.pick(
    Object.fromEntries(fields.map(({ name }) => [name, true as const])),
  )
  const parsed = parse(schema, given)
  const needed = fields.filter((field) => isNeeded(field, actor) && given[field.name] === undefined)
  const wrong = [
    ...('fields' in parsed ? parsed.fields : []),
    ...needed.map(({ name }) => ({ field: name, problem: 'missing' as const, about: {} })),
  ]
  const refusal = { refused: 'invalid-input', kind: kind.definition.kind, fields: wrong }
  const told = problemOf(portal.world.registry, refusal, lang).fields ?? []
  const problems: Record<string, string> = Object.fromEntries(told.map(({ field, message }) => [field, message]))
  // Of several items each application says the same.
  const { refusals } = portal.world.registry.kinds.get('application')!.texts[lang]
  if (sheet.sort === 'applicant') {
    const { enterprise, applicant } = next
    const asks = (name: string) => fields.some((one) => one.name === name)
    if (enterprise === undefined && applicant === undefined)
      problems[['enterprise', 'applicant'].find(asks) ?? 'contact'] = asks('applicant')
        ? t.applicantMissing
        : t.onlyEnterprises
    if (enterprise !== undefined && !actor.subjects.includes(`enterprise:${enterprise}`))
      problems['enterprise'] = refusals['not-your-enterprise']!
  }
  if (sheet.sort === 'delivery') {
    if (next.delivery === 'courier' && !takesCourier(begun)) problems['delivery'] = t.noCourier
    if (next.delivery === 'courier' && next.address === undefined) problems['address'] = refusals['address-missing']!
  }
  return { entered: next, problems }
}

function readAnswers(c: C, begun: Begun, sheet: Sheet, form: Form): Read {
  const lang = c.get('lang')
  const here = fieldsAsked(begun).filter(({ field }) => sheet.codes.includes(field))
  const given = readForm(here.map(questionOf), form)
  const problems: Record<string, string> = {}
  const answers = here.flatMap((field) => {
    const name = `answers.${field.field}`
    const value = textOf(given[name])
    if (value === undefined) {
      if (field.spare !== true)
        problems[name] = filled(fieldProblems[lang][field.form === 'yes-no' ? 'not-chosen' : 'missing'], {
          field: quoted(field.fieldName),
        })
      return []
    }
    const wrong = wrongAnswer(c, field, value)
    if (wrong !== undefined) problems[name] = wrong
    return [{ field: field.field, value }]
  })
  const others = begun.entered.answers.filter(({ field }) => !sheet.codes.includes(field))
  return { entered: { ...begun.entered, answers: [...others, ...answers] }, problems }
}

function readPapers(c: C, begun: Begun, sheet: Sheet, form: Form): Read {
  const t = applyWords[c.get('lang')]
  const problems: Record<string, string> = {}
  const papers = sheet.codes.flatMap((code) => {
    const material = papersAsked(begun).own.find((one) => one.material === code)!
    const before = begun.entered.papers.find((one) => one.material === code)?.pages ?? []
    const pages = listIn(form, `pages.${code}`).filter((one) => /^[0-9a-f]{32}$/.test(one))
    const chosen = listIn(form, `papers.${code}`).at(-1)
    // Whoever uploads a file hands the paper in.
    const way = chosen ?? (pages.length > 0 ? 'given' : undefined)
    const name = `papers.${code}`
    if (way === undefined || !waysOf(begun, material).some((one) => one === way))
      problems[name] = t.wayMissing(material.materialName)
    else if (way === 'given' && pages.length === 0) problems[`pages.${code}`] = t.fileMissing(material.materialName)
    else if (way !== 'given' && pages.some((one) => !before.includes(one)))
      problems[name] = t.fileBeside(material.materialName)
    // What was uploaded before is left behind where another way was chosen.
    const kept = way === 'given' || problems[name] !== undefined ? pages : []
    return way === undefined ? [] : [{ material: code, way, pages: kept }]
  })
  const others = begun.entered.papers.filter(({ material }) => !sheet.codes.includes(material))
  return { entered: { ...begun.entered, papers: [...others, ...papers] }, problems }
}

function readCommitment(c: C, begun: Begun, form: Form): Read {
  const signed = listIn(form, 'signed').includes('yes')
  return {
    entered: { ...begun.entered, signed: signed ? commitmentsIn(begun) : undefined },
    problems: signed ? {} : { signed: applyWords[c.get('lang')].pledgeUnsigned },
  }
}

export async function sheetPart(
  c: C,
  portal: Portal,
  begun: Begun,
  sheet: Sheet,
  problems: Problems,
  /** Not yet completed: what the city knows may stand here. */
  fresh: boolean,
): Promise<Html> {
  switch (sheet.sort) {
    case 'parts':
      return partsPart(c, begun)
    case 'situations':
      return situationsPart(c, begun, sheet, problems)
    case 'commitment':
      return html`${await commitmentPart(c, portal, begun)} ${signPart(c, begun, problems)}`
    case 'papers':
      return papersPart(c, portal, begun, sheet, problems)
    case 'answers':
      return answersPart(c, portal, begun, sheet, problems, fresh)
    default:
      return ownPart(c, portal, begun, sheet, problems, fresh)
  }
}

/** A group of choices under one heading, with its problem; the first has the field's own id. */
function groupPart(
  { name, title, hint, problem }: { name: string; title: string; hint: string; problem: string | undefined },
  choices: Html,
): Html {
  return html`<fieldset class="field ${problem === undefined ? '' : 'wrong'}" aria-describedby="f-${name}-more">
    <legend>${title}</legend>
    <div id="f-${name}-more">
      ${hint === '' ? '' : html`<p class="hint">${hint}</p>`}
      ${problem === undefined ? '' : html`<p class="problem">${problem}</p>`}
    </div>
    ${choices}
  </fieldset>`
}

function choicePart(
  type: 'radio' | 'checkbox',
  name: string,
  place: number,
  value: string,
  label: Html | string,
  chosen: boolean,
): Html {
  const id = place === 0 ? `f-${name}` : `f-${name}-${place}`
  return html`<div class="choice">
    <input type="${type}" id="${id}" name="${name}" value="${value}" ${chosen ? raw('checked') : ''} />
    <label for="${id}">${label}</label>
  </div>`
}

/** Those that are there in any case are told, the others chosen. */
function partsPart(c: C, { parts, entered }: Begun): Html {
  const t = applyWords[c.get('lang')]
  const always = parts.filter(({ choice }) => !choice)
  return html`<p>${t.partsAlways}</p>
    <ul>
      ${always.map(({ content }) => html`<li>${content.name}</li>`)}
    </ul>
    ${groupPart(
      { name: 'parts', title: t.partsMore, hint: t.partsMoreHint, problem: undefined },
      html`${parts
        .filter(({ choice }) => choice)
        .map(({ item, content }, place) =>
          choicePart(
            'checkbox',
            'parts',
            place,
            item,
            content.name,
            entered.parts.some((one) => one.item === item),
          ),
        )}`,
    )}`
}

function situationsPart(c: C, begun: Begun, sheet: Sheet, problems: Problems): Html {
  const t = applyWords[c.get('lang')]
  const [item] = sheet.codes
  const chosen = begun.entered.parts.find((one) => one.item === item)?.situations ?? []
  const name = begun.parts.find((one) => one.item === item)?.content.name ?? ''
  return groupPart(
    {
      name: 'situations',
      title: begun.parts.length === 1 ? t.situations : t.situationsOf(name),
      hint: t.situationsLead,
      problem: problems['situations'],
    },
    html`${situationsOf(begun, item).map(({ situation, situationName }, place) =>
      choicePart('checkbox', 'situations', place, situation, situationName, chosen.includes(situation)),
    )}`,
  )
}

function signPart(c: C, begun: Begun, problems: Problems): Html {
  const t = applyWords[c.get('lang')]
  const problem = problems['signed']
  const signed = begun.entered.signed === commitmentsIn(begun)
  return html`<div class="field ${problem === undefined ? '' : 'wrong'}">
    ${problem === undefined ? '' : html`<p class="problem" id="f-signed-more">${problem}</p>`}
    <div class="choice">
      <input
        type="checkbox"
        id="f-signed"
        name="signed"
        value="yes"
        ${signed ? raw('checked') : ''}
        ${problem === undefined ? '' : raw('aria-invalid="true" aria-describedby="f-signed-more"')}
      />
      <label for="f-signed">${t.pledgeSign}</label>
    </div>
    <p class="hint">${t.pledgeFree}</p>
  </div>`
}

async function ownPart(c: C, portal: Portal, begun: Begun, sheet: Sheet, problems: Problems, fresh: boolean) {
  const t = applyWords[c.get('lang')]
  const { kind, entered } = begun
  const fields = ownFields(begun, sheet.sort, c)
  const places = [...new Set(chosenOf(begun).flatMap(({ content }) => content.place ?? []))]
  const around = await portal.around(c, kind, { ...entered })
  const data = entered as unknown as Readonly<Record<string, unknown>>
  const alone = !fields.some(({ name }) => name === 'enterprise')
  const known: Prefilled =
    fresh && sheet.sort === 'applicant'
      ? await prefilled(c, portal, {
          kind,
          command: 'submit',
          // Whoever has no enterprise applies for himself.
          fields: fields.map((one) => (one.name === 'applicant' && alone ? { ...one, prefill: ['person.name'] } : one)),
          data,
        })
      : {}
  // That no enterprise applies has been said where the page is completed.
  const none = !fresh && entered.enterprise === undefined ? '' : undefined
  const hint: Readonly<Record<string, string | undefined>> = {
    applicant: alone ? t.applicantAlone : t.applicantHint,
    enterprise: applicantsTaken(begun).named ? undefined : t.onlyEnterprises,
    address: t.addressHint,
    delivery: [
      t.deliveryHint,
      ...places.map((place) => t.place(place)),
      takesCourier(begun) ? '' : t.noCourier,
      c.get('actor').subjects.length === 0 ? t.noAccountOnline : '',
    ].join(c.get('lang') === 'en' ? ' ' : ''),
  }
  return html`${
    sheet.sort === 'applicant' && c.get('actor').subjects.length === 0
      ? html`<p class="hint">
          ${applicantsTaken(begun).named ? t.toSignIn : t.onlyEnterprisesSignIn}
          <a href="/sign-in?next=${encodeURIComponent(`/draft/${begun.code}/page/applicant`)}"
            >${words[c.get('lang')].signIn}</a
          >
        </p>`
      : ''
  }
  ${fields.map((field) =>
    fieldPart(
      field,
      data[field.name] ?? known[field.name]?.value ?? (field.name === 'enterprise' ? none : undefined),
      around,
      problems[field.name],
      { source: known[field.name]?.source, hint: hint[field.name] },
    ),
  )}`
}

async function answersPart(
  c: C,
  portal: Portal,
  begun: Begun,
  sheet: Sheet,
  problems: Problems,
  fresh: boolean,
): Promise<Html> {
  const { kind, entered, done } = begun
  const here = fieldsAsked(begun).filter(({ field }) => sheet.codes.includes(field))
  const questions = here.map(questionOf)
  const given = Object.fromEntries(entered.answers.map(({ field, value }) => [`answers.${field}`, value]))
  const known = fresh
    ? await prefilled(c, portal, {
        kind,
        command: 'submit',
        // What was cleared on purpose stays cleared.
        fields: questions.filter(({ name }) => !done.includes(name)),
        data: { ...given, ...(entered.enterprise !== undefined && { enterprise: entered.enterprise }) },
      })
    : {}
  const around = await portal.around(c, kind, {})
  return html`${here.map((field, place) => {
    const { name } = questions[place]!
    const value = valueFor(field, given[name] ?? known[name]?.value)
    return answerPart(c, field, questions[place]!, value, around, problems[name], known[name]?.source)
  })}`
}

/** One field of a version under its own name. */
export function answerPart(
  c: C,
  { fieldName, form }: Field,
  question: Asked,
  value: unknown,
  around: Around,
  problem: string | undefined,
  source?: string,
  hint = '',
): Html {
  const help = [hint, form === 'number' ? applyWords[c.get('lang')].numberHint : ''].filter(Boolean).join(' ')
  return fieldPart(question, value, around, problem, {
    title: fieldName,
    source,
    ...(help !== '' && { hint: help }),
  })
}

async function papersPart(c: C, portal: Portal, begun: Begun, sheet: Sheet, problems: Problems): Promise<Html> {
  const t = applyWords[c.get('lang')]
  const { own, shared } = papersAsked(begun)
  const here = own.filter(({ material }) => sheet.codes.includes(material))
  const mayCommit = here.some((paper) => paper.tolerable || isPromisable(begun, paper))
  const ids = begun.entered.papers.flatMap(({ pages }) => pages)
  const around = await portal.around(c, begun.kind, { files: ids })
  return html`${
    sheet.part === 1 && shared.length > 0
      ? html`<div class="told">
          <p>${t.sharedList}</p>
          <ul>
            ${shared.map(({ materialName }) => html`<li>${materialName}</li>`)}
          </ul>
        </div>`
      : ''
  }
  ${sheet.part === 1 ? passedPart(c, passedIn(begun)) : ''}
  ${
    begun.unknown === true && mayCommit
      ? html`<p class="told">
          ${t.unknown}
          <a href="/sign-in?next=${encodeURIComponent(`/draft/${begun.code}/page/${sheet.name}`)}"
            >${words[c.get('lang')].signIn}</a
          >
        </p>`
      : ''
  }
  ${begun.excluded !== undefined && mayCommit ? html`<p class="told warned">${t.excluded(dayIn(c, begun.excluded))}</p>` : ''}
  ${here.map((paper) => paperPart(c, begun, paper, around, problems))}`
}

/** Under one form: which of the items need the paper. */
function neededBy(c: C, begun: Begun, material: string): string {
  const lang = c.get('lang')
  if (begun.entered.theme === undefined) return ''
  const names = chosenOf(begun)
    .filter((one) => askedIn(one.content, one.situations).materials.some((paper) => paper.material === material))
    .map(({ content }) => content.name)
  return applyWords[lang].neededBy(names.join(lang === 'en' ? ', ' : '、'))
}

function paperPart(c: C, begun: Begun, paper: Material, around: Around, problems: Problems): Html {
  const t = applyWords[c.get('lang')]
  const { material, materialName } = paper
  const kept = begun.entered.papers.find((one) => one.material === material)
  const name = `papers.${material}`
  const choices = waysOf(begun, paper).map((way, place) => {
    const note = t.wayNotes[way]
    const label = html`${t.ways[way]}${note === '' ? '' : html` <span class="soft">${note}</span>`}`
    return choicePart('radio', name, place, way, label, kept?.way === way)
  })
  const part = groupPart(
    {
      name,
      title: materialName,
      hint: [aboutPaper(c, paper), neededBy(c, begun, material)]
        .filter(Boolean)
        .join(c.get('lang') === 'en' ? '; ' : '；'),
      problem: problems[name],
    },
    html`${choices}
    ${fieldPart(filesOf(material), kept?.pages, around, problems[`pages.${material}`], { title: t.uploadOf(materialName) })}`,
  )
  return html`<section class="stack">${part}</section>`
}
