// A long form in sections: a table of contents says how each stands; what needs nothing is folded until somebody wants it.
import { useEffect, useRef, useState } from 'react'
import { t } from '../texts.ts'
import { Fields } from './fields.tsx'
import { standingOf, type Sheet, type Standing } from './standing.ts'
import type { NestedProps } from './widget.tsx'

type SectionsProps = NestedProps & { readonly sheets: readonly Sheet[] }

export function Sections({ sheets, ...fields }: SectionsProps) {
  const { schema, values, problems, prefix } = fields
  const standings = sheets.map((sheet) => standingOf(sheet, schema, values, problems))
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(sheets.filter((_, at) => standings[at]!.needed || standings[at]!.filled > 0).map(({ name }) => name)),
  )
  const wanted = useRef<string>(undefined)
  // What was refused is not hidden: the list of problems leads to it.
  const isOpen = (name: string, at: number) => open.has(name) || standings[at]!.problems > 0
  useEffect(() => {
    const section = wanted.current === undefined ? null : document.getElementById(wanted.current)
    wanted.current = undefined
    if (!section) return
    section.scrollIntoView({ block: 'start' })
    section.querySelector<HTMLElement>('.fields :is(input, select, textarea, button)')?.focus({ preventScroll: true })
  })
  const idOf = (name: string) => `${prefix}-sheet-${name}`
  const go = (name: string) => {
    wanted.current = idOf(name)
    setOpen(new Set([...open, name]))
  }
  return (
    <div
      className="sheets"
      onKeyDown={(event) => {
        const step = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0
        if (step === 0 || !event.altKey) return
        const here = (event.target as HTMLElement).closest('details.sheet')?.id
        const at = sheets.findIndex(({ name }) => idOf(name) === here)
        const next = sheets[at < 0 ? 0 : at + step]
        event.preventDefault()
        if (next) go(next.name)
      }}
    >
      <nav aria-label={t.contents}>
        <ol>
          {sheets.map(({ name, title }, at) => (
            <li key={name}>
              <button type="button" className="plain" onClick={() => go(name)}>
                <span>{title}</span> <Mark standing={standings[at]!} />
              </button>
            </li>
          ))}
        </ol>
        <p className="soft small nophone">{t.sheetKeys}</p>
      </nav>
      <div className="stack">
        {sheets.map(({ name, title, fields: only }, at) => (
          <details
            key={name}
            id={idOf(name)}
            className="sheet"
            open={isOpen(name, at)}
            onToggle={({ currentTarget, target }) => {
              if (target !== currentTarget || currentTarget.open === open.has(name)) return
              setOpen(new Set(currentTarget.open ? [...open, name] : [...open].filter((one) => one !== name)))
            }}
          >
            <summary>
              <strong>{title}</strong> <Mark standing={standings[at]!} />
            </summary>
            <Fields {...fields} only={only} />
          </details>
        ))}
      </div>
    </div>
  )
}

/** How a section stands, by sign and word. */
function Mark({ standing: { problems, missing, filled } }: { readonly standing: Standing }) {
  const [sign, words, look] =
    problems > 0
      ? ['■', t.sheet.wrong(problems), 'overdue']
      : missing > 0
        ? ['○', t.sheet.missing(missing), 'warned']
        : filled > 0
          ? ['✓', t.sheet.done(filled), 'in-time']
          : ['–', t.sheet.empty, 'soft']
  return (
    <small className={look}>
      <span aria-hidden="true">{sign}</span> {words}
    </small>
  )
}
