// Why something was refused: the answer, the fields that decided it, and the way out. It takes the focus.
import { useLayoutEffect, useRef } from 'react'
import { Problem } from '../api.ts'
import { t } from '../texts.ts'

export function Why({ error, prefix = 'f' }: { readonly error: Error; readonly prefix?: string }) {
  const box = useRef<HTMLDivElement>(null)
  // In one step with its appearance: a key that is pressed next finds it there.
  useLayoutEffect(() => box.current?.focus(), [error])
  const fields = error instanceof Problem ? error.fields : []
  const said = error instanceof Problem ? error.message : t.offline
  return (
    <div className="summary" role="alert" tabIndex={-1} ref={box}>
      <p>
        <strong>{fields.length > 0 ? t.problem : error instanceof Problem ? t.why : t.notSent}</strong>
      </p>
      {fields.length === 0 && <p className="said">{said}</p>}
      <ul>
        {fields.map(({ field, message }) => (
          <li key={field}>
            <a href={`#${prefix}-${field}`} onClick={() => document.getElementById(`${prefix}-${field}`)?.focus()}>
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
