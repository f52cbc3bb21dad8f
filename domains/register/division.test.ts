import { describe, expect, it } from 'vitest'
import { administrativeDivisions, divisionOf, divisionsUnder } from './division.ts'

describe('administrative divisions', () => {
  it.each([
    ['220000', '吉林省'],
    ['220500', '通化市'],
    ['220502', '东昌区'],
    ['220503', '二道江区'],
    ['220521', '通化县'],
    ['220523', '辉南县'],
    ['220524', '柳河县'],
    ['220581', '梅河口市'],
    ['220582', '集安市'],
  ])('%s is %s', (code, name) => expect(divisionOf(code)?.name).toBe(name))

  it('does not know other codes', () => {
    for (const code of ['220522', '220501', '', '22', '２２０５００']) expect(divisionOf(code)).toBeUndefined()
  })

  it('stand in one tree', () => {
    expect(divisionsUnder('220500')).toHaveLength(8)
    expect(divisionsUnder('220000')).toEqual(administrativeDivisions.map(({ code }) => code))
    expect(divisionsUnder('220581')).toEqual(['220581'])
    expect(divisionsUnder('999999')).toEqual([])
  })
})
