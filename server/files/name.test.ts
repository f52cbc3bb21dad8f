/** File names, in and out. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanName, contentDisposition } from './index.ts'

test('folders, controls, invisible and direction-changing characters go', () => {
  expect(cleanName('C:\\Users\\甲\\合同.pdf')).toBe('合同.pdf')
  expect(cleanName('/etc/passwd')).toBe('passwd')
  expect(cleanName('..')).toBe('附件')
  expect(cleanName('')).toBe('附件')
  expect(cleanName('.pdf')).toBe('pdf')
  expect(cleanName('  a\r\n\tb .pdf. ')).toBe('ab .pdf')
  expect(cleanName('exe.\u202efdp')).toBe('exe.fdp')
  expect(cleanName('e\u0301.png')).toBe('é.png')
  expect(cleanName('a<b>:"c|?*.txt')).toBe('a_b___c___.txt')
  expect(cleanName('CON.txt')).toBe('_CON.txt')
  expect(cleanName('𠮷👨‍👩‍👧.jpg')).toBe('𠮷👨‍👩‍👧.jpg')
})

test('long names are cut between characters and keep their extension', () => {
  const name = cleanName(`${'𠮷👨‍👩‍👧'.repeat(100)}.docx`)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
  expect(name).toMatch(/(?:𠮷|👨‍👩‍👧)\.docx$/u)
})

test('any name: safe, stable, and a header that holds it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const clean = cleanName(name)
      expect(clean).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]|^\.|^$/u)
      expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(200)
      expect(cleanName(clean)).toBe(clean)
      const header = contentDisposition(name)
      expect(header).toMatch(
        /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+$/,
      )
      expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe(clean)
    }),
    { numRuns: 5_000 },
  )
})

test('the fallback keeps what is ASCII', () => {
  expect(contentDisposition('Report 2026 报告.pdf')).toContain('filename="Report 2026.pdf"')
  expect(contentDisposition('a"; filename=b.html')).not.toContain('"; filename=b')
})
