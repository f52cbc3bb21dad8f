// What a domain may bring to the desks where the generated pages are not enough: whole screens, and parts beside a record.
import type { Desks, Detail, Done, KindMeta, Meta } from '../api.ts'
import type { Language } from '../texts.ts'

export type Screen = {
  /** Its address under the desks; a word of its own. */
  readonly path: string
  readonly on: Desks
  readonly title: Readonly<Record<Language, string>>
  load(): Promise<() => React.ReactNode>
}

/** Stands on the page of every record of a kind, for those who have the roles. */
export type Beside = {
  readonly kind: string
  readonly on: readonly string[]
  /** Commands before whose fields it stands instead, while their form is open: what should be read before they are given. */
  readonly before?: readonly string[]
  load(): Promise<(props: { readonly record: Detail }) => React.ReactNode>
}

export type FormProps = {
  readonly meta: Meta
  readonly kind: KindMeta
  /** Absent when the command opens a record. */
  readonly record?: Detail
  readonly preset: Readonly<Record<string, unknown>>
  /** What should be before one's eyes. */
  readonly above?: React.ReactNode
  /** It has been taken; what follows from it is still being read. */
  readonly onTaken?: () => void
  readonly onDone: (done: Done | undefined) => void
  readonly onCancel: () => void
}

/** Stands in the place of a command's form: where what is asked follows from the record and not from the command alone. */
export type Form = {
  readonly kind: string
  readonly command: string
  load(): Promise<(props: FormProps) => React.ReactNode>
}

/** What `domains/…/screens/index.ts` exports. */
export type Screens = {
  readonly screens?: readonly Screen[]
  readonly besides?: readonly Beside[]
  readonly forms?: readonly Form[]
}
