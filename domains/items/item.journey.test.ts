// An item from the desk to the portal: listed with the keyboard alone, its difference read and published by another person, read on a phone.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { desks, find } from '../../tests/desk.ts'
import { itemContent, paper } from '../../tests/item.ts'
import { faults, overflow, PHONE, stage, type Stage } from '../../tests/page.ts'

const CODE = '11220500TEST0001'
const NAME = '测试食品经营许可'

let s: Stage
beforeAll(async () => {
  s = await stage()
})
afterAll(() => s.close())
const { give, show, open } = desks(() => s)
const phase = async (kind: string, id: string) => (await show('xiang', kind, id))['phase']
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id)

/** What is wrong with the page as it stands, for whoever cannot see it or has a small window. */
async function told(page: Page): Promise<readonly string[]> {
  const wider = await overflow(page)
  return [...(await faults(page)), ...(wider > 0 ? [`${wider} pixels wider than its window`] : [])]
}

/** Cell after cell, as one types. */
async function row(page: Page, ...cells: readonly string[]) {
  for (const [at, cell] of cells.entries()) {
    if (at > 0) await page.keyboard.press('Tab')
    if (cell === ' ') await page.keyboard.press('Space')
    else if (cell !== '') await page.keyboard.type(cell)
  }
}

describe('at the desk', () => {
  test('a long form is filled in section by section, and its tables row by row, without the mouse', async () => {
    const page = await open('mu', 'new/item/list')
    const form = page.getByRole('form', { name: '收录' })
    const write = async (id: string, text: string) => {
      await page.locator(`#f-${id}`).focus()
      await page.keyboard.press('Control+A')
      await page.keyboard.type(text)
    }
    const choose = async (group: string, option: string) => {
      await form.getByRole('group', { name: group }).getByLabel(option, { exact: true }).focus()
      await page.keyboard.press('Space')
    }
    const contents = form.getByRole('navigation', { name: '目录' })
    // What needs nothing is folded; the contents say what each section still wants.
    expect(await page.locator('#f-sheet-baseline').getAttribute('open')).toBeNull()
    await contents.getByRole('button', { name: /时限 .*还缺 3 项/ }).waitFor()
    await contents.getByRole('button', { name: /改革前基线 .*选填/ }).waitFor()

    expect(await focused(page)).toBe('f-code')
    await page.keyboard.type(CODE)
    await find(page, '实施主体', 'tax局')
    await write('name', NAME)
    await choose('事项类型', '行政许可')
    await write('basis', '测试依据')
    await choose('行使层级', '市级')
    await choose('服务对象', '企业法人')
    await contents.getByRole('button', { name: /基本信息 .*已填 7 项/ }).waitFor()

    await page.keyboard.press('Alt+PageDown')
    await choose('办件类型', '承诺件')
    await write('statutory', '5')
    await choose('法定时限单位', '工作日')
    await write('promised', '8')
    await choose('承诺时限单位', '工作日')
    await page.keyboard.press('Alt+PageDown')
    expect(await focused(page)).toBe('f-conditions')
    await page.keyboard.type('测试：有固定的经营场所。')
    await page.locator('#f-steps').press('Enter')
    for (const step of ['受理', '审查', '决定']) {
      await row(page, step)
      if (step !== '决定') await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Alt+PageDown')
    expect(await focused(page)).toBe('f-situations')
    await page.keyboard.press('Enter')
    await row(page, 'S-01', '测试新办')

    // Thirty papers: three typed, one moved, one removed and brought back, the rest pasted from a spreadsheet.
    await page.locator('#f-materials').press('Enter')
    await row(page, 'M-001', '测试营业执照', '市场监管部门', '', '', '', ' ')
    await page.keyboard.press('Enter')
    await row(page, 'M-002', '测试平面图')
    await page.keyboard.press('Enter')
    await row(page, 'M-003', '测试证明')
    await page.keyboard.press('Alt+ArrowUp')
    expect(await focused(page)).toBe('f-materials.1.materialName')
    expect(await page.getByLabel('材料名称 2').inputValue()).toBe('测试证明')
    await page.keyboard.press('Alt+Delete')
    expect(await page.getByLabel('材料名称 2').inputValue()).toBe('测试平面图')
    await form.getByRole('button', { name: '撤销' }).press('Enter')
    expect(await page.getByLabel('材料名称 2').inputValue()).toBe('测试证明')
    const block = Array.from({ length: 27 }, (_, at) => `M-${100 + at}\t测试材料${at}\t\t1\t${at % 3}\t是\t否`).join(
      '\n',
    )
    await page.getByLabel('材料名称 3').press('Enter')
    expect(await focused(page)).toBe('f-materials.3.material')
    await page.evaluate((text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
    }, block)
    expect(await page.getByLabel('材料名称 30').inputValue()).toBe('测试材料26')
    expect(await page.getByLabel('可容缺 30').isChecked()).toBe(true)
    expect(await told(page)).toEqual([])

    await write('visits', '1')
    await choose('办理形式', '窗口办理')
    await choose('受理窗口', '无差别综合窗口')
    await choose('应当进厅', '是')
    await choose('可就近办', '否')
    await choose('是否收费', '否')
    await write('remedies', '测试：可以申请行政复议。')
    await write('enquiries', '0435-0000000')

    // The promise is longer than the law allows: the section says so, and the way leads to the field.
    await page.keyboard.press('Control+Enter')
    await form.getByRole('alert').waitFor()
    await contents.getByRole('button', { name: /时限 .*1 处有误/ }).waitFor()
    expect(await told(page)).toEqual([])
    await form.getByRole('alert').getByRole('link').first().press('Enter')
    expect(await focused(page)).toBe('f-promised')
    await write('promised', '3')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: NAME }).waitFor()
    const state = (await show('mu', 'version', `${CODE}-V1`))['facts'] as Record<string, readonly object[]>
    expect(state['materials']).toHaveLength(30)
    expect(state['materials']![0]).toMatchObject({ material: 'M-001', originals: 0, copies: 0, shared: true })
    expect(state['materials']![29]).toMatchObject({ material: 'M-126', originals: 1, copies: 2, tolerable: true })
    expect(page.problems.filter((one) => !one.includes('422'))).toEqual([])
  })

  test('the draft can be seen as applicants will see it', async () => {
    const page = await open('mu', `record/version/${CODE}-V1`)
    await page.getByText('这是第一个版本').waitFor()
    const address = await page.getByRole('link', { name: '申请人看到的页面' }).getAttribute('href')
    await page.goto(s.server.origin + address!)
    await page.getByText('预览：这是还没有公开的版本').waitFor()
    await page.getByRole('row', { name: /测试材料26/ }).waitFor()
  })

  test('whoever publishes has the difference to the version in force before his eyes', async () => {
    await give('mu', `${CODE}-V1`, 'submit', {}, 'version')
    await give('xiang', `${CODE}-V1`, 'publish', { from: '2026-02-11' }, 'version')
    const {
      code: _,
      unit: __,
      version: ___,
      ...facts
    } = (await show('mu', 'item', CODE))['facts'] as Record<string, unknown>
    const second = {
      ...facts,
      promised: 2,
      conditions: '测试：有与规模相适应的经营场所。',
      situations: itemContent.situations,
      materials: [
        { ...paper, materialName: '测试营业执照' },
        { ...paper, material: 'M-300', materialName: '测试新材料', shared: false, within: 'S-02' },
      ],
    }
    await give('mu', CODE, 'revise', second, 'item')
    await give('mu', `${CODE}-V2`, 'submit', {}, 'version')
    const page = await open('xiang', 'versions-to-publish')
    await page.getByRole('heading', { name: `${NAME} 2` }).waitFor()
    await page.keyboard.press('2')
    const form = page.getByRole('form', { name: '发布' })
    const lines = form.getByRole('row')
    await lines.filter({ hasText: '承诺办结时限' }).getByText('修改').waitFor()
    expect(await form.getByRole('combobox', { name: '比较对象' }).innerText()).toContain('第 1 版（现行）')
    await lines.filter({ hasText: '测试新材料' }).getByText('新增').waitFor()
    expect(await lines.filter({ hasText: '删去' }).count()).toBeGreaterThanOrEqual(29)
    const conditions = lines.filter({ hasText: '受理条件' })
    expect(await conditions.locator('del').allInnerTexts()).toEqual([expect.stringContaining('固定')])
    expect(await conditions.locator('ins').allInnerTexts()).toEqual([expect.stringContaining('与规模相适应')])
    expect(await told(page)).toEqual([])
    await form.getByLabel('施行日期').fill('2026-02-11')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => phase('version', `${CODE}-V2`)).toBe('standing')
  })

  test('on a phone the one version stands below the other', async () => {
    const page = await open('xiang', `record/version/${CODE}-V2`, { viewport: PHONE })
    const sides = page.getByRole('row').filter({ hasText: '承诺办结时限' }).locator('td')
    await sides.last().waitFor()
    const [before, after] = await Promise.all([sides.first().boundingBox(), sides.last().boundingBox()])
    expect(after!.y).toBeGreaterThan(before!.y)
    expect(await told(page)).toEqual([])
  })
})

