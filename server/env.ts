// What every handler finds on its request: who is asking, and in which language.
import type { Context } from 'hono'
import type { Actor } from '../kernel/access.ts'
import type { Language } from '../kernel/texts.ts'

export type Env = { Variables: { actor: Actor; lang: Language } }
export type C = Context<Env>
