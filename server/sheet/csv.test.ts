/** CSV as people's programs write it. */
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { csvParser, delimiterOf } from './csv.ts'
import { readSheet, type ReadOptions } from './index.ts'
import { fixtureFolder, listOf } from './zip-fixture.ts'

const fixtures = fixtureFolder()
const file: typeof fixtures.file = (...all) => fixtures.file(...all)

async function values(data: string | Buffer, options: Partial<ReadOptions> = {}) {
  const rows = await listOf(readSheet(file(data), { maxRows: 1000, maxColumns: 10, ...options }))
  return rows.map(({ row, cells }) => [row, ...cells.map(({ value }) => value)])
}

describe('encodings', () => {
  test('UTF-8 with and without mark, rare characters and emoji', async () => {
    const rows = [
      [1, '名称', '备注'],
      [2, '𠮷㐂药业', '🏭'],
    ]
    expect(await values('名称,备注\n𠮷㐂药业,🏭')).toEqual(rows)
    expect(await values('\ufeff名称,备注\r\n𠮷㐂药业,🏭\r\n')).toEqual(rows)
  })

  test('GB18030, four-byte characters among them', async () => {
    // 名称,备注 / 通化𠮷业,㐂: two bytes each but for 𠮷 (95 32 F0 35?) and 㐂, which take four.
    const four = { 𠮷: bytesOf('𠮷'), 㐂: bytesOf('㐂') }
    expect([four['𠮷'].length, four['㐂'].length]).toEqual([4, 4])
    const data = Buffer.concat([
      Buffer.from('c3fbb3c62cb1b8d7a20a', 'hex'),
      Buffer.from('cda8bbaf', 'hex'),
      four['𠮷'],
      Buffer.from(','),
      four['㐂'],
    ])
    expect(await values(data)).toEqual([
      [1, '名称', '备注'],
      [2, '通化𠮷', '㐂'],
    ])
  })

  test('GB18030 cut in the middle of characters by the pieces it is read in', async () => {
    const line = Buffer.concat([
      Buffer.from('a'),
      ...Array.from({ length: 10_000 }, () => Buffer.concat([bytesOf('𠮷'), Buffer.from('cda8', 'hex')])),
    ])
    const data = Buffer.concat([line, Buffer.from('\n'), line])
    const text = `a${'𠮷通'.repeat(10_000)}`
    expect(await values(data)).toEqual([
      [1, text],
      [2, text],
    ])
  })

  test('UTF-16, as Excel saves Unicode text', async () => {
    expect(await values(Buffer.from('\ufeff名称\t备注\r\n甲\t乙\r\n', 'utf16le'))).toEqual([
      [1, '名称', '备注'],
      [2, '甲', '乙'],
    ])
  })

  test('neither is refused; a binary file is no spreadsheet', async () => {
    await expect(values(Buffer.from('a,b\n\xff\xff\xff', 'latin1'))).rejects.toMatchObject({ code: 'wrong-encoding' })
    await expect(values(Buffer.concat([Buffer.from('a,b\n'.repeat(2000)), Buffer.from([0, 1])]))).rejects.toMatchObject(
      { code: 'not-a-spreadsheet' },
    )
  })
})

describe('shape', () => {
  test('quotes, line ends inside them, doubled quotes, ragged and empty rows', async () => {
    const text = 'a,"b,1","c\nd","e""f"\r\n\r\n甲\r乙,,丙,\n"x"y,z"z'
    expect(await values(text)).toEqual([
      [1, 'a', 'b,1', 'c\nd', 'e"f'],
      [3, '甲'],
      [4, '乙', '丙'],
      [5, 'xy', 'z"z'],
    ])
  })

  test('the delimiter is found', () => {
    expect(delimiterOf('a;b;"c,d,e,f"\n1,2;3')).toBe(';')
    expect(delimiterOf('\n\na\tb\n')).toBe('\t')
    expect(delimiterOf('a|b')).toBe('|')
    expect(delimiterOf('one column\n1,2,3')).toBe(',')
    expect(delimiterOf('')).toBe(',')
  })

  test('limits: rows, columns, an open quotation mark', async () => {
    await expect(values('a\nb\nc\n', { maxRows: 2 })).rejects.toMatchObject({ code: 'too-many-rows', detail: '2' })
    expect(await values('a\n\n\nb\n', { maxRows: 2 })).toHaveLength(2)
    await expect(values('a,b\n1,2,3', { maxColumns: 2 })).rejects.toMatchObject({ code: 'too-many-columns', row: 2 })
    expect(await values('a,b,,,\n', { maxColumns: 2 })).toHaveLength(1)
    await expect(values('a\n"b\nc\nd')).rejects.toMatchObject({ code: 'broken', row: 2 })
    await expect(values(`"${'x'.repeat(300_000)}"`)).rejects.toMatchObject({ code: 'broken', row: 1 })
  })

  test('however the text is cut into pieces, the rows are the same', () => {
    const alphabet = fc.constantFrom('a', '乙', ',', '"', '\r', '\n', "'", '=', ' ')
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 40 }), fc.nat(40), (letters, cut) => {
        const parse = (...pieces: string[]) => {
          try {
            const parser = csvParser(',', 50)
            return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()]
          } catch (error) {
            return String(error)
          }
        }
        const text = letters.join('')
        expect(parse(text.slice(0, cut), text.slice(cut))).toEqual(parse(text))
        expect(parse(...letters)).toEqual(parse(text))
      }),
      { numRuns: 2_000 },
    )
  })
})

/** The GB18030 bytes of a character, found by asking the decoder: Node has no encoder. */
function bytesOf(char: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const code = char.codePointAt(0) ?? 0
  if (code >= 0x10000) {
    const linear = code - 0x10000
    const rest = [
      Math.floor(linear / 12_600),
      Math.floor(linear / 1_260) % 10,
      Math.floor(linear / 10) % 126,
      linear % 10,
    ]
    const bytes = Buffer.from([0x90 + rest[0]!, 0x30 + rest[1]!, 0x81 + rest[2]!, 0x30 + rest[3]!])
    if (decoder.decode(bytes) === char) return bytes
  }
  for (let a = 0x81; a <= 0x84; a++)
    for (let b = 0x30; b <= 0x39; b++)
      for (let c = 0x81; c <= 0xfe; c++)
        for (let d = 0x30; d <= 0x39; d++)
          if (decoder.decode(Buffer.from([a, b, c, d])) === char) return Buffer.from([a, b, c, d])
  throw new Error(`no GB18030 for ${char}`)
}
