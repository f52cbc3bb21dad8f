// What a refusal says of a field: in the reader's language to the last word, whatever type was given for whatever was asked.
import { expect, test } from 'vitest'
import { z } from 'zod'
import * as domains from '../domains/index.ts'
import { registry } from '../kernel/domain.ts'
import { parse } from '../kernel/input.ts'
import { languages, typeWords } from '../kernel/texts.ts'
import { problemOf } from './problem.ts'
import { schemaOf } from './schema.ts'

const known = registry(Object.values(domains))
const ODD = [7, 1.5, 'x', true, [], {}, [7], [{}], [{ x: 1 }], null]

test.each(languages)('every wrong type of every field is told in words of %s', (lang) => {
  const words = new Set<string>(Object.values(typeWords[lang]))
  const seen = new Set<string>()
  for (const [kind, { definition }] of known.kinds)
    for (const { input } of Object.values(definition.commands))
      for (const name of Object.keys(schemaOf(input)['properties'] ?? {}))
        for (const odd of ODD) {
          const parsed = parse(input, { [name]: odd })
          if (!('fields' in parsed)) continue
          const told = problemOf(known, { refused: 'invalid-input', kind, fields: parsed.fields }, lang)
          for (const { field, problem, message } of told.fields ?? []) {
            if (problem !== 'wrong-type') continue
            const expected = /(?:应为|should be )(.*)[。.]$/.exec(message)?.[1] ?? ''
            expect(words, `${kind} ${field}: ${message}`).toContain(expected)
            seen.add(expected)
          }
        }
  expect(seen.size).toBeGreaterThanOrEqual(4)
})

test('what is no object is told of the member that should have been one', () => {
  const { definition } = known.kinds.get('appeal')!
  for (const whole of [[], 'x', null]) {
    const parsed = parse(definition.commands['raise']!.input, whole)
    const told = problemOf(
      known,
      { refused: 'invalid-input', kind: 'appeal', fields: 'fields' in parsed ? parsed.fields : [] },
      'zh-CN',
    )
    expect(told.fields).toEqual([
      { field: 'input', problem: 'wrong-type', message: 'input的格式不对，应为一组栏目（{…}）。' },
    ])
  }
})

test('a day is told as it is read, in both languages', () => {
  const refused = {
    refused: 'begins-before-the-one-in-force',
    kind: 'rung',
    field: 'from',
    about: { from: '2026-04-01' },
  }
  expect(problemOf(known, refused, 'zh-CN').detail).toContain('现行版本自 2026年4月1日（周三） 起施行')
  expect(problemOf(known, refused, 'en').detail).toContain('Wed 1 Apr 2026')
})

test('a list is told how many there may be, a text how many characters', () => {
  const shape = z.object({ files: z.array(z.string()).min(2).max(3), text: z.string().min(2).max(3) })
  const told = (files: number, text: string) => {
    const parsed = parse(shape, { files: Array.from({ length: files }, () => 'x'), text })
    const fields = 'fields' in parsed ? parsed.fields : []
    return problemOf(known, { refused: 'invalid-input', kind: '', fields }, 'zh-CN').fields?.map((one) => one.message)
  }
  expect(told(1, 'x')).toEqual(['files至少要有 2 项。', 'text至少要有 2 个字。'])
  expect(told(4, 'xxxx')).toEqual(['files最多 3 项。', 'text最多 3 个字。'])
})
