// The start-up of an enterprise as tests need it: six items at one unit, of which the later need what the earlier produce.
import type { Town } from './world.ts'

export const paper = (material: string, materialName: string, more: object = {}) => ({
  material,
  materialName,
  originals: 1,
  copies: 0,
  tolerable: false,
  shared: false,
  ...more,
})
export const field = (code: string, fieldName: string, more: object = {}) => ({ field: code, fieldName, ...more })
const base = {
  type: 'public-service',
  basis: '测试办法第一条',
  level: 'city',
  audience: ['enterprise'],
  founding: true,
  handling: 'within-time',
  promised: 1,
  promisedUnit: 'working-day',
  conditions: '测试',
  steps: [{ step: '办理' }],
  situations: [],
  materials: [] as object[],
  fields: [] as object[],
  results: [] as object[],
  visits: 0,
  channels: ['on-computer'],
  window: 'undifferentiated',
  hallDue: true,
  nearby: false,
  fee: false,
  remedies: '可以申请行政复议。',
  enquiries: '0435-0000000',
  topics: ['企业开办'],
}
export const NAME = field('ZD-1', '企业名称')
const PERSON = field('ZD-2', '法定代表人')
const PHONE = field('ZD-3', '联系电话')
const LICENCE = paper('JG-1', '营业执照')
const SEAL = paper('JG-2', '印章备案证明')

const six: Readonly<Record<string, object>> = {
  START1: {
    name: '企业设立登记',
    fields: [NAME, PERSON],
    materials: [paper('CL-1', '章程'), paper('CL-2', '住所证明')],
    results: [{ result: 'JG-1', resultName: '营业执照' }],
  },
  START2: {
    name: '公章刻制备案',
    fields: [NAME, PERSON],
    materials: [LICENCE],
    results: [{ result: 'JG-2', resultName: '印章备案证明' }],
    cityPays: 35_000,
    cityPaysBasis: '测试通知',
  },
  START3: { name: '发票领用', fields: [NAME, PHONE], materials: [LICENCE], results: [] },
  START4: {
    name: '社会保险登记',
    fields: [NAME, PHONE, field('ZD-4', '职工人数', { form: 'number' })],
    materials: [LICENCE],
    results: [],
  },
  START5: { name: '住房公积金登记', fields: [NAME, PHONE], materials: [LICENCE], results: [] },
  START6: { name: '银行预约开户', fields: [NAME, PERSON, PHONE], materials: [LICENCE, SEAL], results: [] },
}
export const codes = Object.keys(six)
export const idOf = (code: string) => `11220500${code}`
export const drafted = {
  name: '企业开办一件事',
  lead: 'centre',
  basis: '测试文件',
  promised: 1,
  promisedUnit: 'working-day',
  parts: codes.map((one) => ({ item: idOf(one), ...(one === 'START6' && { choice: true }) })),
}

/** Lists an item of these, or one made of them, and puts it in force. */
export async function publishItem(t: Town, code: string, more: object = {}) {
  const hao = await t.as('hao')
  await t.done(hao, 'item', 'list', { ...base, ...six[code], ...more, code: idOf(code), unit: 'tax' })
  await t.done(hao, 'version', 'submit', {}, `${idOf(code)}-V1`)
  await t.done(await t.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${idOf(code)}-V1`)
}

/** The theme in force, its items with what is said of them besides; its id. */
export async function publishTheme(
  t: Town,
  more: Readonly<Record<string, object>> = {},
  rest: object = {},
): Promise<string> {
  for (const one of codes) await publishItem(t, one, more[one])
  const { id } = (await t.done(await t.as('xiang'), 'theme', 'draft', { ...drafted, ...rest })).done
  await t.done(await t.as('mu'), 'theme', 'publish', {}, id)
  return id
}
