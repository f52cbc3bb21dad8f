// The first page: what one may begin, how to find what one has begun, and what the city has kept of its word.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { dateOf } from '../../kernel/clock/date.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import type { Env } from '../env.ts'
import { accessPages } from './access-texts.ts'
import { figuresPart } from './figure.ts'
import { followForm } from './follow.ts'
import { ladderWords } from './ladder-texts.ts'
import { hallWords } from './hall-texts.ts'
import type { Portal } from './index.ts'
import { itemWords } from './item/texts.ts'
import { words } from './texts.ts'

export function homes(http: Hono<Env>, portal: Portal): void {
  http.get('/', async (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const h = hallWords[lang]
    const doors = portal.doors(c)
    return portal.send(c, {
      title: t.home,
      body: html`<div class="hero">
          <div class="stack">
            <h1>${t.tagline}</h1>
            <p class="lead read">${t.lead}</p>
            <ul class="begin">
              ${doors.map(
                ({ kind, command, title, who }) =>
                  html`<li>
                    <a class="button" href="/start/${kind}/${command}">${title}</a>
                    <p class="soft">${who}</p>
                  </li>`,
              )}
            </ul>
          </div>
          <section class="panel stack" aria-labelledby="follow">
            <h2 id="follow">${t.follow}</h2>
            ${followForm(c)}
          </section>
        </div>
        <h2><a href="/items">${itemWords[lang].items}</a></h2>
        <form class="sift" method="get" action="/items" role="search">
          <div class="field words">
            <label for="home-q">${itemWords[lang].search}</label>
            <input id="home-q" type="search" name="q" maxlength="100" />
          </div>
          <p><button class="second">${itemWords[lang].find}</button></p>
        </form>
        <h2>${h.title}</h2>
        <p class="read">${h.lead}</p>
        <p class="row">
          <a class="button second" href="/hall">${h.title}</a> <a href="/representatives">${h.representatives}</a>
        </p>
        <h2>
          ${t.figures} <small class="soft">${t.asOf} ${dateWords(dateOf(portal.world.around.now()), lang)}</small>
        </h2>
        ${await figuresPart(c, portal, 'h3')}
        <h2>${t.rules}</h2>
        <ul class="doors">
          ${(
            [
              ['/ladder', ladderWords[lang].title, ladderWords[lang].lead],
              ['/access', accessPages[lang].title, accessPages[lang].lead],
              ['/rules', t.limitsAndCalendars, t.rulesLead],
              ['/clock', t.calculator, t.calcLead],
              ['/size', t.size, t.sizeLead],
            ] as const
          ).map(
            ([to, title, text]) =>
              html`<li>
                <a href="${to}">${title}</a>
                <p class="soft">${text}</p>
              </li>`,
          )}
        </ul>`,
    })
  })
}
