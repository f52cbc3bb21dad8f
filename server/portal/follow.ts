// Finding one's own: by number and query code, or, for whoever is signed in, in a list of what he and his enterprises have in hand.
import type { Hono } from 'hono'
import { deleteCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { visible } from '../../kernel/access.ts'
import { dateOf } from '../../kernel/clock/date.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import { listRecords } from '../../store/read.ts'
import { openCase } from '../case.ts'
import { bearerCookie, canonicalCode, hashOfCode } from '../code.ts'
import type { C, Env } from '../env.ts'
import { messagesFor } from '../message.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { summaryPart } from './part.ts'
import { rowsPart } from './rows.ts'
import { words } from './texts.ts'

/** How many of the latest messages are shown. */
const MESSAGES = 10

type Wrong = { readonly field: 'number' | 'code'; readonly message: string }

/** The two fields by which a record is found again; on the home page and on a page of its own. */
export function followForm(c: C, number = '', wrong: readonly Wrong[] = []): Html {
  const t = words[c.get('lang')]
  const field = (name: Wrong['field'], label: string, value: string) => {
    const message = wrong.find((one) => one.field === name)?.message
    return html`<div class="field ${message === undefined ? '' : 'wrong'}">
      <label for="f-${name}">${label}</label>
      ${message === undefined ? '' : html`<p class="problem" id="f-${name}-more">${message}</p>`}
      <input
        id="f-${name}"
        name="${name}"
        value="${value}"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        ${message === undefined ? '' : html`aria-invalid="true" aria-describedby="f-${name}-more"`}
      />
    </div>`
  }
  return html`<form class="stack" method="post" action="/follow" novalidate>
    ${field('number', t.number, number)} ${field('code', t.queryCode, '')}
    <button>${t.look}</button>
  </form>`
}

export function follows(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { database, city, registry } = world

  http.get('/follow', (c) => showFollow(c))
  http.post('/follow', async (c) => {
    const form = await portal.form(c)
    const field = (name: string) => (typeof form[name] === 'string' ? form[name].trim() : '')
    const [id, code] = [
      field('number').normalize('NFKC').toUpperCase().replaceAll(/\s/g, ''),
      canonicalCode(field('code')),
    ]
    const actor = { ...c.get('actor'), token: hashOfCode(code) }
    const kind = [...registry.kinds.values()].find(
      (one) => id.startsWith(one.definition.code) && one.definition.sees['token'],
    )
    const found = kind && code !== '' ? await openCase(world, actor, kind, id, c.get('lang')) : undefined
    const t = words[c.get('lang')]
    const empty: Wrong[] = [
      ...(id === '' ? [{ field: 'number', message: t.numberMissing } as const] : []),
      ...(code === '' ? [{ field: 'code', message: t.codeMissing } as const] : []),
    ]
    if (!kind || !found) return showFollow(c, id, empty.length > 0 ? empty : [{ field: 'number', message: t.noMatch }])
    portal.bear(c, code)
    return c.redirect(`/record/${kind.definition.kind}/${id}`, 303)
  })
  /** On a computer that others use too: this browser forgets the code. */
  http.post('/follow/end', (c) => {
    deleteCookie(c, bearerCookie, { path: '/' })
    return c.redirect('/follow', 303)
  })

  function showFollow(c: C, number = '', wrong: readonly Wrong[] = []) {
    const t = words[c.get('lang')]
    return portal.send(
      c,
      {
        title: t.follow,
        wrong: wrong.length > 0,
        body: html`${wrong.length > 0 ? summaryPart('', wrong, c.get('lang')) : ''}
          <h1>${t.follow}</h1>
          <p class="read">${t.followLead}</p>
          ${followForm(c, number, wrong)}
          <p class="soft read">${t.followLost}</p>`,
      },
      wrong.length > 0 ? 422 : 200,
    )
  }

  /** What this person was last told, each message with the record that it is about. */
  async function toldPart(c: C): Promise<Html | string> {
    const lang = c.get('lang')
    const told = await messagesFor(world, c.get('actor'), lang, MESSAGES)
    if (told.length === 0) return ''
    return html`<details ${told.some(({ at }) => dateOf(at) === dateOf(world.around.now())) ? 'open' : ''}>
      <summary>${words[lang].messages}</summary>
      <ul class="rows">
        ${told.map(
          ({ at, kind, id, text }) =>
            html`<li>
              <a href="/record/${kind}/${id}">${text}</a>
              <p class="soft">${dateWords(dateOf(at), lang)}</p>
            </li>`,
        )}
      </ul>
    </details>`
  }

  http.get('/mine', async (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const actor = c.get('actor')
    if (actor.subjects.length === 0) return c.redirect('/sign-in?next=/mine', 303)
    const enterprises = actor.subjects.filter((who) => !who.startsWith('person:'))
    const chosen = enterprises.find((who) => who === c.req.query('of'))
    const who = chosen === undefined ? actor.subjects : [chosen]
    const names = await world.titles.of(enterprises.map((one) => one.split(/:(.*)/s).slice(0, 2) as [string, string]))
    const nameOf = (one: string) => names.find((title) => one.endsWith(`:${title.id}`))?.title ?? one
    const ways = visible({ subject: 'always' }, actor)
    const kinds = [...registry.kinds.values()].filter(
      (kind) => kind.definition.clock && kind.definition.sees['subject'],
    )
    const lists = await Promise.all(
      kinds.map(async (kind) => {
        const name = kind.definition.kind
        const [open, ended] = await Promise.all([
          listRecords(database, city, ways, { kind: name, who, open: true, order: 'due', limit: 50 }),
          listRecords(database, city, ways, {
            kind: name,
            who,
            open: false,
            order: 'created',
            after: c.req.query(name),
            limit: 20,
          }),
        ])
        return { kind, open, ended }
      }),
    )
    const address = (about: Readonly<Record<string, string>>) =>
      `/mine?${new URLSearchParams({ ...(chosen !== undefined && { of: chosen }), ...about })}`
    const tab = (of: string | undefined, name: string) =>
      html`<li>
        <a
          href="/mine${of === undefined ? '' : `?of=${encodeURIComponent(of)}`}"
          ${of === chosen ? html`aria-current="page"` : ''}
          >${name}</a
        >
      </li>`
    return portal.send(c, {
      title: t.mine,
      body: html`<h1>${t.mine}</h1>
        ${
          enterprises.length > 1
            ? html`<nav class="tabs" aria-label="${t.byEnterprise}">
                <ul>
                  ${tab(undefined, t.all)} ${enterprises.map((one) => tab(one, nameOf(one)))}
                </ul>
              </nav>`
            : enterprises.map((one) => html`<p class="soft">${nameOf(one)}</p>`)
        }
        <p class="row">
          ${portal.doors(c).map(({ kind, command, title }) => html`<a class="button" href="/start/${kind}/${command}">${title}</a>`)}
        </p>
        ${await toldPart(c)}
        ${
          lists.every(({ open }) => open.items.length === 0)
            ? html`<h2>${t.inHand}</h2>
                <p class="soft">${t.emptyMine}</p>`
            : ''
        }
        ${await Promise.all(
          lists
            .filter(({ open }) => open.items.length > 0)
            .map(
              async ({ kind, open }) =>
                html`<h2>${kind.texts[lang].title} · ${t.inHand}</h2>
                  ${await rowsPart(c, portal, open.items, true)}
                  ${open.next === null ? '' : html`<p class="soft">${t.onlyFirst}</p>`}`,
            ),
        )}
        ${await Promise.all(
          lists
            .filter(({ ended }) => ended.items.length > 0)
            .map(
              async ({ kind, ended }) =>
                html`<h2 id="ended-${kind.definition.kind}">${kind.texts[lang].title} · ${t.ended}</h2>
                  ${await rowsPart(c, portal, ended.items, true)}
                  ${
                    ended.next === null
                      ? ''
                      : html`<p>
                          <a href="${address({ [kind.definition.kind]: ended.next })}#ended-${kind.definition.kind}"
                            >${t.more}</a
                          >
                        </p>`
                  }`,
            ),
        )}`,
    })
  })
}
