// An application comes in: checked against the version in force, kept with what it is decided by.
import type { Actor } from '../../kernel/access.ts'
import { pin } from '../../kernel/pin.ts'
import { refuse, stateOf, type Context } from '../../kernel/record.ts'
import type { z } from 'zod'
import { item, type Content } from '../items/index.ts'
import { enterprise } from '../register/index.ts'
import { bearerFor, byOf, isFirm, notTaken } from './applicant.ts'
import { absent, outstanding, type Application, type Case } from './case.ts'
import { limitsOf, rules } from './clock.ts'
import { acceptance, decided, toVerify } from './decide.ts'
import { answersTo, askedIn, papersFor, ruled, wrongSituation } from './demand.ts'
import { evolve } from './evolve.ts'
import { exclusionOf, isExcluded } from './exclusion.ts'
import type * as says from './input.ts'

type Submitted = z.output<typeof says.Submit>

type Said = Pick<Submitted, 'item' | 'enterprise' | 'applicant' | 'signatory' | 'document'>

/** By what it is received: the item as it stands, who applies, whether he broke a commitment. */
export function readsOf(said: Said, _: Application, actor: Actor) {
  const { enterprise: firm } = said
  return {
    item: { kind: 'item', id: said.item },
    enterprise: firm === undefined ? undefined : { kind: 'enterprise', id: firm },
    exclusion: exclusionOf(said, actor),
  }
}

/** It has come in: checked against the version in force, kept with what it is decided by, and decided at once where rules do so. */
export function receive(
  said: Submitted,
  context: Context,
  part?: { readonly joint: string; readonly produced: readonly string[]; readonly token: string },
) {
  const { actor, facts, law, secret, today } = context
  const staff = actor.system === true || actor.posts.length > 0
  if (!staff && said.channel !== 'web') return refuse('channel-is-web', 'channel')
  const of = stateOf(item, facts['item'])
  if (!of || of.phase === 'none' || of.phase === 'new') return refuse('item-unknown', 'item')
  const { content, version: inForce } = of
  if (of.phase !== 'standing' || content === undefined || inForce === undefined) return refuse('item-not-open', 'item')
  if (said.version !== inForce) return refuse('version-changed', 'version', { version: inForce })
  const firm = stateOf(enterprise, facts['enterprise'])
  const wrong =
    wrongApplicant(said, actor, staff, firm !== undefined && firm.phase !== 'none') ??
    notTaken(said.enterprise, [content])
  if (wrong) return wrong
  const { contact = known(firm, 'contact'), phone = known(firm, 'phone') } = said
  const applies = said.applicant ?? known(firm, 'name')
  if (phone === undefined && (staff || actor.subjects.length === 0)) return refuse('no-contact', 'phone')
  if (said.delivery === 'courier' && said.address === undefined) return refuse('address-missing', 'address')
  const situation = wrongSituation(content, said.situations)
  if (situation) return situation
  const asked = askedIn(content, said.situations)
  const own = { applicant: applies, contact, phone }
  const answered = answersTo(asked, said.answers, own, isFirm(said.enterprise, [content]))
  if ('refused' in answered) return answered
  const by = byOf(actor)
  const brought = papersFor(asked, {
    papers: said.papers,
    files: said.files ?? [],
    online: said.channel === 'web',
    signed: said.signed === true,
    commitment: content.commitment === true,
    excluded: isExcluded(facts['exclusion']),
    identified: bearerFor(said, actor) !== undefined,
    produced: part?.produced ?? [],
  })
  if ('refused' in brought) return brought
  const limit = pin(law, [rules.accept], today)
  if (!limit) return refuse('no-rule')
  const waits = brought.papers.some(({ way }) => way === 'produced')
  const data = {
    ...said,
    ...answered,
    ...brought,
    contact,
    phone,
    unit: of.unit,
    terms: termsOf(content),
    title: `${content.name} · ${applies ?? contact ?? actor.name}`.slice(0, 200),
    token: part?.token ?? secret.hash,
    by,
    registrar: actor.posts[0]?.unit,
    ...(part && { joint: part.joint }),
    ...(!waits && { limit }),
  }
  const received = { type: 'received' as const, data }
  // A part is found by the code of the whole.
  const reveal = part === undefined ? { reveal: secret.plain } : {}
  const mark = { id: context.id, at: context.now, on: today, actor: actor.id }
  const state = evolve.received({ phase: 'none' }, data as never, mark)
  if (state.phase !== 'received') return { events: [received], ...reveal }
  const now = atOnce(state, content, context)
  return { events: [received, ...now.events], follow: now.follow, ...reveal }
}

/** What follows in the same transaction: accepted on receipt, or decided by the declared rules, and delivered online. */
export function atOnce(state: Case, content: Content, context: Context) {
  const whole = absent(state).length === 0
  const found =
    state.terms.handling === 'at-once' && whole && outstanding(state).length === 0
      ? ruled(content, state.answers)
      : undefined
  if (!found || found.length === 0) {
    if (content.receiptAccepts !== true) return { events: [], follow: [] }
    return { events: [{ type: 'accepted' as const, data: acceptance(state, context, 'by-receipt') }], follow: [] }
  }
  const { law, today } = context
  const results = state.terms.results
  const accepted = { type: 'accepted' as const, data: acceptance(state, context, 'decided-at-once') }
  const made = decided(state, { outcome: 'approved', results, rules: found }, context)
  const delivered = {
    type: 'delivered' as const,
    data: { delivered: 'online' as const, limit: toVerify(state, law, today) },
  }
  return {
    events: [accepted, ...made.events, ...(state.delivery === 'online' ? [delivered] : [])],
    follow: made.follow,
  }
}

function known(firm: unknown, fact: 'name' | 'contact' | 'phone'): string | undefined {
  return (firm as Readonly<Record<string, string | undefined>> | undefined)?.[fact]
}

/** Who applies, and whether whoever hands it in may do so for him. */
function wrongApplicant(said: Submitted, actor: Actor, staff: boolean, exists: boolean) {
  if (said.enterprise === undefined)
    return said.applicant === undefined ? refuse('applicant-missing', 'applicant') : undefined
  if (!exists) return refuse('enterprise-unknown', 'enterprise')
  if (!staff && !actor.subjects.includes(`enterprise:${said.enterprise}`))
    return refuse('not-your-enterprise', 'enterprise')
  return staff && said.agent !== undefined && said.mandate !== true ? refuse('mandate-not-seen', 'mandate') : undefined
}

function termsOf(content: Content) {
  const { name, type, handling, results, receiptAccepts, powers, visits, topics, cityPays, saves } = content
  return {
    name,
    type,
    handling,
    ...limitsOf(content),
    results: results.map((one) => ({ result: one.result, name: one.resultName })),
    visits,
    ...(receiptAccepts !== undefined && { receiptAccepts }),
    ...(powers !== undefined && { powers }),
    ...(topics !== undefined && { topics }),
    ...(cityPays !== undefined && { cityPays }),
    ...(saves !== undefined && { saves }),
  }
}
