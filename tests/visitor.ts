// Somebody at the pages of the portal without a browser: opens them, sends their forms, reads their words.
import { type Served } from './served.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** The words of a page below its head. */
export const plain = (page: string) =>
  page
    .slice(page.indexOf('<main'))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

/** Where an answer leads. */
export const to = (answer: { readonly headers: Headers }) => answer.headers.get('location')

export function visitor(served: () => Served) {
  const get = (path: string, who?: string) => served().ask(who, 'GET', path)
  return {
    get,
    post: (path: string, form: Readonly<Record<string, string>> | [string, string][], who?: string) =>
      served().ask(who, 'POST', path, String(new URLSearchParams(form as Record<string, string>)), FORM),
    said: async (path: string, who?: string) => plain((await get(path, who)).text),
    /** A form with files, as a browser sends it. */
    upload: async (path: string, fields: Readonly<Record<string, string | File>>, who?: string) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      const s = served()
      const headers = { 'sec-fetch-site': 'same-origin', ...(who !== undefined && { cookie: await s.cookie(who) }) }
      const answer = await fetch(`${s.origin}${path}`, { method: 'POST', body: form, headers, redirect: 'manual' })
      return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') }
    },
  }
}
