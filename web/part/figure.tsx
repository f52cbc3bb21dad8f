// A number with its unit and its definition one touch away.
import type { FigureView } from '../api.ts'
import { lang, t } from '../texts.ts'

const UNITS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  problems: ['件', 'problems'],
  cases: ['件', ''],
  persons: ['人', 'persons'],
  enterprises: ['户', 'enterprises'],
  percent: ['%', '%'],
  yuan: ['元', 'yuan'],
  days: ['天', 'days'],
  minutes: ['分钟', 'minutes'],
  records: ['个', ''],
}

export const unitWords = (unit: string): string => UNITS[unit]?.[lang === 'en' ? 1 : 0] ?? ''

export function FigureValue({ figure }: { readonly figure: FigureView }) {
  return (
    <>
      <p className="value">
        {figure.value === null ? (
          <small>{t.noValue}</small>
        ) : (
          <>
            {figure.value.toLocaleString(lang, { maximumFractionDigits: 1 })}
            <small>{unitWords(figure.unit)}</small>
          </>
        )}
      </p>
      {figure.denominator !== null && (
        <p className="soft small">
          {`${t.numerator} ${figure.numerator.toLocaleString(lang)} · ${t.denominator} ${figure.denominator.toLocaleString(lang)}`}
        </p>
      )}
    </>
  )
}
