/** Attachments: what is taken, what is refused and why, and how it goes out again. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { crc32, deflateSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { packedRepeat, peakMemory, workbookOf, zipOf } from '../sheet/zip-fixture.ts'
import {
  clearIncoming,
  describeFileRefusal,
  FileRefusal,
  fileRefusalTexts,
  openFile,
  removeFile,
  rescanFile,
  storeFile,
  type StoreOptions,
} from './index.ts'
import { placeOf } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const usual = { limit: 5_000_000, folder, purpose: 'evidence', scan: undefined, allowUnscanned: true } as const

function store(data: Buffer | string, name: string, options: Partial<StoreOptions> = {}) {
  return storeFile(Readable.from([Buffer.from(data)]), { ...usual, name, ...options })
}

async function refusal(data: Buffer | string, name: string, options: Partial<StoreOptions> = {}): Promise<string> {
  const error = await store(data, name, options).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(FileRefusal)
  return (error as FileRefusal).code
}

/** Every file below the folder. */
const kept = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length

const chunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
const png = (width: number, height: number) => {
  const header = Buffer.from('00000000000000000802000000', 'hex')
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  const data = deflateSync(Buffer.alloc(4))
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}
const jpeg = (width: number, height: number) => {
  const frame = Buffer.from('ffc0001108000000000301220002110103110 1'.replace(' ', ''), 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const app = Buffer.from('ffe000104a46494600010100000100010000', 'hex')
  return Buffer.concat([Buffer.from('ffd8', 'hex'), app, frame, Buffer.from('ffda0008010100003f00aabbffd9', 'hex')])
}
const webp = (width: number, height: number) => {
  const data = Buffer.alloc(30 + 8)
  data.write('RIFF', 0)
  data.writeUInt32LE(data.length - 8, 4)
  data.write('WEBPVP8X', 8)
  data.writeUInt32LE(10, 16)
  data.writeUIntLE(width - 1, 24, 3)
  data.writeUIntLE(height - 1, 27, 3)
  return data
}
const heic = (width: number, height: number) => {
  const ispe = Buffer.alloc(20)
  ispe.writeUInt32BE(20)
  ispe.write('ispe', 4)
  ispe.writeUInt32BE(width, 12)
  ispe.writeUInt32BE(height, 16)
  return Buffer.concat([
    Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
    Buffer.alloc(8),
    ispe,
    Buffer.alloc(64),
  ])
}
const mp4 = Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1'), Buffer.alloc(100)])
const pdf = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')
const zipWith = (part: string) =>
  zipOf([
    { name: '[Content_Types].xml', data: '<Types/>' },
    { name: part, data: '<x/>' },
  ])
const docx = zipWith('word/document.xml')
const zip = zipOf([{ name: 'a.txt', data: 'a' }])

describe('what is taken', () => {
  test('each kind, by its content; what is stored is what came', async () => {
    const files: [string, Buffer | string, string][] = [
      ['pdf', pdf, '合同.PDF'],
      ['docx', docx, '说明.docx'],
      ['xlsx', workbookOf({ sheets: [''] }), '台账.xlsx'],
      ['pptx', zipWith('ppt/presentation.xml'), '汇报.pptx'],
      ['ofd', zipWith('OFD.xml'), '公文.ofd'],
      ['txt', '情况说明：𠮷\r\n', '说明.txt'],
      ['csv', Buffer.from('c3fbb3c62cb1b8d7a20a', 'hex'), '名单.csv'],
      ['txt', Buffer.from('\ufeff甲', 'utf16le'), 'a.txt'],
      ['png', png(800, 600), '图.png'],
      ['jpeg', jpeg(4000, 3000), '照片.jpeg'],
      ['webp', webp(640, 480), 'a.webp'],
      ['heic', heic(4032, 3024), 'IMG_0001.HEIC'],
      ['mp4', mp4, '录像.mp4'],
    ]
    for (const [kind, data, name] of files) {
      const stored = await store(data, name)
      const bytes = Buffer.from(data)
      expect(stored).toMatchObject({ kind, name, size: bytes.length, state: 'unscanned' })
      expect(stored.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
      const path = placeOf(folder, stored.id, 'unscanned')
      expect(readFileSync(path).equals(bytes)).toBe(true)
      expect(path).toContain(join(stored.id.slice(0, 2), stored.id.slice(2, 4), stored.id))
      expect(statSync(path).mode & 0o777).toBe(0o600)
    }
  })

  test('dimensions are read; a name without extension gets the right one', async () => {
    expect((await store(png(800, 600), 'a.png')).pixels).toEqual({ width: 800, height: 600 })
    expect((await store(jpeg(4000, 3000), 'a.jpg')).pixels).toEqual({ width: 4000, height: 3000 })
    expect((await store(webp(640, 480), 'a.webp')).pixels).toEqual({ width: 640, height: 480 })
    expect((await store(heic(4032, 3024), 'a.heic')).pixels).toEqual({ width: 4032, height: 3024 })
    expect((await store(jpeg(10, 10), 'image')).name).toBe('image.jpg')
  })

  test('a photograph with a film appended, as phones take them', async () => {
    expect((await store(Buffer.concat([jpeg(10, 10), mp4]), 'a.jpg')).kind).toBe('jpeg')
  })

  test('a name full of tricks is made harmless', async () => {
    expect((await store(pdf, '../../etc/合同\u202efdp.\u0000pdf')).name).toBe('合同fdp.pdf')
  })
})

describe('what is refused, leaving nothing behind', () => {
  test('content that is not what the name says', async () => {
    const before = kept()
    expect(await refusal(png(1, 1), '合同.pdf')).toBe('content-mismatch')
    expect(await refusal(pdf, 'a.png')).toBe('content-mismatch')
    expect(await refusal(pdf, 'a.pdf.exe')).toBe('content-mismatch')
    expect(await refusal(docx, 'a.xlsx')).toBe('content-mismatch')
    expect(await refusal(zip, 'a.docx')).toBe('content-mismatch')
    expect(await refusal('MZ\x90\0\x03\0\0\0'.padEnd(200, '\0'), 'a.jpg')).toBe('content-mismatch')
    expect(await refusal('<!DOCTYPE html><script>alert(1)</script>', 'a.txt')).toBe('content-mismatch')
    expect(await refusal('\ufeff  <svg xmlns="x" onload="a()"/>', 'a.csv')).toBe('content-mismatch')
    expect(await refusal('<?xml version="1.0"?><x/>', 'a.txt')).toBe('content-mismatch')
    expect(await refusal(Buffer.concat([Buffer.from('说明'.repeat(9000)), Buffer.from([0, 1, 2])]), 'a.txt')).toBe(
      'content-mismatch',
    )
    expect(await refusal(randomBytes(300).fill(1, 0, 4), 'a.pdf')).toBe('broken')
    expect(kept()).toBe(before)
  })

  test('kinds that are not accepted, here or anywhere', async () => {
    expect(await refusal(pdf, 'a.pdf', { purpose: 'photo' })).toBe('kind-not-allowed')
    expect(await refusal('甲,乙', 'a.txt', { purpose: 'sheet' })).toBe('kind-not-allowed')
    expect(await refusal(zip, 'a.zip')).toBe('kind-not-allowed')
    expect(await refusal('<html></html>', 'a.html')).toBe('kind-not-allowed')
    expect(await refusal(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), 'a.doc')).toBe(
      'kind-not-allowed',
    )
    expect(await refusal(Buffer.from([1, 2, 3, 4]), 'a.xyz')).toBe('unknown-kind')
  })

  test('one file inside another', async () => {
    expect(await refusal(Buffer.concat([png(1, 1), Buffer.from('<script>')]), 'a.png')).toBe('polyglot')
    expect(await refusal(Buffer.concat([png(1, 1), zip]), 'a.png')).toBe('polyglot')
    expect(await refusal(Buffer.concat([jpeg(1, 1), zip]), 'a.jpg')).toBe('polyglot')
    expect(await refusal(Buffer.concat([pdf, zip]), 'a.pdf')).toBe('polyglot')
    expect(await refusal(Buffer.concat([webp(1, 1), Buffer.from('<html>')]), 'a.webp')).toBe('polyglot')
    expect(await refusal(Buffer.concat([Buffer.from('<html>\n'), pdf]), 'a.pdf')).toBe('content-mismatch')
    expect(await refusal(Buffer.concat([Buffer.from('MZ'), zip]), 'a.docx')).toBe('content-mismatch')
  })

  test('empty, cut off, or too large while it streams', async () => {
    expect(await refusal('', 'a.txt')).toBe('empty')
    expect(await refusal(png(10, 10).subarray(0, 40), 'a.png')).toBe('broken')
    expect(await refusal(docx.subarray(0, docx.length - 40), 'a.docx')).toBe('broken')
    let pulled = 0
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(65_536, 'a'.charCodeAt(0) + (pulled++ % 20))
      })(),
    )
    const before = kept()
    const memory = await peakMemory(() =>
      expect(storeFile(endless, { ...usual, name: 'a.txt', limit: 20_000_000 })).rejects.toMatchObject({
        code: 'too-large',
        detail: '19.1 MB',
      }),
    )
    expect(pulled).toBeLessThan(400)
    expect(memory).toBeLessThan(150)
    expect(kept()).toBe(before)
  })

  test('an upload that breaks off', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('%PDF-')
        throw new Error('connection lost')
      })(),
    )
    const before = kept()
    await expect(storeFile(broken, { ...usual, name: 'a.pdf' })).rejects.toMatchObject({ code: 'interrupted' })
    expect(kept()).toBe(before)
  })

  test('pictures of too many pixels, by their headers', async () => {
    for (const [data, name] of [
      [png(60_000, 60_000), 'a.png'],
      [jpeg(65_000, 65_000), 'a.jpg'],
      [webp(16_000, 16_000), 'a.webp'],
      [heic(70_000, 70_000), 'a.heic'],
    ] as const)
      expect(await refusal(data, name)).toBe('image-too-large')
    expect(await refusal(png(0, 5), 'a.png')).toBe('broken')
    expect(await refusal(png(20, 20), 'a.png', { pixels: 399 })).toBe('image-too-large')
  })

  test('documents that are bombs, encrypted, or carry macros', async () => {
    const bomb = packedRepeat('<w>', 'a'.repeat(1_000_000), 1_500, '</w>')
    const document = zipOf([{ name: 'word/document.xml', data: bomb.data, packed: true, declared: bomb.size }])
    expect(document.length).toBeLessThan(2_500_000)
    expect(await refusal(document, 'a.docx')).toBe('zip-bomb')
    expect(await refusal(zipOf([{ name: 'word/document.xml', data: 'x', flags: 1 }]), 'a.docx')).toBe('encrypted')
    const cfb = [Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]
    expect(await refusal(Buffer.concat(cfb), 'a.docx')).toBe('encrypted')
    expect(
      await refusal(
        zipOf([
          { name: 'word/document.xml', data: 'x' },
          { name: 'word/vbaProject.bin', data: 'x' },
        ]),
        'a.docx',
      ),
    ).toBe('macro')
    expect(
      await refusal(
        zipOf([
          { name: 'word/document.xml', data: 'x' },
          { name: '../x', data: 'x' },
        ]),
        'a.docx',
      ),
    ).toBe('broken')
  })

  test('every refusal has a sentence in both languages', () => {
    for (const code of Object.keys(fileRefusalTexts) as FileRefusal['code'][])
      for (const language of ['zh', 'en'] as const)
        expect(describeFileRefusal(new FileRefusal(code, '$& 5'), language)).toMatch(/^[^{}]{6,}[。.]$/)
  })
})

