// A record found by typing: name, pinyin initials or code; arrows move, Enter chooses (the combobox pattern of WAI-ARIA).
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { ask, listPath, type Detail, type Page } from '../api.ts'
import type { WidgetProps } from './widget.tsx'
import { t } from '../texts.ts'

type FindProps = WidgetProps & { readonly of: string; readonly fixed?: boolean }

export function Find({ id, of, value, set, invalid, fixed = false }: FindProps) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const wanted = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['find', of, wanted],
    queryFn: () => ask<Page>(listPath(of, { q: wanted, limit: '8', ...(wanted === '' && { open: 'yes' }) })),
    enabled: open && !fixed,
  })
  const chosen = useQuery({
    queryKey: ['name', of, value],
    queryFn: () => ask<Detail>(`/api/records/${of}/${String(value)}`).then((one) => one.title),
    enabled: typeof value === 'string',
  })
  const items = found.data?.items ?? []
  const choose = (place: number) => {
    const item = items[place]
    if (!item) return
    set(item.id)
    setText('')
    setOpen(false)
  }
  if (fixed) return <span>{chosen.data ?? String(value)}</span>
  return (
    <div className="find-one">
      {typeof value === 'string' && (
        <p className="row chosen">
          {`${t.chosen} ${chosen.data ?? value}`}
          <button className="plain" type="button" onClick={() => set(undefined)}>
            {t.remove}
          </button>
        </p>
      )}
      <input
        id={id}
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && items[at] ? `${id}-${at}` : undefined}
        aria-describedby={`${id}-more`}
        aria-invalid={invalid}
        autoComplete="off"
        placeholder={t.typeToFind}
        value={text}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
          setOpen(true)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' && !open) setOpen(true)
          else if (event.key === 'ArrowDown') setAt(Math.min(at + 1, items.length - 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
          else if (event.key === 'Enter' && open) choose(at)
          else if (event.key === 'Escape') setOpen(false)
          else return
          event.preventDefault()
        }}
      />
      <ul role="listbox" id={`${id}-list`} hidden={!open} aria-label={t.search}>
        {items.map((item, place) => (
          <li
            key={item.id}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === at}
            onMouseDown={(event) => {
              event.preventDefault()
              choose(place)
            }}
          >
            {item.title} <small className="soft">{item.id}</small>
          </li>
        ))}
        {found.data && items.length === 0 && <li aria-disabled="true">{t.nothingFound}</li>}
      </ul>
    </div>
  )
}
