// A draft under a new version of the item: what of it is still asked stays, and what has changed is told, one by one.
import { askedIn, isOf } from '../../../domains/applications/index.ts'
import type { Content } from '../../../domains/items/index.ts'
import type { Entered, Field, Material } from './entered.ts'

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

/** What is different between two versions for whoever applies in these situations. */
export function changesFor(before: Content, after: Content, situations: readonly string[]): readonly Change[] {
  const [was, is] = [askedIn(before, situations), askedIn(after, situations)]
  return [
    ...listed(
      before.situations.map((one) => [one.situation, one.situationName, one] as const),
      after.situations.map((one) => [one.situation, one.situationName, one] as const),
      'situation',
      () => [],
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
    ...terms(before, after),
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
      : either(was.tolerable, is.tolerable, 'paper-tolerable', 'paper-not-tolerable', name)),
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

/** What of it another version still asks for, in the form in which it asks; and which parts stay completed. */
export function carried(
  { entered, done }: { readonly entered: Entered; readonly done: readonly string[] },
  after: Content,
  version: string,
): { readonly entered: Entered; readonly done: readonly string[] } {
  const situations = entered.situations.filter((one) => after.situations.some(({ situation }) => situation === one))
  const answers = entered.answers.filter(({ field, value }) => {
    const asked = after.fields.find((one) => one.field === field)
    return asked !== undefined && isOf(asked.form, value)
  })
  const papers = entered.papers.filter(({ material, way }) => {
    const asked = after.materials.find((one) => one.material === material)
    if (asked === undefined || asked.shared) return false
    return (way !== 'later' || asked.tolerable) && (way !== 'promised' || after.commitment === true)
  })
  const stays = (key: string): boolean => {
    const [sort, code] = key.split(/\.(.*)/s)
    if (sort === 'situations') return situations.length > 0 && situations.length === entered.situations.length
    if (sort === 'papers') return papers.some(({ material }) => material === code)
    if (sort !== 'answers') return true
    const asked = after.fields.find(({ field }) => field === code)
    return asked !== undefined && (asked.spare === true || answers.some(({ field }) => field === code))
  }
  return { entered: { ...entered, version, situations, answers, papers }, done: done.filter(stays) }
}
