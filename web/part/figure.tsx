// A number with its unit and cut-off, its definition one touch away, and the records that it opens to.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, type FigureView, type Meta, type Page } from '../api.ts'
import { Rows } from './rows.tsx'
import { lang, t } from '../texts.ts'

const UNITS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  problems: ['件', 'problems'],
  cases: ['件', ''],
  persons: ['人', 'persons'],
  enterprises: ['户', 'enterprises'],
  percent: ['%', '%'],
  yuan: ['元', 'yuan'],
  days: ['天', 'days'],
  records: ['个', ''],
}

export function Figure({ figure, meta }: { readonly figure: FigureView; readonly meta: Meta }) {
  const [opened, open] = useState(false)
  const unit = UNITS[figure.unit]?.[lang === 'en' ? 1 : 0] ?? ''
  return (
    <li>
      <p>{figure.name}</p>
      <p className="value">
        {figure.value === null ? (
          <small>{t.noValue}</small>
        ) : (
          <>
            {figure.value.toLocaleString(lang, { maximumFractionDigits: 1 })}
            <small>{unit}</small>
          </>
        )}
      </p>
      {figure.denominator !== null && (
        <p className="soft">
          {`${t.numerator} ${figure.numerator.toLocaleString(lang)} · ${t.denominator} ${figure.denominator.toLocaleString(lang)}`}
        </p>
      )}
      <details>
        <summary>{t.definition}</summary>
        <p className="soft">{figure.definition}</p>
      </details>
      <button className="plain" type="button" aria-expanded={opened} onClick={() => open(!opened)}>
        {t.behind}
      </button>
      {opened && <Behind id={figure.id} asOf={figure.asOf} meta={meta} />}
    </li>
  )
}

function Behind({ id, asOf, meta }: { readonly id: string; readonly asOf: string; readonly meta: Meta }) {
  const found = useQuery({
    queryKey: ['behind', id, asOf],
    queryFn: () => ask<Page & { hidden: number }>(`/api/figures/${id}/records?asOf=${asOf}&limit=20`),
  })
  if (!found.data) return <p className="soft">{t.loading}</p>
  return (
    <>
      <Rows items={found.data.items} meta={meta} />
      {found.data.hidden > 0 && (
        <p className="soft">{t.hidden.replace('{n}', found.data.hidden.toLocaleString(lang))}</p>
      )}
    </>
  )
}
