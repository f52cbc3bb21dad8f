// What an enterprise asks for from a list of what it may have: a benefit, coaching for a rung.
import { html } from 'hono/html'
import type { Actor } from '../../kernel/access.ts'
import type { C } from '../env.ts'
import { executeGiven } from '../files/given.ts'
import { problemOf } from '../problem.ts'
import type { Portal } from './index.ts'

/** The enterprises that somebody speaks for. */
export const enterprisesOf = ({ subjects }: Actor): readonly string[] =>
  subjects.flatMap((one) => one.match(/^enterprise:(.+)$/)?.[1] ?? [])

/** It is led to what came of it, or told why not, with the way back. */
export async function askedFor(
  c: C,
  portal: Portal,
  kind: string,
  input: Readonly<Record<string, string>>,
  { title, href }: { readonly title: string; readonly href: string },
): Promise<Response> {
  const actor = { ...c.get('actor'), via: 'portal' }
  // Whose session has ended signs in again, and comes back to where he asked.
  if (actor.subjects.length === 0) return c.redirect(`/sign-in?next=${encodeURIComponent(href)}`, 303)
  const answer = await executeGiven(portal.world, actor, { kind, name: 'ask', input })
  if (!('refused' in answer)) return c.redirect(`/record/${kind}/${answer.done.id}`, 303)
  const { detail, status } = problemOf(portal.world.registry, answer, c.get('lang'))
  const body = html`<h1>${title}</h1>
    <p class="problem" role="alert">${detail}</p>
    <p><a href="${href}">← ${title}</a></p>`
  return portal.send(c, { title, wrong: true, body }, status)
}
