import { describe, expect, it } from 'vitest'
import { initials, spelling } from './pinyin.ts'

describe('names in Latin letters', () => {
  it.each([
    ['通化人参药业有限公司', 'thrsyyyxgs', 'tonghuarenshenyaoyeyouxiangongsi'],
    ['梅河口市银行', 'mhksyh', 'meihekoushiyinhang'],
    ['长白山绿色食品', 'cbslssp', 'changbaishanlvseshipin'],
    ['集安 ABC-12 号店', 'jaabc12hd', 'jianabc12haodian'],
    ['（集团）', 'jt', 'jituan'],
    ['Ｔ３工坊', 't3gf', 't3gongfang'],
    ['', '', ''],
  ])('%s', (name, short, long) => {
    expect(initials(name)).toBe(short)
    expect(spelling(name)).toBe(long)
  })

  it('keeps a character that it cannot read, and never fails', () => {
    expect(initials('𰻞面馆')).toMatch(/mg$/)
    for (const name of ['😀', '\u0000', '𠮷𬭚㙟', '々', 'ب', '\ud842', '龘'.repeat(500)]) {
      expect(typeof initials(name)).toBe('string')
      expect(typeof spelling(name)).toBe('string')
    }
    expect(spelling('😀')).toBe('')
  })

  it('does not confuse one name with the next', () => {
    const names = ['东昌', '辉南', '东昌', '柳河']
    expect(names.map(initials)).toEqual(['dc', 'hn', 'dc', 'lh'])
    expect(names.map(spelling)).toEqual(['dongchang', 'huinan', 'dongchang', 'liuhe'])
  })
})
