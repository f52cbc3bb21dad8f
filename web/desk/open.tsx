// A new record: the form of a command that opens one, and what to tell whoever it was opened for.
import { useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import type { Done, KindMeta, Meta } from '../api.ts'
import { CommandForm } from '../form/command.tsx'
import { useKeys } from '../keys.ts'
import { Empty, Waiting } from '../part/waiting.tsx'
import { useItem, useMe, useMeta } from '../query.ts'
import { forms } from '../screens.ts'
import { tell } from '../told.ts'
import { t } from '../texts.ts'
import { useTitle } from '../title.ts'

export function OpenRecord() {
  const { kind: of, command } = useParams({ strict: false }) as { kind: string; command: string }
  const preset = useSearch({ strict: false }) as Record<string, unknown>
  const meta = useMeta()
  const me = useMe()
  const navigate = useNavigate()
  const router = useRouter()
  const [done, setDone] = useState<Done>()
  const [round, again] = useState(0)
  const kind = meta.data?.kinds[of]
  const spec = kind?.commands[command]
  useTitle(spec?.title)
  if (!meta.data || !me.data) return <Waiting query={meta} />
  if (!kind || !spec || !me.data.opens[of]?.includes(command)) return <Empty text={t.notYours} />
  const to = (made: Done) => void navigate({ to: '/record/$kind/$id', params: made.done } as never)
  if (done)
    return (
      <Made
        meta={meta.data}
        kind={kind}
        done={done}
        sees={me.data.sees.includes(of)}
        open={() => to(done)}
        next={() => {
          setDone(undefined)
          again(round + 1)
        }}
      />
    )
  const own = forms.filter((one) => one.kind === of && one.command === command)
  const props = {
    meta: meta.data,
    kind,
    preset,
    onDone: (made: Done | undefined) => {
      if (!made) return
      if (made.reveal !== undefined || made.also) return setDone(made)
      tell({ text: t.doneTo(spec.title, made.done.id) })
      to(made)
    },
    onCancel: () => router.history.back(),
  }
  return (
    <section className="opening">
      <p className="soft">{kind.title}</p>
      {own.length > 0 ? (
        <Suspense fallback={null}>
          {own.map(({ Show }) => (
            <Show key={round} {...props} />
          ))}
        </Suspense>
      ) : (
        <CommandForm key={`${of} ${command} ${round}`} of={of} name={command} {...props} />
      )}
    </section>
  )
}

type MadeProps = {
  readonly meta: Meta
  readonly kind: KindMeta
  readonly done: Done
  readonly sees: boolean
  readonly open: () => void
  readonly next: () => void
}

/** Each number and its code, which is shown this once; from here the next one is a key away. */
function Made({ meta, kind, done, sees, open, next }: MadeProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  useKeys({ n: next, o: open })
  return (
    <section className="panel stack made">
      <h1 ref={heading} tabIndex={-1}>
        {t.registered}
      </h1>
      <dl className="facts">
        <div className="pair">
          <dt>{t.number}</dt>
          <dd className="number">{done.done.id}</dd>
        </div>
        {done.reveal !== undefined && <Code code={done.reveal} />}
      </dl>
      {done.also?.map((one) => (
        <section key={one.id} className="stack" aria-label={one.id}>
          <Named title={meta.kinds[one.kind]?.title ?? one.kind} {...one} />
          <dl className="facts">
            <div className="pair">
              <dt>{t.number}</dt>
              <dd className="number">{one.id}</dd>
            </div>
            <Code code={one.reveal} />
          </dl>
        </section>
      ))}
      <p>{t.tellCaller}</p>
      <p className="row noprint">
        <button type="button" onClick={next}>
          <kbd aria-hidden="true">n</kbd> {t.nextOne}
        </button>
        {sees && (
          <button type="button" className="second" onClick={open}>
            <kbd aria-hidden="true">o</kbd> {t.openOf(kind.title)}
          </button>
        )}
        <button type="button" className="second" onClick={() => print()}>
          {t.print}
        </button>
      </p>
    </section>
  )
}

function Code({ code }: { readonly code: string }) {
  return (
    <div className="pair">
      <dt>{t.queryCode}</dt>
      <dd className="number">{code}</dd>
    </div>
  )
}

/** What it is and, where this person sees it, what it is about: of several one must know which is which. */
function Named({ title, kind, id }: { readonly title: string; readonly kind: string; readonly id: string }) {
  const known = useItem(kind, id)
  return <h2>{[title, known?.item.title].filter(Boolean).join(' · ')}</h2>
}
