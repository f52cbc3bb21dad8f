// What opens under a button: Escape closes it and gives the focus back, and so does whatever happens elsewhere.
import { useEffect, useRef } from 'react'

export function useFold(open: boolean, set: (open: boolean) => void) {
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) set(false)
    }
    addEventListener('pointerdown', outside)
    return () => removeEventListener('pointerdown', outside)
  }, [open, set])
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    set(false)
    button.current?.focus()
  }
  /** Whoever goes on with Tab leaves nothing open behind. */
  const onBlur = ({ relatedTarget }: React.FocusEvent) => {
    if (relatedTarget instanceof Node && !box.current?.contains(relatedTarget)) set(false)
  }
  return { box, button, onKeyDown, onBlur }
}
