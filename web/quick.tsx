// Search from anywhere: as one types, among all kinds that one may see, by words, pinyin initials, code or number.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useRef, useState } from 'react'
import { ask, type Meta, type Page } from './api.ts'
import { useKeys } from './keys.ts'
import { aboutItem } from './part/rows.tsx'
import { t } from './texts.ts'

const FEW = 3

export function Quick({ meta }: { readonly meta: Meta }) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(-1)
  const field = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()
  const wanted = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['search', wanted, FEW],
    queryFn: () => ask<Page>(`/api/search?q=${encodeURIComponent(wanted)}&limit=${FEW}`),
    enabled: open && wanted !== '',
    placeholderData: (before) => before,
  })
  useKeys({ '/': () => field.current?.focus() })
  const items = wanted === '' ? [] : (found.data?.items ?? [])
  const leave = () => {
    setOpen(false)
    setAt(-1)
    document.getElementById('main')?.focus({ preventScroll: true })
  }
  const show = (place: number) => {
    const item = items[place]
    leave()
    if (item) void navigate({ to: '/record/$kind/$id', params: { kind: item.kind, id: item.id } } as never)
    else if (text.trim() !== '') void navigate({ to: '/search', search: { q: text.trim() } } as never)
  }
  return (
    <form
      role="search"
      className="find find-one"
      onSubmit={(event) => {
        event.preventDefault()
        show(at)
      }}
    >
      <input
        ref={field}
        type="search"
        role="combobox"
        aria-label={t.searchHint}
        aria-expanded={open && items.length > 0}
        aria-controls="quick"
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `quick-${at}` : undefined}
        autoComplete="off"
        placeholder={`${t.search} /`}
        value={text}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          setText(event.target.value)
          setAt(-1)
          setOpen(true)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(at + 1, items.length - 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, -1))
          else if (event.key === 'Escape') leave()
          else return
          event.preventDefault()
        }}
      />
      <ul role="listbox" id="quick" aria-label={t.search} hidden={!open || items.length === 0}>
        {items.map((item, place) => (
          <li
            key={`${item.kind}/${item.id}`}
            id={`quick-${place}`}
            role="option"
            aria-selected={place === at}
            onMouseDown={(event) => {
              event.preventDefault()
              show(place)
            }}
          >
            <small className="soft">{meta.kinds[item.kind]?.title}</small> {item.title}{' '}
            <small className="soft">{aboutItem(item, meta, found.data!.names, 1)}</small>
          </li>
        ))}
      </ul>
    </form>
  )
}
