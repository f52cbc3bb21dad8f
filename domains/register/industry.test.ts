import { describe, expect, it } from 'vitest'
import { divisions, industryOf, readIndustry, sectionOf, sections } from './industry.ts'

describe('GB/T 4754-2017', () => {
  it('has 20 sections from A to T and 97 divisions from 01 to 97', () => {
    expect(sections.map(({ code }) => code).join('')).toBe('ABCDEFGHIJKLMNOPQRST')
    expect(divisions.map(({ code }) => Number(code))).toEqual(Array.from({ length: 97 }, (_, at) => at + 1))
  })

  it.each([
    ['01', 'A', '农业'],
    ['05', 'A', '农、林、牧、渔专业及辅助性活动'],
    ['06', 'B', '煤炭开采和洗选业'],
    ['12', 'B', '其他采矿业'],
    ['13', 'C', '农副食品加工业'],
    ['27', 'C', '医药制造业'],
    ['36', 'C', '汽车制造业'],
    ['43', 'C', '金属制品、机械和设备修理业'],
    ['44', 'D', '电力、热力生产和供应业'],
    ['46', 'D', '水的生产和供应业'],
    ['47', 'E', '房屋建筑业'],
    ['51', 'F', '批发业'],
    ['53', 'G', '铁路运输业'],
    ['59', 'G', '装卸搬运和仓储业'],
    ['60', 'G', '邮政业'],
    ['62', 'H', '餐饮业'],
    ['65', 'I', '软件和信息技术服务业'],
    ['69', 'J', '其他金融业'],
    ['70', 'K', '房地产业'],
    ['72', 'L', '商务服务业'],
    ['75', 'M', '科技推广和应用服务业'],
    ['79', 'N', '土地管理业'],
    ['82', 'O', '其他服务业'],
    ['83', 'P', '教育'],
    ['85', 'Q', '社会工作'],
    ['90', 'R', '娱乐业'],
    ['96', 'S', '基层群众自治组织及其他组织'],
    ['97', 'T', '国际组织'],
  ])('%s stands in %s and is %s', (code, section, name) => {
    expect(industryOf(code)).toMatchObject({ section, name })
  })

  it('names every section and division in both languages, and no two alike', () => {
    for (const { name, nameEn } of [...sections, ...divisions]) {
      expect(name).toMatch(/^[\p{Script=Han}、]+$/u)
      expect(nameEn).toMatch(/^[A-Z][A-Za-z ,'-]+$/)
    }
    expect(new Set(divisions.map(({ name }) => name)).size).toBe(97)
    expect(new Set(divisions.map(({ nameEn }) => nameEn)).size).toBe(97)
    expect(divisions.every(({ section }) => sectionOf(section))).toBe(true)
  })

  it('does not know other codes', () => {
    for (const code of ['00', '98', '1', '013', 'A', '']) expect(industryOf(code)).toBeUndefined()
  })
})

describe('a code as sheets hold it', () => {
  it.each([
    ['C3921', '3921', true],
    ['3921', '3921', true],
    ['c392', '392', true],
    ['39', '39', true],
    [' Ｃ３９ ', '39', true],
    ['B3921', '3921', false],
    ['A0111', '0111', true],
  ])('%j is %s of its division', (text, digits, agrees) => {
    expect(readIndustry(text)).toEqual({ digits, division: industryOf(digits.slice(0, 2)), agrees })
  })

  it.each(['', 'C', '3', 'C3', '39211', '9821', '0011', 'U39', '3 9', '39a', '-39'])('%j is none', (text) => {
    expect(readIndustry(text)).toBeUndefined()
  })
})
