// The whole server over HTTP, with session, validation and permission: accepted commands and list pages a second.
import { freshKey } from '../kernel/key.ts'
import { connection, serve, signIn, type Connection } from './client.ts'
import { handlers, lifeOf, lives } from './case.ts'
import { server } from './fill.ts'
import { CLIENTS } from './loop.ts'
import { median, rate, type Comparison } from './measure.ts'

const SECONDS = 4
const ROUNDS = 5
/** A second, on two cores, with the client that asks for them. */
const LEAST = 1000

async function run(say: (line: string) => void): Promise<readonly Comparison[]> {
  const postgres = await server(say)
  try {
    const city = await postgres.copied(10_000)
    const world = await city.open()
    const { rows } = await world.database.query(`select id from record where kind = 'enterprise' order by id`)
    await world.close()
    const url = city.config.connectionString
    const [whole, plain] = await Promise.all([serve({ url }), serve({ url, bare: true })])
    try {
      return await compared(
        whole.port,
        plain.port,
        (rows as { id: string }[]).map((row) => row.id),
        say,
      )
    } finally {
      await Promise.all([whole.close(), plain.close()])
    }
  } finally {
    await postgres.close()
  }
}

async function compared(whole: number, plain: number, firms: readonly string[], say: (line: string) => void) {
  say(
    `${CLIENTS} clients over HTTP, ${ROUNDS} rounds of ${SECONDS} s each: commands and list pages, the whole server and a bare one in turn`,
  )
  const cookies = new Map<string, string>()
  for (const person of ['clerk', 'dispatcher', 'caller', ...handlers.map(({ id }) => id)])
    cookies.set(person, await signIn(whole, person))
  const open = (port: number) => Array.from({ length: CLIENTS }, () => connection(port))
  const [ours, theirs] = [open(whole), open(plain)]
  const commands = commanding(ours, cookies, firms)
  const pages = async (client: number) => {
    const { id } = handlers[client % handlers.length]!
    const { status, body } = await ours[client]!.ask('GET', '/api/records/appeal?open=yes&order=due&limit=20', {
      cookie: cookies.get(id)!,
    })
    if (status !== 200) throw new Error(`a list was answered with ${status}: ${body.toString()}`)
    return body
  }
  const bareCommands = async (client: number) => {
    const { input } = lifeOf(client, firms[client]!)[0]!
    const { status, body } = await theirs[client]!.ask(
      'POST',
      `/${client}`,
      {},
      JSON.stringify({ input, key: freshKey(Date.now()) }),
    )
    if (status !== 200) throw new Error(`the bare server answered with ${status}: ${body.toString()}`)
  }
  const barePages = async (client: number) =>
    (await theirs[client]!.ask('GET', `/${handlers[client % handlers.length]!.id}`, {})).body

  const works = { commands, pages, bareCommands, barePages }
  const taken: Record<keyof typeof works, number[]> = { commands: [], pages: [], bareCommands: [], barePages: [] }
  for (const work of Object.values(works)) await rate(CLIENTS, 2, work)
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, work] of Object.entries(works))
      taken[name as keyof typeof works].push(await rate(CLIENTS, SECONDS, work))

  const idsIn = (body: Buffer) =>
    (JSON.parse(body.toString()) as { items: { id: string }[] }).items.map((item) => item.id)
  const [one, other] = [idsIn(await pages(0)), idsIn(await barePages(0))]
  const agrees = one.length === 20 && JSON.stringify(one) === JSON.stringify(other)
  for (const each of [...ours, ...theirs]) each.close()

  const compare = (name: string, mine: number, limit: number, unit: string): Comparison => ({
    name,
    ours: mine,
    other: limit,
    ratio: mine / limit,
    unit,
    agrees,
  })
  const [givenNow, listed, bareGiven, bareListed] = [
    taken.commands,
    taken.pages,
    taken.bareCommands,
    taken.barePages,
  ].map(median) as [number, number, number, number]
  return [
    compare(`http, accepted commands against ${LEAST} a second`, givenNow, LEAST, 'commands/s'),
    compare(`http, list pages against ${LEAST} a second`, listed, LEAST, 'pages/s'),
    compare('http, commands against node:http and pg with the same statements', givenNow, bareGiven, 'commands/s'),
    compare('http, pages against node:http and pg with the same statement', listed, bareListed, 'pages/s'),
  ]
}

/** Each client takes its cases from the first word to the last, as the people who do so, each signed in. */
function commanding(
  connections: readonly Connection[],
  cookies: ReadonlyMap<string, string>,
  firms: readonly string[],
) {
  return lives(firms, async ({ by, name, input }, { at, id, code }, client) => {
    const path = at === 0 ? `/api/records/appeal/${name}` : `/api/records/appeal/${id}/${name}`
    const who: Readonly<Record<string, string>> =
      by === 'appellant' ? { 'x-record-code': code } : { cookie: cookies.get(by)!, 'sec-fetch-site': 'same-origin' }
    const said = JSON.stringify({ input, key: freshKey(Date.now()) })
    const { status, body } = await connections[client]!.ask('POST', path, who, said)
    if (status !== 200) throw new Error(`${name} was answered with ${status}: ${body.toString()}`)
    const { done, reveal = code } = JSON.parse(body.toString()) as { done: { id: string }; reveal?: string }
    return { id: done.id, code: reveal }
  })
}

export const bench = { says: 'accepted commands and list pages a second of the whole server', run }
