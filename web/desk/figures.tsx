// The figures, as of a day, each opening to its records.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, type FigureView } from '../api.ts'
import { Figure } from '../part/figure.tsx'
import { Waiting } from '../part/waiting.tsx'
import { useMeta } from '../query.ts'
import { t } from '../texts.ts'

export function Figures() {
  const meta = useMeta()
  const [asOf, setAsOf] = useState('')
  const figures = useQuery({
    queryKey: ['figures', asOf],
    queryFn: () => ask<readonly FigureView[]>(`/api/figures?asOf=${asOf}`),
  })
  return (
    <section className="stack">
      <h1>{t.figures}</h1>
      <p className="row">
        <label htmlFor="asOf">{t.asOf}</label>
        <input id="asOf" type="date" value={asOf} onChange={(event) => setAsOf(event.target.value)} />
      </p>
      {figures.data && meta.data ? (
        <ul className="figures">
          {figures.data.map((figure) => (
            <Figure key={`${figure.id} ${figure.asOf}`} figure={figure} meta={meta.data} />
          ))}
        </ul>
      ) : (
        <Waiting query={figures} />
      )}
    </section>
  )
}
