// Values in words.
import { expect, test } from 'vitest'
import { appeals, applications } from '../../domains/index.ts'
import { said } from './part.ts'

const appeal = appeals.kinds.find(({ definition }) => definition.kind === 'appeal')!

test('a person whose login is spelled like an option is named, and an option is told as one', () => {
  const names = { handler: '韩承办' }
  expect(said(appeal, 'zh-CN', 'handler', names, 'handler')).toBe('韩承办')
  expect(said(appeal, 'zh-CN', 'arrears', names, 'matter')).toBe(appeal.texts['zh-CN'].options['arrears'])
  expect(said(appeal, 'en', ['handler', 'somebody'], names, 'handler')).toBe('韩承办, somebody')
})

test('what an applicant typed is told as typed, though a record or an option is spelled alike; yes and no in words', () => {
  const application = applications.kinds.find(({ definition }) => definition.kind === 'application')!
  const names = { 91220502: '测试公司' }
  const told = (value: string) => said(application, 'zh-CN', [{ name: '代码', field: 'F-1', value }], names)
  expect(told('91220502')).toContain('91220502')
  expect(told('approved')).toContain('approved')
  expect(told('yes')).toContain('是')
  expect(told('2026-11-29')).toContain('2026年11月29日')
})
