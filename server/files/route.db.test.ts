// Attachments over HTTP: how they come in, how they are refused, who gets them back, and under which headers.
import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { served, type Served } from '../../tests/served.ts'
import { filesById, rescanHeld, type Shelf } from './keep.ts'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')

let s: Served
beforeAll(async () => {
  s = await served([], '/nowhere', { env: { LIANGJIAN_UPLOAD_LIMIT: '1MB' } })
})
afterAll(() => s.close())

const raised = async (files: readonly string[]) => {
  const input = { line: 'legal', matter: 'complaint', channel: 'web', title: '附件', body: '见附件。', files }
  const answer = await s.ask('qi', 'POST', '/api/records/appeal/raise', { input: { ...input, enterprise: 'e1' } })
  expect(answer.status, answer.text).toBe(200)
  return (answer.body['done'] as { id: string }).id
}
const upload = async (name: string, body: Buffer | string, person = 'qi') =>
  fetch(`${s.origin}/api/files`, {
    method: 'POST',
    headers: {
      'sec-fetch-site': 'same-origin',
      'x-file-name': encodeURIComponent(name),
      ...(person && { cookie: await s.cookie(person) }),
    },
    body: body as never,
  })
const told = async (response: Response) => (await response.json()) as Record<string, string>

describe('coming in', () => {
  test('a file is kept under a name that says nothing, and given back as a download only, never to be run or shown here', async () => {
    const kept = await told(await upload('合同（2026）.pdf', PDF))
    expect(kept).toMatchObject({ name: '合同（2026）.pdf', type: 'pdf', state: 'unscanned' })
    expect(kept['id']).toMatch(/^[0-9a-f]{32}$/)
    const id = await raised([kept['id']!])
    const got = await fetch(`${s.origin}/api/records/appeal/${id}/files/${kept['id']}`, {
      headers: { cookie: await s.cookie('qi') },
    })
    expect(Buffer.from(await got.arrayBuffer()).equals(PDF)).toBe(true)
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-disposition': `attachment; filename="2026.pdf"; filename*=UTF-8''${encodeURIComponent('合同（2026）.pdf')}`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'cross-origin-resource-policy': 'same-origin',
    })
  })

  test('every refusal names the reason and the way out', async () => {
    const cases: readonly (readonly [name: string, body: Buffer | string, status: number, said: RegExp])[] = [
      ['空.pdf', '', 422, /文件是空的。请检查后重新上传。/],
      ['大.txt', 'x'.repeat(1_100_000), 413, /文件超过大小上限（1 MB）。请压缩或拆分后重新上传。/],
      ['改名.pdf', 'MZ\x90\0\x03', 422, /内容与扩展名不符（内容实为 exe）。请用正确的扩展名/],
      ['网页.txt', '<!doctype html><script>alert(1)</script>', 422, /不符（内容实为 html\/xml）/],
      ['程序.exe', 'MZ\x90\0\x03', 422, /这里不接收这类文件。请上传：\.pdf/],
      ['图.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 422, /请上传：/],
      ['两面.pdf', Buffer.concat([PDF, Buffer.from('504b0506' + '00'.repeat(18), 'hex')]), 422, /夹带了另一个文件/],
    ]
    for (const [name, body, status, said] of cases) {
      const answer = await upload(name, body)
      expect(answer.status, name).toBe(status)
      expect((await told(answer))['detail'], name).toMatch(said)
    }
  })

  test('nobody uploads through the interface without an account or a code; nothing is left of what was refused', async () => {
    expect((await upload('a.pdf', PDF, '')).status).toBe(403)
    const folder = join(s.data, 'files', 'incoming')
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a form with files', () => {
  const boundary = '----formboundary'
  const part = (name: string, body: Buffer | string, file?: string) =>
    Buffer.concat([
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"\r\ncontent-type: application/octet-stream`}\r\n\r\n`,
      ),
      Buffer.from(body),
      Buffer.from('\r\n'),
    ])
  const end = Buffer.from(`--${boundary}--\r\n`)
  const send = async (path: string, body: Buffer, type = `multipart/form-data; boundary=${boundary}`) =>
    fetch(`${s.origin}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': type, 'sec-fetch-site': 'same-origin' },
      body: body as never,
    })
  const draft = async () =>
    (
      await s.ask(undefined, 'POST', '/start/appeal/raise', '', { 'content-type': 'application/x-www-form-urlencoded' })
    ).headers.get('location')!

  test('good ones are kept, each bad one is named with its reason, and those kept are still there', async () => {
    const page = `${await draft()}/page/files`
    const body = [
      part('files-new', PDF, '一.pdf'),
      part('files-new', 'MZ\x90\0\x03', '二.pdf'),
      part('files-new', '', '三.pdf'),
      end,
    ]
    const text = await (await send(page, Buffer.concat(body))).text()
    expect(text).toMatch(/已上传 一\.pdf/)
    expect(text).toMatch(/二\.pdf：[^<]*扩展名[^<]*三\.pdf：文件是空的。/)
  })

  test('more than twenty are not taken; a field of another name takes none', async () => {
    const page = `${await draft()}/page/files`
    const many = Array.from({ length: 21 }, (_, n) => part('files-new', PDF, `${n}.pdf`))
    expect(await (await send(page, Buffer.concat([...many, end]))).text()).toContain('一次最多上传 20 个文件')
    const other = await send(`${await draft()}/page/files`, Buffer.concat([part('title-new', PDF, 'x.pdf'), end]))
    expect(other.status).toBe(303)
  })

  test('whose text is not in UTF-8 is told at the field, and nothing of it is kept', async () => {
    const gbk = Buffer.concat([part('title', Buffer.from('cdcfc7b7', 'hex')), part('body', '工程款'), end])
    const answer = await (await send(`${await draft()}/page/problem`, gbk)).text()
    expect(answer).toContain('href="#f-title"')
    expect(answer).toContain('提交的文字不是 UTF-8 编码')
    expect(answer).not.toContain('\ufffd')
  })

  test('cut off, without a boundary, or endless: a clear answer, and the server goes on', async () => {
    const page = `${await draft()}/page/files`
    const cut = part('files-new', PDF, '一.pdf').subarray(0, -10)
    const emptyCut = part('files-new', PDF, '').subarray(0, -10)
    expect(await (await send(page, cut)).text()).toContain('上传中断')
    expect(await (await send(page, emptyCut)).text()).toContain('上传中断')
    expect(await (await send(page, part('title', 'x').subarray(0, -2))).text()).toContain('上传中断')
    expect(await (await send(page, cut, 'multipart/form-data')).text()).toContain('上传中断')
    expect((await send(page, Buffer.from('x=1'), 'application/x-www-form-urlencoded')).status).toBe(303)
    // A text field that is larger than any text.
    const huge = await send(
      page,
      Buffer.concat([part('title', 'x'.repeat(300_000)), part('files-new', PDF, 'a.pdf'), end]),
    )
    expect(await huge.text()).toContain('一次上传的内容太大')
    // Where no file belongs, a body of many megabytes is not read.
    const outside = await new Promise((resolve) => {
      const headers = { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': '2000000' }
      const req = request(`${s.origin}/preferences`, { method: 'POST', headers }, (response) =>
        resolve(response.statusCode),
      )
      req.on('error', () => undefined).write('x')
    })
    expect(outside).toBe(413)
    expect((await s.ask(undefined, 'GET', '/ready')).status).toBe(200)
  })

  test('that is broken off half way leaves nothing behind', async () => {
    const page = `${await draft()}/page/files`
    await new Promise<void>((resolve) => {
      const req = request(`${s.origin}${page}`, {
        method: 'POST',
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': '900000' },
      })
      req.on('error', () => resolve())
      req.write(part('files-new', PDF, '断.pdf'))
      setTimeout(() => req.destroy(), 200)
    })
    const folder = join(s.data, 'files', 'incoming')
    await expect.poll(() => readdirSync(folder)).toEqual([])
  })
})

describe('going out', () => {
  test('only with the record that names it, to whoever may see that record', async () => {
    const { id: file } = await told(await upload('a.pdf', PDF))
    const [mine, other] = [await raised([file!]), await raised([])]
    const get = async (record: string, person?: string) =>
      (await s.ask(person, 'GET', `/api/records/appeal/${record}/files/${file}`)).status
    expect(await get(mine, 'qi')).toBe(200)
    expect(await get(mine, 'bie')).toBe(404)
    expect(await get(mine)).toBe(404)
    expect(await get(mine, 'hui')).toBe(404)
    expect(await get(other, 'qi')).toBe(404)
    for (const path of ['..%2f..%2fsecret.key', '0'.repeat(32), 'x'])
      expect((await s.ask('qi', 'GET', `/api/records/appeal/${mine}/files/${path}`)).status).toBe(404)
    const looks = await s.ask('shen', 'GET', '/api/looks?limit=100')
    expect(looks.text).toContain(`file ${file}`)
  })
})

test('a download that is broken off, again and again, harms nobody', async () => {
  const { id: file } = await told(await upload('大.txt', '行\n'.repeat(200_000)))
  const record = await raised([file!])
  const cookie = await s.cookie('qi')
  for (let time = 0; time < 20; time++)
    await new Promise<void>((resolve) => {
      const req = request(
        `${s.origin}/api/records/appeal/${record}/files/${file}`,
        { headers: { cookie } },
        (response) => {
          response.once('data', () => req.destroy())
          response.on('error', () => undefined)
          response.on('close', resolve)
        },
      )
      req.on('error', () => undefined).end()
    })
  const whole = await s.ask('qi', 'GET', `/api/records/appeal/${record}/files/${file}`)
  expect(whole.text.length).toBe(400_000)
})

describe('a scanner that is down', () => {
  test('holds a file apart until it can say; then it is given out, or gone', async () => {
    const held = await served([], '/nowhere', { env: { LIANGJIAN_SCAN: 'sh /no/such/scanner' } })
    try {
      const answer = await held.ask('qi', 'POST', '/api/files', '%PDF-1.7\n%%EOF\n', { 'x-file-name': 'a.pdf' })
      expect(answer.body['state']).toBe('quarantined')
      const file = answer.body['id'] as string
      const input = {
        line: 'legal',
        matter: 'complaint',
        channel: 'web',
        title: '附件',
        body: '见附件。',
        files: [file],
      }
      const appeal = await held.ask('qi', 'POST', '/api/records/appeal/raise', { input })
      const { id } = appeal.body['done'] as { id: string }
      expect((await held.ask('qi', 'GET', `/api/records/appeal/${id}/files/${file}`)).status).toBe(404)
      expect((await held.ask('qi', 'GET', `/record/appeal/${id}`)).text).toMatch(
        /a\.pdf\s*<span class="warned">正在等待病毒检查/,
      )
      const { database, city } = held.town.world
      const shelf = (scan: string[] | undefined): Shelf => ({
        database,
        city,
        folder: join(held.data, 'files'),
        limit: 1e6,
        allowUnscanned: false,
        scan,
      })
      expect(await rescanHeld(shelf(undefined))).toBe(0)
      expect(await rescanHeld(shelf(['/no/such/scanner']))).toBe(0)
      expect(await rescanHeld(shelf(['sh', '-c', 'cat > /dev/null']))).toBe(1)
      expect((await filesById(shelf(undefined), [file]))[0]!.state).toBe('clean')
      expect((await held.ask('qi', 'GET', `/api/records/appeal/${id}/files/${file}`)).status).toBe(200)
    } finally {
      await held.close()
    }
  })
})

describe('a command that names a file', () => {
  const input = { line: 'legal', matter: 'complaint', channel: 'web', title: '附件', body: '见。', enterprise: 'e1' }
  const raise = (person: string | undefined, files: readonly string[], key?: string) =>
    s.ask(person, 'POST', '/api/records/appeal/raise', { input: { ...input, files }, key })
  const refused = (answer: { body: Record<string, unknown> }) =>
    (answer.body['fields'] as { field: string; problem: string; message: string }[])[0]

  test('is refused at that field when the file was lost, was never there, or is somebody else’s', async () => {
    const mine = (await told(await upload('我的.pdf', PDF)))['id']!
    const theirs = (await told(await upload('别人的.pdf', PDF, 'bie')))['id']!
    for (const files of [['nope'], ['0'.repeat(32)], [mine, theirs]]) {
      const answer = await raise('qi', files)
      expect([files, answer.status]).toEqual([files, 422])
      expect(refused(answer)).toMatchObject({ field: 'files', problem: 'no-such-file' })
      expect(refused(answer)!.message).toMatch(/附件.*重新上传/)
    }
    const all = await s.ask('qi', 'POST', '/api/batch', {
      commands: [[theirs], [mine], ['nope']].map((files) => ({
        kind: 'appeal',
        name: 'raise',
        input: { ...input, files },
      })),
    })
    const answers = all.body['answers'] as { done?: object; code?: string }[]
    expect(answers.map((one) => one.code ?? 'done')).toEqual(['invalid-input', 'done', 'invalid-input'])
  })

  test('gets the same answer again, and leaves to the door what is no list of files', async () => {
    const mine = (await told(await upload('我的.pdf', PDF)))['id']!
    const first = await raise('qi', [mine], 'file-again')
    expect((await raise('qi', [mine], 'file-again')).body).toEqual(first.body)
    const odd = await s.ask('qi', 'POST', '/api/records/appeal/raise', { input: { ...input, files: 'nope' } })
    expect(refused(odd)).toMatchObject({ field: 'files', problem: 'wrong-type' })
  })

  test('is refused in the portal too, at the form from which it came', async () => {
    const id = await raised([])
    const dispatched = { unit: 'tax', line: 'legal', matter: 'complaint', level: 'city' }
    for (const [person, name, given] of [
      ['fen', 'dispatch', dispatched],
      ['hao', 'sign', {}],
    ] as const) {
      const step = await s.ask(person, 'POST', `/api/records/appeal/${id}/${name}`, { input: given })
      expect(step.status, step.text).toBe(200)
    }
    const body = new URLSearchParams({ text: '补充', files: '0'.repeat(32) }).toString()
    const answer = await s.ask('hao', 'POST', `/record/appeal/${id}/note`, body, {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toMatch(/href="#f-files[^>]*>[^<]*重新上传/)
  })
})

describe('a host of their own', () => {
  test('gives files out by a link that holds for minutes, and nothing else', async () => {
    const away = await served([], '/nowhere', { env: { LIANGJIAN_FILES_ORIGIN: 'http://files.example' } })
    const there = (path: string) =>
      new Promise<{ status: number; text: string }>((resolve, reject) => {
        const req = request(`${away.origin}${path}`, { headers: { host: 'files.example' } }, (response) => {
          let text = ''
          response.on('data', (piece: Buffer) => (text += piece.toString()))
          response.on('end', () => resolve({ status: response.statusCode!, text }))
        })
        req.on('error', reject).end()
      })
    try {
      const kept = await away.ask('qi', 'POST', '/api/files', PDF.toString(), { 'x-file-name': 'a.pdf' })
      const file = kept.body['id'] as string
      const input = { line: 'legal', matter: 'complaint', channel: 'web', title: '附件', body: '见。', files: [file] }
      const { id } = (await away.ask('qi', 'POST', '/api/records/appeal/raise', { input })).body['done'] as {
        id: string
      }
      const sent = await away.ask('qi', 'GET', `/api/records/appeal/${id}/files/${file}`)
      const link = sent.headers.get('location')!
      expect(link).toMatch(/^http:\/\/files\.example\/files\//)
      const path = link.slice('http://files.example'.length)
      expect(await there(path)).toEqual({ status: 200, text: PDF.toString() })
      expect((await there(path.replace(/until=\d+/, 'until=9999999999999'))).status).toBe(404)
      expect((await there(path.replace(/until=\d+/, 'until=1'))).status).toBe(404)
      expect((await there(`/files/${file}`)).status).toBe(404)
      for (const other of ['/', '/sign-in', '/api/me', '/openapi.json', '/desk/'])
        expect((await there(other)).status).toBe(404)
      expect((await away.ask('qi', 'GET', path)).status).toBe(404)
    } finally {
      await away.close()
    }
  })
})
