// A list whose rows are alike, as a table: written in cell by cell, and added to, moved and removed without leaving the keys.
import { useLayoutEffect, useRef, useState } from 'react'
import { t } from '../texts.ts'
import { answered, begun, cellsIn, numberIn, pasted, shifted, type Column, type Row } from './column.ts'
import type { WidgetProps } from './widget.tsx'

type TableProps = WidgetProps & { readonly columns: readonly Column[] }
type Place = { readonly row: number; readonly column: string }

export function Table({ id, name, kind, value, set, problems, columns }: TableProps) {
  const rows = Array.isArray(value) ? (value as readonly Row[]) : []
  const label = kind.fields[name] ?? name
  const wanted = useRef<Place | 'add'>(undefined)
  const [gone, setGone] = useState<{ readonly at: number; readonly row: Row }>()
  const cellOf = ({ row, column }: Place) => `${id}.${row}.${column}`
  const first = columns[0]!.name
  // A row that has just come or gone takes the focus along.
  useLayoutEffect(() => {
    const place = wanted.current
    wanted.current = undefined
    if (place !== undefined) document.getElementById(place === 'add' ? id : cellOf(place))?.focus()
  })
  const put = (made: readonly Row[], place?: Place | 'add') => {
    wanted.current = place
    set(made)
  }
  const add = (column = first) => put([...rows, begun(columns)], { row: rows.length, column })
  const move = (row: number, step: 1 | -1, column: string) => {
    const made = shifted(rows, row, step)
    if (made !== rows) put(made, { row: row + step, column })
  }
  const remove = (at: number, column: string) => {
    setGone({ at, row: rows[at]! })
    const left = rows.filter((_, place) => place !== at)
    put(left, left.length === 0 ? 'add' : { row: Math.min(at, left.length - 1), column })
  }
  const bring = () => {
    if (!gone) return
    setGone(undefined)
    put(rows.toSpliced(gone.at, 0, gone.row), { row: gone.at, column: first })
  }
  const press = (event: React.KeyboardEvent<HTMLElement>, { row, column }: Place) => {
    if (event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
    const [up, down] = [event.key === 'ArrowUp', event.key === 'ArrowDown']
    const writing = (event.target as HTMLInputElement).type === 'text'
    const step = up ? -1 : 1
    if (event.altKey && (up || down)) move(row, step, column)
    else if (event.altKey && event.key === 'Delete') remove(row, column)
    else if (event.altKey) return
    else if (event.key === 'Enter' && row === rows.length - 1) add()
    else if (event.key === 'Enter' || (writing && (up || down)))
      document.getElementById(cellOf({ row: row + step, column }))?.focus()
    else return
    event.preventDefault()
  }
  return (
    <div className="stack tight">
      {rows.length > 0 && columns.some(({ name: column }) => kind.hints?.[column] !== undefined) && (
        <details className="small">
          <summary>{t.columnHints}</summary>
          <dl className="facts">
            {columns.map(
              ({ name: column, label: title }) =>
                kind.hints?.[column] !== undefined && (
                  <div key={column} className="pair">
                    <dt>{title}</dt>
                    <dd>{kind.hints[column]}</dd>
                  </div>
                ),
            )}
          </dl>
        </details>
      )}
      {rows.length > 0 && (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">{t.number}</span>
              </th>
              {columns.map(({ name: column, label: title, required }) => (
                <th key={column} scope="col">
                  {title} {!required && <span className="optional">{t.optional}</span>}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => {
              const here = t.rowOf(label, at + 1)
              const wrong = columns.flatMap(({ name: column }) => {
                const problem = problems[`${name}.${at}.${column}`]
                return problem === undefined ? [] : [problem]
              })
              return (
                <tr key={at} className={wrong.length > 0 ? 'amiss' : undefined}>
                  <th scope="row">{at + 1}</th>
                  {columns.map((column, place) => (
                    <td
                      key={column.name}
                      data-label={column.label}
                      className={`of-${column.sort} ${column.most > 50 ? 'wide-cell' : ''}`}
                      onKeyDown={(event) => press(event, { row: at, column: column.name })}
                      onPaste={(event) => {
                        const block = cellsIn(event.clipboardData.getData('text/plain'))
                        if (!block) return
                        event.preventDefault()
                        put(pasted(rows, columns, [at, column.name], block), { row: at, column: column.name })
                      }}
                    >
                      <Cell
                        id={cellOf({ row: at, column: column.name })}
                        label={`${column.label} ${at + 1}`}
                        column={column}
                        value={row[column.name]}
                        problem={problems[`${name}.${at}.${column.name}`]}
                        {...(wrong.length > 0 && { described: `${id}.${at}-more` })}
                        set={(given) =>
                          set(rows.map((one, which) => (which === at ? answered(one, column.name, given) : one)))
                        }
                      />
                      {place === columns.length - 1 && wrong.length > 0 && (
                        <ul id={`${id}.${at}-more`} className="problem plainlist">
                          {wrong.map((problem) => (
                            <li key={problem}>{problem}</li>
                          ))}
                        </ul>
                      )}
                    </td>
                  ))}
                  {/* With the keyboard these are Alt with an arrow or Delete, from any cell of the row. */}
                  <td className="acts-cell">
                    <Act name={`${t.up} ${here}`} sign="↑" act={() => move(at, -1, first)} off={at === 0} />
                    <Act
                      name={`${t.down} ${here}`}
                      sign="↓"
                      act={() => move(at, 1, first)}
                      off={at === rows.length - 1}
                    />
                    <Act name={`${t.remove} ${here}`} sign="×" act={() => remove(at, first)} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      <p className="row">
        <button className="second" type="button" id={id} aria-describedby={`${id}-more`} onClick={() => add()}>
          {rows.length === 0 ? t.addFirst(label) : `${t.add}${t.between}${label}`}
        </button>
        {rows.length > 0 && <span className="soft small nophone">{t.rowKeys}</span>}
      </p>
      <p role="status" className="small">
        {gone && (
          <>
            {t.rowGone(label, gone.at + 1)}{' '}
            <button type="button" className="plain" onClick={bring}>
              {t.undo}
            </button>
          </>
        )}
      </p>
    </div>
  )
}

type ActProps = { readonly name: string; readonly sign: string; readonly act: () => void; readonly off?: boolean }

function Act({ name, sign, act, off = false }: ActProps) {
  return (
    <button type="button" className="plain" tabIndex={-1} aria-label={name} title={name} disabled={off} onClick={act}>
      {sign}
    </button>
  )
}

type CellProps = {
  readonly id: string
  readonly label: string
  readonly column: Column
  readonly value: unknown
  readonly problem: string | undefined
  readonly described?: string
  readonly set: (value: unknown) => void
}

function Cell({ id, label, column, value, problem, described, set }: CellProps) {
  const { sort, choices } = column
  const aria = {
    id,
    'aria-label': label,
    'aria-invalid': problem !== undefined,
    ...(described !== undefined && { 'aria-describedby': described }),
  }
  if (sort === 'tick')
    return (
      <input
        {...aria}
        type="checkbox"
        checked={value === true}
        onChange={({ target }) => set(target.checked || (column.required ? false : undefined))}
      />
    )
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  if (sort === 'choice')
    return (
      <select {...aria} value={text} onChange={({ target }) => set(target.value === '' ? undefined : target.value)}>
        <option value="" />
        {choices.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    )
  if (sort === 'number')
    return (
      <input
        {...aria}
        type="text"
        inputMode="numeric"
        value={text}
        onChange={({ target }) => set(numberIn(target.value))}
      />
    )
  return (
    <input
      {...aria}
      type={sort === 'date' ? 'date' : 'text'}
      value={text}
      onChange={({ target }) => set(target.value === '' ? undefined : target.value)}
    />
  )
}