describe('on a phone', () => {
  test.each([
    ['zh-CN', '需要什么', '显示', '测试新材料', '与上一版的不同', '2个工作日'],
    ['en', 'What is needed', 'Show', '测试新材料', 'What has changed since the version before', '2 working days'],
  ])('it is found and read in %s', async (locale, needs, narrow, material, changed, promise) => {
    const page = await s.open(undefined, { viewport: PHONE, locale })
    await page.goto(s.server.origin)
    expect(await told(page)).toEqual([])
    await page.locator('#home-q').fill('测试食品')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: NAME }).waitFor()
    expect(await told(page)).toEqual([])
    await page.getByRole('link', { name: NAME }).click()
    await page.getByRole('heading', { name: needs }).waitFor()
    await page.getByText(promise).first().waitFor()
    expect(await told(page)).toEqual([])
    expect(await page.getByText(material).isVisible()).toBe(true)
    await page.locator('#f-situation').selectOption('S-01')
    await page.getByRole('button', { name: narrow }).click()
    await page.waitForURL(/situation=S-01/)
    expect(await page.getByText(material).count()).toBe(0)
    await page.getByRole('link', { name: changed }).first().click()
    await page.locator('ins').first().waitFor()
    expect(await told(page)).toEqual([])
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false)
    expect(page.problems).toEqual([])
  })
})
