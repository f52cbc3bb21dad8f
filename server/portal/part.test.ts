// Values in words.
import { expect, test } from 'vitest'
import { appeals } from '../../domains/index.ts'
import { said } from './part.ts'

const appeal = appeals.kinds.find(({ definition }) => definition.kind === 'appeal')!

test('a person whose login is spelled like an option is named, and an option is told as one', () => {
  const names = { handler: '韩承办' }
  expect(said(appeal, 'zh-CN', 'handler', names, 'handler')).toBe('韩承办')
  expect(said(appeal, 'zh-CN', 'arrears', names, 'matter')).toBe(appeal.texts['zh-CN'].options['arrears'])
  expect(said(appeal, 'en', ['handler', 'somebody'], names, 'handler')).toBe('韩承办, somebody')
})
