// A record found by typing: name, pinyin initials or code; arrows move, Enter chooses (the combobox pattern of WAI-ARIA).
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { ask, listPath, type Item, type KindMeta, type Names, type Page } from '../api.ts'
import { said } from '../part/facts.tsx'
import { client, useItem } from '../query.ts'
import type { WidgetProps } from './widget.tsx'
import { t } from '../texts.ts'

type FindProps = WidgetProps & { readonly of: string }

/** Once something is chosen, the box gives way to it, with a button that brings the box back. */
export function Find(props: FindProps) {
  const { of, value, set, id } = props
  const [changing, change] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const mine = useRef(false)
  useEffect(() => {
    // Whoever chose with the keyboard stays where he is.
    if (mine.current) button.current?.focus()
    mine.current = false
  }, [value, changing])
  if (typeof value === 'string' && !changing)
    return (
      <div className="picked">
        <Chosen of={of} id={value} kind={props.meta.kinds[of]!} />
        <button
          ref={button}
          id={id}
          className="plain"
          type="button"
          aria-label={`${t.change} ${props.kind.fields[props.name] ?? ''}`}
          aria-describedby={`${id}-more`}
          onClick={() => change(true)}
        >
          {t.change}
        </button>
      </div>
    )
  const choose = (chosen: string) => {
    mine.current = true
    change(false)
    set(chosen)
  }
  return <Box {...props} focused={changing} choose={choose} leave={() => change(false)} />
}

/** A chosen record: its name, and what its list would say of it. */
export function Chosen({ of, id, kind }: { readonly of: string; readonly id: string; readonly kind: KindMeta }) {
  const known = useItem(of, id)
  return (
    <span>
      <strong>{known?.item.title ?? id}</strong>
      {known && <small className="soft">{brief(known.item, kind, known.names)}</small>}
    </span>
  )
}

type Option = { readonly id: string; readonly title: string; readonly more: string }
type BoxProps = FindProps & {
  readonly focused: boolean
  readonly choose: (id: string) => void
  readonly leave: () => void
}

function Box({ id, of, meta, schema, record, invalid, focused, choose, leave }: BoxProps) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (focused) input.current?.focus()
  }, [focused])
  const wanted = useDeferredValue(text.trim())
  const kind = meta.kinds[of]!
  const found = useQuery({
    queryKey: ['find', of, wanted],
    queryFn: () => ask<Page>(listPath(of, { q: wanted, limit: '8', ...(wanted === '' && { open: 'yes' }) })),
    enabled: open,
    placeholderData: (before) => before,
  })
  const earlier = useEarlier(schema.earlier ? record : undefined)
  const listed = (found.data?.items ?? []).map((item) => {
    client.setQueryData<Page>(['item', of, item.id], { items: [item], names: found.data!.names, next: null })
    return { id: item.id, title: item.title, more: brief(item, kind, found.data!.names) }
  })
  const first = text === '' ? earlier : []
  const options: readonly Option[] = [
    ...first,
    ...listed.filter((one) => !first.some((other) => other.id === one.id)),
  ].slice(0, 8)
  // What is still shown for the words before is not chosen by whoever has typed on.
  const stale = found.isPlaceholderData || wanted !== text.trim()
  const take = (place: number) => {
    const option = options[place]
    if (!option || stale) return
    setOpen(false)
    choose(option.id)
  }
  return (
    <div className="find-one">
      <input
        ref={input}
        id={id}
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && options[at] ? `${id}-${at}` : undefined}
        aria-describedby={`${id}-more`}
        aria-invalid={invalid}
        autoComplete="off"
        placeholder={t.typeToFind}
        value={text}
        onClick={() => setOpen(true)}
        onFocus={() => schema.earlier && setOpen(true)}
        onBlur={() => {
          setOpen(false)
          leave()
        }}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
          setOpen(true)
        }}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey) return
          if (event.key === 'ArrowDown' && !open) setOpen(true)
          else if (event.key === 'ArrowDown') setAt(Math.min(at + 1, options.length - 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
          else if (event.key === 'Enter' && open) take(at)
          else if (event.key === 'Escape' && open) setOpen(false)
          else return
          event.preventDefault()
        }}
      />
      <ul role="listbox" id={`${id}-list`} hidden={!open} aria-label={t.search} aria-busy={stale}>
        {options.map((option, place) => (
          <li
            key={option.id}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === at}
            onMouseDown={(event) => {
              event.preventDefault()
              take(place)
            }}
          >
            {option.title} <small className="soft">{option.more}</small>
          </li>
        ))}
        {found.data && options.length === 0 && (
          <li role="option" aria-disabled="true" aria-selected="false">
            {t.nothingFound}
          </li>
        )}
      </ul>
      {!open && wanted !== '' && <small className="warned">{t.notChosen}</small>}
    </div>
  )
}

/** Where earlier records in like words were sent: suggestions that stand first. */
function useEarlier(record: WidgetProps['record']): readonly Option[] {
  const found = useQuery({
    queryKey: ['earlier', record?.kind, record?.id],
    queryFn: () =>
      ask<{ items: readonly { unit: string; unitName: string; count: number }[] }>(
        `/api/records/${record!.kind}/${record!.id}/earlier`,
      ),
    enabled: record !== undefined,
  })
  return (found.data?.items ?? []).map(({ unit, unitName, count }) => ({
    id: unit,
    title: unitName,
    more: t.earlier(count),
  }))
}

function brief(item: Item, kind: KindMeta, names: Names): string {
  const told = kind.columns.slice(0, 3).map((column) => said(kind, item.facts[column], names, column))
  return told.filter((text) => text !== '' && text !== item.title).join(' · ')
}
