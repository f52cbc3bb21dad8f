// Whether list and record stand side by side, or one after the other as on a phone.
import { useEffect, useState } from 'react'

const WIDE = '(min-width: 60rem)'

export function useWide(): boolean {
  const [wide, set] = useState(() => matchMedia(WIDE).matches)
  useEffect(() => {
    const list = matchMedia(WIDE)
    const change = () => set(list.matches)
    list.addEventListener('change', change)
    return () => list.removeEventListener('change', change)
  }, [])
  return wide
}
