// What never becomes a request: answered before anything of ours sees it, in both languages, since nobody's is known yet.
import { STATUS_CODES, type Server } from 'node:http'
import { languages } from '../kernel/texts.ts'
import { problem } from './problem.ts'
import { say, type Said } from './say.ts'

const ABOUT: Readonly<Record<string, readonly [status: number, code: Said]>> = {
  HPE_HEADER_OVERFLOW: [431, 'head-too-large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'too-slow'],
}

/** Says what is wrong with what could not be read, and closes the line. */
export function tellUnread(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const [status, code] = ABOUT[error.code ?? ''] ?? [400, 'no-request' as const]
    const body = JSON.stringify(problem(status, code, languages.map((lang) => say(lang, code)).join(' / ')))
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/problem+json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ]
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  })
}
