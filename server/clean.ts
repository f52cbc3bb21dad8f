// The texts of a form as they can be kept.
import { cleaned } from '../kernel/sign.ts'

export { cleaned } from '../kernel/sign.ts'

/** Every text of a form. */
export function cleanedForm<Value>(form: Readonly<Record<string, Value>>): Record<string, Value> {
  const one = (value: unknown): unknown =>
    typeof value === 'string' ? cleaned(value) : Array.isArray(value) ? value.map(one) : value
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, one(value) as Value]))
}
