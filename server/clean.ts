// Text as PostgreSQL can keep it: without the sign nought and without halves of characters.

export function cleaned(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

/** Every text of a form. */
export function cleanedForm<Value>(form: Readonly<Record<string, Value>>): Record<string, Value> {
  const one = (value: unknown): unknown =>
    typeof value === 'string' ? cleaned(value) : Array.isArray(value) ? value.map(one) : value
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, one(value) as Value]))
}
