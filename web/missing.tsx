// An address of the desks under which there is nothing.
import { Link } from '@tanstack/react-router'
import { t } from './texts.ts'

export function Missing() {
  return (
    <section className="stack quiet">
      <h1>{t.missing}</h1>
      <p>
        <Link to="/">{t.toMyDesk}</Link>
      </p>
    </section>
  )
}