describe('the virus scanner', () => {
  const shell = (script: string) => ['/bin/sh', '-c', script]
  const clean = shell('cat >/dev/null; exit 0')
  const infected = shell('cat >/dev/null; exit 1')
  const broken = shell('cat >/dev/null; exit 2')
  const context = { folder, name: 'a.pdf', kind: 'pdf' } as const

  test('clean passes; it was given the whole file', async () => {
    const copy = join(folder, 'seen')
    const stored = await store(pdf, 'a.pdf', { scan: shell(`cat >'${copy}'`) })
    expect(stored.state).toBe('clean')
    expect(readFileSync(copy).equals(pdf)).toBe(true)
  })

  test('infected is refused and deleted', async () => {
    const before = kept()
    expect(await refusal(pdf, 'a.pdf', { scan: infected })).toBe('infected')
    expect(kept()).toBe(before)
  })

  test('whatever else the scanner does, the file is held and cannot be opened', async () => {
    const large = Buffer.concat([pdf, randomBytes(2_000_000)])
    for (const scan of [
      broken,
      shell('kill -9 $$'),
      ['/nonexistent/scanner'],
      [],
      shell('exec sleep 60'),
      shell('exit 0'),
    ]) {
      const stored = await store(large, 'a.pdf', { scan, scanTimeoutMs: 300 })
      expect(stored.state).toBe('quarantined')
      expect(existsSync(placeOf(folder, stored.id, 'quarantined'))).toBe(true)
      expect(await openFile(stored.id, context)).toBeUndefined()
    }
  })

  test('a file in quarantine is scanned again: held, released or deleted', async () => {
    const { id } = await store(pdf, 'a.pdf', { scan: broken })
    expect(await rescanFile(id, { folder, scan: broken })).toBe('quarantined')
    expect(await rescanFile(id, { folder, scan: clean })).toBe('clean')
    const opened = await openFile(id, context)
    expect(opened?.size).toBe(pdf.length)
    opened?.stream.destroy()
    const other = await store(pdf, 'a.pdf', { scan: broken })
    expect(await rescanFile(other.id, { folder, scan: infected })).toBe('infected')
    expect(existsSync(placeOf(folder, other.id, 'quarantined'))).toBe(false)
  })

  test('without a scanner nothing is taken unless the settings say so', async () => {
    expect(await refusal(pdf, 'a.pdf', { allowUnscanned: false })).toBe('no-scanner')
    expect((await store(pdf, 'a.pdf', { allowUnscanned: true })).state).toBe('unscanned')
  })
})

