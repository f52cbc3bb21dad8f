// What many ask for at once is worked out once: a value is remembered for a while, and whoever comes meanwhile gets the same.

/** `seconds`: how old an answer may be. A failure is not remembered. */
export function lately<Value>(seconds: number, now: () => number = Date.now) {
  const known = new Map<string, { readonly value: Promise<Value>; readonly at: number }>()
  return (key: string, work: () => Promise<Value>): Promise<Value> => {
    const kept = known.get(key)
    if (kept && now() - kept.at < seconds * 1000) return kept.value
    if (known.size > 1000) known.clear()
    const value = work()
    known.set(key, { value, at: now() })
    value.catch(() => known.delete(key))
    return value
  }
}
