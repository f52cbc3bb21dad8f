// The list of tasks of what somebody has begun, each in one of four states, and the code by which he comes back to it.
import { html } from 'hono/html'
import type { Language } from '../../kernel/texts.ts'
import type { Html } from './layout.ts'
import { words } from './texts.ts'

type TaskState = 'todo' | 'doing' | 'done' | 'blocked'

const SHAPE: Readonly<Record<TaskState, string>> = { todo: '○', doing: '◐', done: '✓', blocked: '—' }
const COLOUR: Readonly<Record<TaskState, string>> = { todo: 'soft', doing: 'warned', done: 'in-time', blocked: 'soft' }

/** What is done first, and the check of all of it at the end. `until`: what must be done before, where it cannot be done yet. */
export type Task = {
  readonly title: string
  readonly href: string
  readonly state: TaskState
  readonly until?: string
}

export function tasksPart(tasks: readonly Task[], lang: Language): Html {
  const t = words[lang]
  return html`<ol class="tasks read">
    ${tasks.map(
      ({ title, href, state, until }) =>
        html`<li>
          ${state === 'blocked' ? html`<span>${title}</span>` : html`<a href="${href}">${title}</a>`}
          <span class="tag ${COLOUR[state]}"
            ><span aria-hidden="true">${SHAPE[state]}</span>
            ${until === undefined ? t[state] : `${t[state]} · ${until}`}</span
          >
        </li>`,
    )}
  </ol>`
}

/** The last task: it waits for all the others. */
export function checkTask(href: string, ready: boolean, lang: Language): Task {
  const t = words[lang]
  return { title: t.check, href, ...(ready ? { state: 'todo' } : { state: 'blocked', until: t.checkFirst }) }
}

/** The code by which he comes back to it. */
export function savedPart(code: string, lang: Language): Html {
  const t = words[lang]
  return html`<div class="told">
    <p>${t.saveNote}</p>
    <p class="number">${code}</p>
    <p class="noprint"><button class="plain" type="button" data-printer hidden>${t.print}</button></p>
  </div>`
}
