// `npm run -s bench` lists the benches; `npm run -s bench -- NAME [--json]` runs one: ours and a peer or a limit in turn.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import type { Comparison } from './measure.ts'

type Bench = { readonly says: string; run(say: (line: string) => void): Promise<readonly Comparison[]> }

const shared = new Set('run measure policy fill firms case loop client serve'.split(' ').map((name) => `${name}.ts`))
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !shared.has(file))
  .map((file) => file.slice(0, -3))
  .sort()

const args = process.argv.slice(2)
const name = args.find((arg) => !arg.startsWith('--'))
if (name === undefined) {
  for (const one of names) console.log(`${one.padEnd(10)} ${(await load(one)).says}`)
} else if (!names.includes(name)) {
  console.error(`There is no bench ${name}; there are ${names.join(', ')}.`)
  process.exitCode = 2
} else {
  const json = args.includes('--json')
  const comparisons = await (await load(name)).run((line) => console.error(line))
  for (const one of comparisons) {
    if (!json)
      console.log(
        `${one.name}: ours ${round(one.ours)} ${one.unit}, other ${round(one.other)} ${one.unit}, ratio ${round(one.ratio)}, ${one.agrees ? 'answers agree' : 'ANSWERS DIFFER'}`,
      )
    console.log(JSON.stringify(one))
  }
  if (comparisons.some((one) => !one.agrees)) process.exitCode = 1
}

async function load(file: string): Promise<Bench> {
  return ((await import(join(import.meta.dirname, `${file}.ts`))) as { bench: Bench }).bench
}

function round(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 })
}
