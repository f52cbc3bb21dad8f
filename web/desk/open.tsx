// A new record: the form of a command that opens one.
import { useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Done } from '../api.ts'
import { CommandForm } from '../form/command.tsx'
import { Waiting } from '../part/waiting.tsx'
import { useMeta } from '../query.ts'
import { t } from '../texts.ts'

export function OpenRecord() {
  const { kind: of, command } = useParams({ strict: false }) as { kind: string; command: string }
  const preset = useSearch({ strict: false }) as Record<string, unknown>
  const meta = useMeta()
  const navigate = useNavigate()
  const router = useRouter()
  const [done, setDone] = useState<Done>()
  const kind = meta.data?.kinds[of]
  if (!meta.data || !kind) return <Waiting query={meta} />
  if (!kind.commands[command]) return <p className="quiet">{t.empty}</p>
  const to = (made: Done) => void navigate({ to: '/record/$kind/$id', params: made.done } as never)
  if (done?.reveal !== undefined)
    return (
      <section className="panel stack">
        <h1>{t.done}</h1>
        <p className="number">{done.done.id}</p>
        <p className="number">{done.reveal}</p>
        <button type="button" onClick={() => to(done)}>
          {t.open}
        </button>
      </section>
    )
  return (
    <section className="stack">
      <p className="soft">{kind.title}</p>
      <CommandForm
        key={`${of} ${command}`}
        meta={meta.data}
        kind={kind}
        of={of}
        name={command}
        preset={{ ...today(kind.commands[command].schema.properties ?? {}), ...preset }}
        onDone={(made) => (made.reveal === undefined ? to(made) : setDone(made))}
        onCancel={() => router.history.back()}
      />
    </section>
  )
}

/** A day that is nearly always today begins as today. */
function today(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const now = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  return Object.hasOwn(fields, 'on') ? { on: now } : {}
}
