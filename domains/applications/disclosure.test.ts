// Whose name the public reads: that of an organisation, never a whole name of a person.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { publicName } from './disclosure.ts'

test.each([
  ['通化测试商贸有限公司', '通化测试商贸有限公司'],
  ['通化测试商贸有限公司（合成数据）', '通化测试商贸有限公司（合成数据）'],
  ['梅河口市人民医院', '梅河口市人民医院'],
  ['东昌区王记烧烤店', '东昌区王记烧烤店'],
  ['Tonghua Testing Co., Ltd.', 'Tonghua Testing Co., Ltd.'],
  ['张三', '张**'],
  ['欧阳文馆', '欧**'],
  ['张三（法定代表人）', '张**'],
  ['阿不都热合曼·买买提店', '阿**'],
  ['John Smith', 'J**'],
  ['张行', '张**'],
  [' 李四 ', '李**'],
])('%s is read as %s', (name, read) => {
  expect(publicName(name, false)).toBe(read)
})

test('the registered name of an enterprise is read whole, whatever it is', () => {
  expect(publicName('老张', true)).toBe('老张')
})

test('of up to five signs nothing but the first is read', () => {
  const sign = fc.constantFrom(...'张王李欧阳店厂行部社中心公司银院校·')
  fc.assert(
    fc.property(fc.array(sign, { minLength: 1, maxLength: 5 }), (signs) => {
      expect(publicName(signs.join(''), false)).toBe(`${signs[0]}**`)
    }),
  )
})
