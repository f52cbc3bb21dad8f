// A new record: the form of a command that opens one.
import { useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Done } from '../api.ts'
import { CommandForm } from '../form/command.tsx'
import { Waiting } from '../part/waiting.tsx'
import { useMe, useMeta } from '../query.ts'
import { t } from '../texts.ts'

export function OpenRecord() {
  const { kind: of, command } = useParams({ strict: false }) as { kind: string; command: string }
  const preset = useSearch({ strict: false }) as Record<string, unknown>
  const meta = useMeta()
  const me = useMe()
  const navigate = useNavigate()
  const router = useRouter()
  const [done, setDone] = useState<Done>()
  const kind = meta.data?.kinds[of]
  if (!meta.data || !me.data || !kind) return <Waiting query={meta} />
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
        preset={{ ...(kind.commands[command].schema.properties?.['on'] && { on: me.data.today }), ...preset }}
        onDone={(made) => (made.reveal === undefined ? to(made) : setDone(made))}
        onCancel={() => router.history.back()}
      />
    </section>
  )
}
