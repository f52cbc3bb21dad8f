// Which questions arise: some are asked only when another answer is one of those named.
import type { Schema } from '../api.ts'

export function applies(field: Schema, values: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(field.when ?? {}).every(([name, wanted]) => wanted.includes(values[name] as string))
}
