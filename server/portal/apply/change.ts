// A draft under a new version of the item: what of it is still asked stays, and what has changed is told, one by one.
import { isOf } from '../../../domains/applications/index.ts'
import type { Content } from '../../../domains/items/index.ts'
import { askedOf, type Chosen, type Entered, type Field, type Material, type Part } from './entered.ts'

export const changes = [
  'situation-added',
  'situation-dropped',
  'field-added',
  'field-dropped',
  'field-optional',
  'field-required',
  'field-form',
  'field-renamed',
  'paper-added',
  'paper-dropped',
  'paper-tolerable',
  'paper-not-tolerable',
  'paper-promisable',
  'paper-not-promisable',
  'paper-shared',
  'paper-not-shared',
  'paper-renamed',
  'conditions',
  'commitment-open',
  'commitment-closed',
  'promise',
  'fee',
] as const

/** `name`: of the situation, field or paper; `was` before, where that tells something. */
export type Change = { readonly change: (typeof changes)[number]; readonly name: string; readonly was?: string }

/** What is different for whoever applies for these items, each in his situations, and has been asked by other versions before. */
export function changesFor(
  before: readonly Part[],
  after: readonly Part[],
  entered: Pick<Entered, 'theme' | 'parts'>,
): readonly Change[] {
  const standing = { theme: entered.theme, parts: entered.parts, answers: [], papers: [] }
  const was = askedOf({ parts: before, entered: standing })
  const is = askedOf({ parts: after, entered: standing })
  const pairs = before.flatMap((one): [Content, Content][] => {
    const now = after.find(({ item }) => item === one.item)
    return now ? [[one.content, now.content]] : []
  })
  return [
    ...pairs.flatMap(([old, now]) =>
      listed(
        old.situations.map((one) => [one.situation, one.situationName, one] as const),
        now.situations.map((one) => [one.situation, one.situationName, one] as const),
        'situation',
        () => [],
      ),
    ),
    ...listed(
      was.fields.map((one) => [one.field, one.fieldName, one] as const),
      is.fields.map((one) => [one.field, one.fieldName, one] as const),
      'field',
      fieldChanges,
    ),
    ...listed(
      was.materials.map((one) => [one.material, one.materialName, one] as const),
      is.materials.map((one) => [one.material, one.materialName, one] as const),
      'paper',
      paperChanges,
    ),
    ...pairs.flatMap(([old, now]) => terms(old, now)),
  ]
}

type Entry<T> = readonly [code: string, name: string, one: T]

/** What has come, what has gone, and what of the rest is different. */
function listed<T>(
  was: readonly Entry<T>[],
  is: readonly Entry<T>[],
  sort: 'situation' | 'field' | 'paper',
  different: (was: T, is: T) => readonly Change[],
): readonly Change[] {
  const find = (list: readonly Entry<T>[], code: string) => list.find(([one]) => one === code)
  return [
    ...is.flatMap(([code, name]): Change[] => (find(was, code) ? [] : [{ change: `${sort}-added`, name }])),
    ...was.flatMap(([code, name]): Change[] => (find(is, code) ? [] : [{ change: `${sort}-dropped`, name }])),
    ...is.flatMap(([code, , one]) => {
      const before = find(was, code)
      return before ? different(before[2], one) : []
    }),
  ]
}

function fieldChanges(was: Field, is: Field): readonly Change[] {
  const name = is.fieldName
  return [
    ...(was.fieldName === name ? [] : [{ change: 'field-renamed' as const, name, was: was.fieldName }]),
    ...((was.form ?? 'line') === (is.form ?? 'line') ? [] : [{ change: 'field-form' as const, name }]),
    ...either(was.spare === true, is.spare === true, 'field-optional', 'field-required', name),
  ]
}

function paperChanges(was: Material, is: Material): readonly Change[] {
  const name = is.materialName
  return [
    ...(was.materialName === name ? [] : [{ change: 'paper-renamed' as const, name, was: was.materialName }]),
    ...either(was.shared, is.shared, 'paper-shared', 'paper-not-shared', name),
    ...(was.shared || is.shared
      ? []
      : [
          ...either(was.tolerable, is.tolerable, 'paper-tolerable', 'paper-not-tolerable', name),
          ...either(was.promisable === true, is.promisable === true, 'paper-promisable', 'paper-not-promisable', name),
        ]),
  ]
}

function terms(was: Content, is: Content): readonly Change[] {
  return [
    ...(was.conditions === is.conditions ? [] : [{ change: 'conditions' as const, name: '' }]),
    ...either(was.commitment === true, is.commitment === true, 'commitment-open', 'commitment-closed', ''),
    ...(was.promised === is.promised && was.promisedUnit === is.promisedUnit
      ? []
      : [{ change: 'promise' as const, name: '' }]),
    ...(was.fee === is.fee && was.feeBasis === is.feeBasis ? [] : [{ change: 'fee' as const, name: '' }]),
  ]
}

function either(
  was: boolean,
  is: boolean,
  now: Change['change'],
  noMore: Change['change'],
  name: string,
): readonly Change[] {
  return was === is ? [] : [{ change: is ? now : noMore, name }]
}

/** What of it the items still ask for as they stand, in the form in which they ask; and which parts stay completed. */
export function carried(
  { entered, done }: { readonly entered: Entered; readonly done: readonly string[] },
  after: readonly Part[],
): { readonly entered: Entered; readonly done: readonly string[] } {
  // What nobody may leave out comes to it, when the theme has been given another item meanwhile.
  const parts = after.flatMap(({ item, version, content, choice }): Chosen[] => {
    const was = entered.parts.find((one) => one.item === item)
    if (was === undefined && choice) return []
    const known = was?.situations.filter((one) => content.situations.some(({ situation }) => situation === one)) ?? []
    return [{ item, version, situations: known }]
  })
  const contents = after.filter(({ item }) => parts.some((one) => one.item === item)).map(({ content }) => content)
  const fieldOf = (code: string) => contents.flatMap(({ fields }) => fields).find(({ field }) => field === code)
  const answers = entered.answers.filter(({ field, value }) => {
    const asked = fieldOf(field)
    return asked !== undefined && isOf(asked.form, value)
  })
  const papers = entered.papers.filter(({ material, way }) => {
    const asked = contents.flatMap(({ materials }) => materials).filter((one) => one.material === material)
    if (!asked.some(({ shared }) => !shared)) return false
    if (way === 'later') return asked.every(({ tolerable }) => tolerable)
    if (way !== 'promised') return true
    return asked.every(({ promisable }) => promisable) && contents.every(({ commitment }) => commitment === true)
  })
  const stays = (key: string): boolean => {
    const [sort, code] = key.split(/\.(.*)/s)
    if (sort === 'situations') {
      const [was, is] = [entered.parts, parts].map((all) => all.find(({ item }) => item === code)?.situations.length)
      return is !== undefined && is > 0 && is === was
    }
    if (sort === 'papers') return papers.some(({ material }) => material === code)
    if (sort !== 'answers') return true
    const asked = contents.flatMap(({ fields }) => fields).filter(({ field }) => field === code)
    if (asked.length === 0) return false
    return asked.every(({ spare }) => spare === true) || answers.some(({ field }) => field === code)
  }
  return { entered: { ...entered, parts, answers, papers }, done: done.filter(stays) }
}
