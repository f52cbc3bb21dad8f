// Market access as people use it: asked without JavaScript on a phone and at a desk, a clue reported without a name, and the barrier cleared.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { desks } from '../../tests/desk.ts'
import { faults, overflow, PHONE, stage, type Stage } from '../../tests/page.ts'

let s: Stage
beforeAll(async () => {
  s = await stage()
  const edition = {
    number: '测试〔2025〕466号',
    name: '市场准入负面清单（测试）',
    issuers: ['测试机关'],
    from: '2025-04-24',
    total: 2,
    totalBarred: 1,
    source: '测试',
    matters: [
      { matter: '1', part: 'barred', matterName: '禁止违规开展新闻采编业务', proof: 'official' },
      {
        matter: '2',
        part: 'permit',
        matterName: '未获得许可，不得从事食品经营',
        sectors: ['F', 'H'],
        proof: 'official',
      },
    ],
    measures: [{ matter: '2', measure: '食品经营许可', authority: '市场监管部门' }],
    prohibitions: [],
    digest: 'a'.repeat(64),
  }
  const loaded = await ask('xiang', '/api/records/access-edition/load', edition)
  expect(loaded.status, loaded.text).toBe(200)
  await give('mu', '测试-2025-466号', 'confirm', {}, 'access-edition')
})
afterAll(() => s.close())
const { ask, give, open } = desks(() => s)

const main = async (page: Page) => (await page.locator('main').textContent())!
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()
async function sound(page: Page) {
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  expect(await faults(page)).toEqual([])
}