describe('going out', () => {
  test('as a download that can do nothing in our origin', async () => {
    const { id } = await store(pdf, 'a.pdf')
    const opened = await openFile(id, { folder, name: '合同“终稿”.pdf', kind: 'pdf' })
    expect(opened?.headers).toEqual({
      'Content-Type': 'application/pdf',
      'Content-Length': String(pdf.length),
      'Content-Disposition': `attachment; filename="file.pdf"; filename*=UTF-8''${encodeURIComponent('合同“终稿”.pdf')}`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'private, no-store',
    })
    const pieces: Buffer[] = []
    for await (const piece of opened?.stream ?? []) pieces.push(piece as Buffer)
    expect(Buffer.concat(pieces).equals(pdf)).toBe(true)
  })

  test('an id is not a path', async () => {
    for (const id of ['../../../etc/passwd', 'a'.repeat(31), `${'a'.repeat(32)}/`, 'A'.repeat(32), ''])
      await expect(openFile(id, { folder, name: 'a', kind: 'pdf' })).rejects.toThrow(RangeError)
    expect(await openFile('0'.repeat(32), { folder, name: 'a', kind: 'pdf' })).toBeUndefined()
  })

  test('removed is gone; removing again is no error', async () => {
    const { id } = await store(pdf, 'a.pdf')
    await removeFile(id, folder)
    await removeFile(id, folder)
    expect(await openFile(id, { folder, name: 'a', kind: 'pdf' })).toBeUndefined()
    await clearIncoming(folder)
    expect(existsSync(join(folder, 'incoming'))).toBe(false)
  })
})
