// Where a page may send people on to.

/** A path of our own, or undefined: never another site, however it is spelt (browsers drop tabs and turn backslashes). */
export function inside(next: unknown): string | undefined {
  return typeof next === 'string' && /^\/(?![/\\])[^\s\\\p{Cc}]*$/u.test(next) ? next : undefined
}
