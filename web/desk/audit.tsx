// The audit trail: who looked at personal data, who signed in, what was refused.
import { useQuery } from '@tanstack/react-query'
import { ask } from '../api.ts'
import { dateWords } from '../part/facts.tsx'
import { Waiting } from '../part/waiting.tsx'
import { useMeta } from '../query.ts'
import { t } from '../texts.ts'

type Look = {
  readonly at: string
  readonly actor: string
  readonly actorName: string
  readonly what: string
  readonly kind: string
  readonly record: string
}

export function Audit() {
  const meta = useMeta()
  const looks = useQuery({
    queryKey: ['looks'],
    queryFn: () => ask<{ items: readonly Look[] }>('/api/looks?limit=100'),
    refetchInterval: 10_000,
  })
  if (!looks.data) return <Waiting query={looks} />
  const time = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString()
  return (
    <section className="stack">
      <h1>{t.audit}</h1>
      <div className="wide">
        <table className="cards">
          <thead>
            <tr>
              <th scope="col">{t.when}</th>
              <th scope="col">{t.who}</th>
              <th scope="col">{t.what}</th>
              <th scope="col">{t.which}</th>
            </tr>
          </thead>
          <tbody>
            {looks.data.items.map((look, place) => (
              <tr key={`${look.at} ${place}`}>
                <td>{`${dateWords(time(look.at))} ${time(look.at).slice(11, 19)}`}</td>
                <td>{look.actorName || look.actor}</td>
                <td>{t.looks[look.what as keyof typeof t.looks] ?? look.what}</td>
                <td>{`${meta.data?.kinds[look.kind]?.title ?? ''} ${look.record}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
