// The key of this installation, made at its first start and kept beside its data; whoever has only the database lacks it.
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** 32 bytes, the same at every start. */
export function secretKey(folder: string): Buffer {
  const path = join(folder, 'secret.key')
  try {
    writeFileSync(path, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
  if (key.length !== 32) throw new Error(`${path} is not a key of 32 bytes; restore it from the backup`)
  return key
}
