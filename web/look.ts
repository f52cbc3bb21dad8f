// How somebody likes to see the desks: language, theme, size of print, single keys; kept in cookies that the portal shares.
const YEAR = 365 * 24 * 3600

type Preference = 'lang' | 'theme' | 'print' | 'keys'

export function preference(name: Preference): string | undefined {
  return new RegExp(`(?:^|;\\s*)${name}=([\\w-]+)`).exec(document.cookie)?.[1]
}

/** Keeps it for a year; absent forgets it. */
export function prefer(name: Preference, value: string | undefined): void {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  const age = value === undefined ? 0 : YEAR
  document.cookie = `${name}=${value ?? ''}; path=/; max-age=${age}; samesite=lax${secure}`
  dress()
}

/** Puts theme and size of print on the page. */
export function dress(): void {
  for (const name of ['theme', 'print'] as const) {
    const value = preference(name)
    if (value === undefined) delete document.documentElement.dataset[name]
    else document.documentElement.dataset[name] = value
  }
}
