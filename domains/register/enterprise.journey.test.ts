// An enterprise entered at the window: what is doubtful is said at once, what is not asked is not lost.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desks } from '../../tests/desk.ts'
import { stage, type Stage } from '../../tests/page.ts'
import { makeUscc } from './uscc.ts'

let s: Stage
beforeAll(async () => {
  s = await stage()
})
afterAll(() => s.close())
const { open, show, ask } = desks(() => s)

test('a code with a slip in it is entered and pointed out at once, in both languages, until it is mended', async () => {
  const code = makeUscc('91220502MA0000777')
  const slip = `${code.slice(0, 17)}${code.endsWith('0') ? '1' : '0'}`
  const page = await open('gui', 'new/enterprise/enter')
  const form = page.getByRole('form')
  const caution = page.getByRole('status').filter({ hasText: '校验位不符' })
  await form.getByLabel('统一社会信用代码').fill(slip)
  await form.getByLabel('企业名称').fill('通化校验公司')
  await form.getByText('东昌区', { exact: true }).click()
  await form.getByLabel('行业大类').selectOption('39')
  await form.getByLabel('成立日期').fill('2020-01-01')
  await form.getByText('否', { exact: true }).click()
  await form.getByRole('button', { name: '登记或更新' }).click()
  await caution.getByText('请对照营业执照逐位核对').waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1)!
  expect((await show('gui', 'enterprise', id))['facts']).toMatchObject({ usccForm: 'wrong-check' })
  const english = await s.server.ask('gui', 'GET', `/record/enterprise/${id}`, undefined, { 'accept-language': 'en' })
  expect(english.text).toMatch(/role="status">.*Compare it with the business licence/s)

  await page.getByRole('button', { name: '登记或更新' }).first().click()
  await form.getByLabel('统一社会信用代码').fill(code)
  await form.getByRole('button', { name: '登记或更新' }).click()
  await caution.waitFor({ state: 'detached' })
})

test('an industry deeper than the form asks stays when the record is amended in the form', async () => {
  const input = {
    uscc: makeUscc('91220502MA0000888'),
    name: '通化深类公司',
    division: '220502',
    industry: 'C3921',
    registeredOn: '2020-01-01',
    private: false,
  }
  const { body } = await ask('gui', '/api/records/enterprise/enter', input)
  const { id } = body['done'] as { id: string }
  const page = await open('gui', `record/enterprise/${id}`)
  await page.getByRole('button', { name: '登记或更新' }).first().click()
  await page.getByRole('form').getByLabel('企业名称').fill('通化更名公司')
  await page.getByRole('form').getByRole('button', { name: '登记或更新' }).click()
  await page.getByRole('heading', { name: '通化更名公司' }).waitFor()
  expect((await show('gui', 'enterprise', id))['facts']).toMatchObject({ industry: '39', industryCode: '3921' })
})
