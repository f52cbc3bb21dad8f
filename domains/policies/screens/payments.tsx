// A batch beside its page: the file that goes to the treasury.
import type { Detail } from '../../../web/part/index.ts'
import { t } from './words.ts'

export function Payments({ record }: { readonly record: Detail }) {
  if (record.phase !== 'sent' && record.phase !== 'settled') return null
  return (
    <section className="stack">
      <p>
        <a className="button second" href={`/api/payments/${encodeURIComponent(record.id)}/file.xlsx`} download>
          {t.payments}
        </a>
      </p>
      <p className="soft">{t.paymentsNote}</p>
    </section>
  )
}
