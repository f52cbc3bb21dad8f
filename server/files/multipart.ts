// A form with files, read as it arrives: its texts are gathered, each file goes straight to whoever keeps it, none waits in memory.
import { Busboy } from '@fastify/busboy'
import { PassThrough, Readable, Transform, type TransformCallback } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export type Upload = { readonly name: string; readonly stream: Readable }

export type Multipart = {
  readonly fields: Readonly<Record<string, string | readonly string[]>>
  /** Texts that are not in UTF-8, by field: they are left out rather than kept with holes in them. */
  readonly garbled: readonly string[]
  /** What cut the reading short, if anything did. */
  readonly stopped?: 'interrupted' | 'too-many' | 'too-large'
}

export const LIMITS = { files: 20, fields: 500, fieldBytes: 200_000 } as const

export function isMultipart(request: Request): boolean {
  return /^multipart\/form-data/i.test(request.headers.get('content-type') ?? '')
}

/** `most`: bytes of the whole form. `keep` gets each file that was chosen; what it does not read is passed over. */
export async function readMultipart(
  request: Request,
  most: number,
  keep: (field: string, file: Upload) => Promise<void>,
): Promise<Multipart> {
  const fields: Record<string, string | string[]> = {}
  const garbled: string[] = []
  const type = request.headers.get('content-type') ?? ''
  if (!request.body || !/;\s*boundary=/i.test(type)) return { fields, garbled, stopped: 'interrupted' }
  let stopped: Multipart['stopped']
  const kept: Promise<void>[] = []
  const open = new Set<PassThrough>()
  const parser = new Busboy({
    headers: { 'content-type': type },
    limits: {
      ...LIMITS,
      fieldSize: LIMITS.fieldBytes,
      fieldNameSize: 200,
      headerPairs: 20,
      parts: LIMITS.files + LIMITS.fields,
    },
  })
  parser.on('field', (name, value, nameCut, valueCut) => {
    if (nameCut || valueCut) stopped ??= 'too-large'
    const known = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (name === '__proto__') return
    if (value.includes(HOLE)) return void garbled.push(name)
    fields[name] = known === undefined ? value : [...(typeof known === 'string' ? [known] : known), value]
  })
  parser.on('file', (field, source, name) => {
    const stream = new PassThrough()
    // A form that breaks off tells each file so; whoever has stopped reading must not be brought down by it.
    source.on('error', (error) => stream.destroy(error))
    stream.on('error', () => undefined)
    // A field in which nothing was chosen still comes, as a file without a name.
    if (!name) return void source.resume()
    open.add(stream)
    source.pipe(stream)
    // Whoever refuses a file stops reading it; what is left of it must still flow by to reach the next.
    stream.on('close', () => source.unpipe(stream).resume())
    kept.push(keep(field, { name, stream }).finally(() => stream.destroy()))
  })
  for (const event of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const)
    parser.on(event, () => (stopped ??= 'too-many'))
  try {
    await pipeline(Readable.fromWeb(request.body as never), counted(most), parser)
  } catch (error) {
    stopped ??= error === TOO_LARGE ? 'too-large' : 'interrupted'
    // A file that will never end must not be waited for.
    for (const stream of open) if (!stream.writableFinished) stream.destroy(new Error('the form was cut off'))
  }
  await Promise.all(kept)
  return { fields, garbled, ...(stopped && { stopped }) }
}

/** What stands in the place of bytes that are no UTF-8. */
const HOLE = '\ufffd'

const TOO_LARGE = new Error('more bytes than allowed')

function counted(most: number): Transform {
  let bytes = 0
  return new Transform({
    transform(piece: Buffer, _encoding, done: TransformCallback) {
      bytes += piece.length
      done(bytes > most ? TOO_LARGE : null, piece)
    },
  })
}