describe('on the portal, on a phone', () => {
  let page: Page
  const made = { id: '', code: '' }
  beforeAll(async () => {
    page = await s.open(undefined, { viewport: PHONE })
  })

  test('one finds it from the first page, asks, and is told with its entry and where a person answers', async () => {
    await page.goto(s.server.origin)
    await page.getByRole('link', { name: '市场准入：能不能做' }).click()
    await page.getByLabel('想做什么').fill('我想开一家餐馆，食品经营')
    await press(page, '查询')
    expect(await main(page)).toContain('可能须先取得许可')
    expect(await main(page)).toContain('未获得许可，不得从事食品经营')
    expect(await main(page)).toContain('提出咨询')
    await sound(page)
    await page.getByLabel('想做什么').fill('软件开发')
    await press(page, '查询')
    expect(await main(page)).toContain('清单中没有查到，可以依法直接进入')
    expect(await main(page)).toContain('优化营商环境条例第二十条')
    await page.getByLabel('想做什么').fill('')
    await page.getByLabel('行业').fill('C62')
    await press(page, '查询')
    expect(await page.title()).toMatch(/^有误：/)
    expect(await page.locator('.summary').textContent()).toContain('门类字母与代码不符')
    await sound(page)
  })

  test('the list is read by its parts', async () => {
    await page.goto(`${s.server.origin}/access/list`)
    expect(await main(page)).toContain('禁止违规开展新闻采编业务')
    expect(await main(page)).not.toContain('不得从事食品经营')
    await page.getByRole('link', { name: /H 住宿和餐饮业/ }).click()
    expect(await main(page)).toContain('不得从事食品经营')
    await sound(page)
  })

  test('a barrier is reported without a name and without JavaScript, and followed by its code', async () => {
    const plain = await s.open(undefined, { viewport: PHONE, javaScriptEnabled: false })
    await plain.goto(`${s.server.origin}/access`)
    await plain.getByRole('link', { name: '反映隐性壁垒' }).click()
    expect(await main(plain)).toContain('被反映的单位看不到')
    await press(plain, '开始填写')
    await plain.getByRole('link', { name: '说明情况' }).click()
    await plain.getByLabel('标题').fill('收件要先入会测试')
    await press(plain, '保存并继续')
    expect(await plain.locator('.summary').textContent()).toContain('请填写被要求做什么')
    await plain.getByLabel('被要求做什么').fill('窗口要求先入会才收材料。测试')
    await press(plain, '保存并继续')
    await plain.getByLabel('违规扩大审批范围，变更或增设条件').check()
    await press(plain, '保存并继续')
    await press(plain, '保存并继续')
    expect(await plain.locator('.summary, .problem').first().textContent()).toContain('写明是谁')
    await plain.getByLabel('提出要求的单位').selectOption({ label: 'tax局' })
    await press(plain, '保存并继续')
    await press(plain, '保存并继续')
    await press(plain, '保存并继续')
    await press(plain, '提交')
    const told = await main(plain)
    made.id = /XS\d{6}-\w{7}/.exec(told)![0]
    made.code = (await plain.locator('.number').allTextContents())
      .map((one) => one.trim())
      .find((one) => /^(\w{4}-){5}\w{4}$/.test(one))!
    await page.goto(`${s.server.origin}/follow`)
    await page.getByLabel('编号').fill(made.id)
    await page.getByLabel('查询码').fill(made.code)
    await press(page, '查询')
    expect(await main(page)).toContain('待核查')
    await sound(page)
  })

  test('what became of it at the desks is read here, and the cleared barrier by everybody', async () => {
    const desk = await open('du', 'clues')
    await desk.getByRole('link', { name: '收件要先入会测试' }).first().click()
    await desk.getByRole('button', { name: '认定为壁垒，责令整改' }).click()
    const form = desk.getByRole('form', { name: '认定为壁垒，责令整改' })
    await form.waitFor()
    await give(
      'du',
      made.id,
      'uphold',
      {
        unit: 'tax',
        sort: 'conditions-added',
        barrierTitle: '以入会作为收件条件测试',
        demand: '取消入会要求。测试',
        until: '2026-02-27',
      },
      'clue',
    )
    const unit = await open('hao', 'barriers')
    await unit.getByRole('link', { name: '以入会作为收件条件测试' }).first().click()
    await unit.getByRole('button', { name: '报告整改' }).click()
    const report = unit.getByRole('form', { name: '报告整改' })
    await report.getByLabel('整改情况').fill('已取消。测试')
    await report.getByRole('button', { name: '添加佐证' }).click()
    await report.getByLabel('佐证 1').fill('窗口告示测试')
    await report.getByRole('button', { name: '报告整改' }).click()
    await unit.getByText('待核查').first().waitFor()
    expect((await unit.locator('body').textContent())!.includes(made.id)).toBe(false)
    expect(unit.problems).toEqual([])
    const again = await open('du', 'barriers-to-check')
    await again.getByRole('link', { name: '以入会作为收件条件测试' }).first().click()
    await again.getByRole('button', { name: '核查清除，公布' }).click()
    const clear = again.getByRole('form', { name: '核查清除，公布' })
    await clear.getByLabel('清除情况（公开）').fill('入会要求已取消测试。')
    await clear.getByRole('button', { name: /核查清除，公布/ }).click()
    await expect
      .poll(async () => (await ask('du', '/api/records/barrier?phase=cleared')).body['items'])
      .toMatchObject([{ title: '以入会作为收件条件测试' }])
    expect(again.problems).toEqual([])
    await page.reload()
    expect(await main(page)).toContain('入会要求已取消测试。')
    await page.goto(`${s.server.origin}/access/cleared`)
    expect(await main(page)).toContain('以入会作为收件条件测试')
    expect(await main(page)).not.toContain(made.id)
    await sound(page)
  })
})

describe('at the desk', () => {
  test('whoever stands at a counter asks for somebody, and is told what is wrong with a question', async () => {
    const page = await open('gui', 'access')
    await page.getByLabel('想做什么').fill('食品经营测试')
    await press(page, '查询')
    await page.getByText('未获得许可，不得从事食品经营').waitFor()
    await page.getByLabel('想做什么').fill('')
    await page.getByLabel('行业代码或名称').fill('27')
    await press(page, '查询')
    await page.getByText('清单中没有查到，可以依法直接进入').waitFor()
    expect(page.url()).toContain('industry')
    await page.reload()
    await page.getByText('清单中没有查到，可以依法直接进入').waitFor()
    await page.getByLabel('行业代码或名称').fill('98')
    await press(page, '查询')
    await page.getByRole('alert').getByText('没有这个行业').waitFor()
    await sound(page)
  })
})
