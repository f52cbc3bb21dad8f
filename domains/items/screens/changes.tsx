// Two versions of an item side by side: what was put in, left out and changed, row by row and word by word.
import { Fragment, useId, useState } from 'react'
import {
  said,
  useList,
  useMeta,
  Waiting,
  type Detail,
  type Item,
  type KindMeta,
  type Names,
} from '../../../web/part/index.ts'
import { differenceOf, glance, linesOf, orderIn, textOf, type Facts, type Line } from '../compare.ts'
import { wording } from '../wording.ts'
import { t } from './texts.ts'

export function Changes({ record }: { readonly record: Detail }) {
  const id = useId()
  const meta = useMeta()
  const { query, items, names } = useList('version', { 'facet.item': textIn(record, 'item'), limit: '100' })
  const [chosen, choose] = useState<string>()
  if (!query.data || !meta.data) return <Waiting query={query} />
  const kind = meta.data.kinds['version']!
  const others = items
    .filter((one) => one.id !== record.id && one.phase !== 'dropped')
    .toSorted((a, b) => numberOf(b) - numberOf(a))
  const other = others.find((one) => one.id === chosen) ?? usual(record, others)
  return (
    <section className="stack changes" aria-labelledby={id}>
      <p className="row spread">
        <strong id={id}>{t.changes}</strong>
        <a
          href={`/item/${encodeURIComponent(textIn(record, 'item'))}/version/${numberOf(record)}`}
          target="_blank"
          rel="noreferrer"
          title={t.previewHint}
        >
          {t.preview}
        </a>
      </p>
      {other === undefined ? (
        <p className="soft">{t.none}</p>
      ) : (
        <>
          <label className="row">
            <span>{t.against}</span>
            <select value={other.id} onChange={({ target }) => choose(target.value)}>
              {others.map((one) => (
                <option key={one.id} value={one.id}>
                  {t.version(numberOf(one), kind.phases[one.phase] ?? '')}
                </option>
              ))}
            </select>
          </label>
          <Sides kind={kind} names={{ ...names, ...record.names }} sides={inTime(record, other)} />
        </>
      )}
    </section>
  )
}

type Versioned = Pick<Item, 'id' | 'phase' | 'facts'>

/** The version in force; of that one, and where none is, the one before it. */
function usual(record: Versioned, others: readonly Versioned[]): Versioned | undefined {
  const standing = others.find(({ phase }) => phase === 'standing')
  return standing ?? others.find((one) => numberOf(one) < numberOf(record)) ?? others[0]
}

/** The earlier one first. */
function inTime(one: Versioned, other: Versioned): readonly [Versioned, Versioned] {
  return numberOf(one) < numberOf(other) ? [one, other] : [other, one]
}

function numberOf({ facts }: Versioned): number {
  return Number(facts['number'])
}

function textIn({ facts }: Versioned, field: string): string {
  return typeof facts[field] === 'string' ? facts[field] : ''
}

type SidesProps = { readonly kind: KindMeta; readonly names: Names; readonly sides: readonly [Versioned, Versioned] }

function Sides({ kind, names, sides }: SidesProps) {
  const [before, after] = sides
  const order = orderIn(kind.commands['amend']?.schema)
  const lines = linesOf(differenceOf(textOf(before.facts), textOf(after.facts)), order)
  if (lines.length === 0) return <p>{t.same}</p>
  const titles = sides.map((side) => t.version(numberOf(side), kind.phases[side.phase] ?? ''))
  const words = (value: unknown, field: string) =>
    said(kind, typeof value === 'object' && !Array.isArray(value) ? glance(value as Facts, order) : value, names, field)
  const fields = [...new Set(lines.map(({ field }) => field))]
  return (
    <>
      <p className="soft" role="status">
        {t.count(lines.length)}
      </p>
      <table className="cards sides">
        <thead>
          <tr>
            <th scope="col">{t.field}</th>
            <th scope="col">{titles[0]}</th>
            <th scope="col">{titles[1]}</th>
          </tr>
        </thead>
        {fields.map((field) => (
          <tbody key={field}>
            {lines
              .filter((line) => line.field === field)
              .map((line, place) => (
                <tr key={place}>
                  <th scope="row">
                    <span className={place === 0 ? undefined : 'unseen'}>{kind.fields[field] ?? field}</span>{' '}
                    <small className={`change ${line.state}`}>
                      <span aria-hidden="true">{t.signs[line.state]}</span> {t.states[line.state]}
                    </small>
                    {line.row !== undefined && line.of !== undefined && (
                      <small className="soft">
                        {line.row} · {kind.fields[line.of] ?? line.of}
                      </small>
                    )}
                  </th>
                  <Side line={line} side="before" title={titles[0]!} words={words} />
                  <Side line={line} side="after" title={titles[1]!} words={words} />
                </tr>
              ))}
          </tbody>
        ))}
      </table>
    </>
  )
}

type SideProps = {
  readonly line: Line
  readonly side: 'before' | 'after'
  readonly title: string
  readonly words: (value: unknown, field: string) => string
}

function Side({ line, side, title, words }: SideProps) {
  if (line.state === 'moved') return <td data-label={title} className="soft" />
  const field = line.of ?? line.field
  const [was, is] = [words(line.before, field), words(line.after, field)]
  if (!(side in line))
    return (
      <td data-label={title} className="soft">
        {t.absent}
      </td>
    )
  const whole = line.state !== 'changed'
  return (
    <td data-label={title} className="said">
      {whole ? (
        <Marked as={side === 'before' ? 'del' : 'ins'} text={side === 'before' ? was : is} />
      ) : (
        wording(was, is)
          .filter(({ state }) => state !== (side === 'before' ? 'added' : 'removed'))
          .map(({ text, state }, place) =>
            state === 'same' ? (
              <Fragment key={place}>{text}</Fragment>
            ) : (
              <Marked key={place} as={side === 'before' ? 'del' : 'ins'} text={text} />
            ),
          )
      )}
    </td>
  )
}

/** Struck out or underlined; whoever hears the page is told which. */
function Marked({ as: Mark, text }: { readonly as: 'ins' | 'del'; readonly text: string }) {
  return (
    <Mark>
      <span className="unseen">{Mark === 'ins' ? t.put : t.left}</span>
      {text}
    </Mark>
  )
}
