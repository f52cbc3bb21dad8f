// A client of few instructions, so that a bench on one machine measures the server and not what asks it.
import { fork, type ChildProcess } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'

export type Answer = { readonly status: number; readonly headers: string; readonly body: Buffer }

export type Connection = {
  /** One request after another: the next may be sent when this one is answered. */
  ask(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Answer>
  close(): void
}

/** One connection that is kept; made again when the server closed it because nothing was asked for a while. */
export function connection(port: number): Connection {
  type Waiting = { resolve(answer: Answer): void; reject(error: Error): void }
  let waiting: Waiting | undefined
  let socket: Socket | undefined
  const open = (): Socket => {
    const made = connect({ port, host: '127.0.0.1', noDelay: true })
    let got = Buffer.alloc(0)
    const settle = (say: (one: Waiting) => void) => {
      const one = waiting
      waiting = undefined
      if (one) say(one)
    }
    made.on('error', (error) => settle((one) => one.reject(error)))
    made.on('close', () => {
      if (socket === made) socket = undefined
      settle((one) => one.reject(new Error('the server closed the connection')))
    })
    made.on('data', (chunk) => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk])
      const answer = answerIn(got)
      if (!answer) return
      got = Buffer.alloc(0)
      settle((one) => one.resolve(answer))
    })
    return made
  }
  return {
    ask: (method, path, headers, body = '') =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket ??= open()
        const all = Object.entries({ host: `localhost:${port}`, ...headers })
        const lines = all.map(([name, value]) => `${name}: ${value}`)
        if (body !== '') lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`)
        socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
      }),
    close: () => socket?.destroy(),
  }
}

/** The answer, when all of it is there. */
function answerIn(got: Buffer): Answer | undefined {
  const end = got.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const headers = got.toString('latin1', 0, end)
  const status = Number(headers.slice(9, 12))
  const length = /content-length: (\d+)/i.exec(headers)?.[1]
  if (length !== undefined) {
    const last = end + 4 + Number(length)
    return got.length < last ? undefined : { status, headers, body: got.subarray(end + 4, last) }
  }
  if (status === 204 || status === 304) return { status, headers, body: got.subarray(0, 0) }
  if (!got.subarray(-5).equals(Buffer.from('0\r\n\r\n'))) return undefined
  return { status, headers, body: unchunked(got.subarray(end + 4)) }
}

function unchunked(got: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; ;) {
    const line = got.indexOf('\r\n', at)
    const size = Number.parseInt(got.toString('latin1', at, line), 16)
    if (!(size > 0)) return Buffer.concat(parts)
    parts.push(got.subarray(line + 2, line + 2 + size))
    at = line + 4 + size
  }
}

/** What the server of a bench is told. */
export type Serve = { readonly url: string; readonly bare?: boolean }

/** The whole server in a process of its own. */
export async function serve(order: Serve): Promise<{ readonly port: number; close(): Promise<void> }> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'serve.ts'), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child.send(order)
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (told) => resolve((told as { port: number }).port))
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return {
    port,
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** The cookie of somebody who is signed in. */
export async function signIn(port: number, person: string): Promise<string> {
  const one = connection(port)
  const { status, headers } = await one.ask('POST', '/auth/demo', {}, JSON.stringify({ person }))
  one.close()
  const cookie = /set-cookie: ([^;\r]+)/i.exec(headers)?.[1]
  if (status !== 200 || cookie === undefined) throw new Error(`nobody could sign in as ${person}: ${status}`)
  return cookie
}
