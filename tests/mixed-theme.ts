// A theme of three items as tests need one: what one produces another needs, one has situations, and one is a choice.
import { itemContent } from './item.ts'
import { paper } from './theme.ts'
import type { Town } from './world.ts'

const NAME = { field: 'F-1', fieldName: '企业名称栏' }
const PERSON = { field: 'F-2', fieldName: '法定代表人' }
export const contents = {
  LICENCE: {
    name: '测试设立登记',
    situations: [],
    fields: [NAME, PERSON],
    materials: [paper('M-1', '章程', { tolerable: true }), paper('M-2', '住所证明', { shared: true })],
    results: [{ result: 'R-1', resultName: '营业执照' }],
  },
  SEAL: {
    name: '测试刻章备案',
    situations: [],
    fields: [PERSON, NAME],
    materials: [paper('R-1', '营业执照'), paper('M-1', '章程')],
    results: [{ result: 'R-2', resultName: '印章备案证明' }],
  },
  TAX: {
    name: '测试发票领用',
    situations: [
      { situation: 'S-1', situationName: '首次领用' },
      { situation: 'S-2', situationName: '增加数量' },
    ],
    fields: [NAME, { field: 'F-3', fieldName: '发票份数', form: 'number', within: 'S-2' }],
    materials: [paper('R-1', '营业执照'), paper('M-3', '办税人员证明', { within: 'S-1' })],
    results: [],
  },
} as const
export type Name = keyof typeof contents

let themes = 0
/** Three items and the theme that brings them together; the third is a choice. */
export async function publishMixed(town: Town) {
  themes += 1
  const codeOf = (name: Name) => `11220500T${themes}${name}`
  const [hao, xiang] = [await town.as('hao'), await town.as('xiang')]
  for (const name of Object.keys(contents) as Name[]) {
    const code = codeOf(name)
    await town.done(hao, 'item', 'list', { ...itemContent, founding: true, ...contents[name], code, unit: 'tax' })
    await town.done(hao, 'version', 'submit', {}, `${code}-V1`)
    await town.done(xiang, 'version', 'publish', { from: '2026-02-11' }, `${code}-V1`)
  }
  const theme = {
    name: '测试开办一件事',
    lead: 'centre',
    basis: '测试文件',
    promised: 3,
    promisedUnit: 'working-day',
    parts: [{ item: codeOf('LICENCE') }, { item: codeOf('SEAL') }, { item: codeOf('TAX'), choice: true }],
  }
  const id = `ZT-test-${themes}`
  await town.done(xiang, 'theme', 'draft', theme, id)
  await town.done(await town.as('mu'), 'theme', 'publish', {}, id)
  return { id, codeOf }
}
