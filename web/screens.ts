// The screens that domains bring, found by themselves and loaded when they are opened.
import { lazy, type ComponentType } from 'react'
import type { Beside, Form, Screen, Screens } from './part/screen.ts'

const found = Object.values(import.meta.glob<Screens>('../domains/*/screens/index.ts', { eager: true }))

const ready = <Props>(load: () => Promise<(props: Props) => React.ReactNode>) =>
  lazy(async () => ({ default: (await load()) as ComponentType<Props> }))

export const screens: readonly (Screen & { readonly Show: ComponentType })[] = found
  .flatMap((one) => one.screens ?? [])
  .map((screen) => ({ ...screen, Show: ready(() => screen.load()) }))

export const besides = found
  .flatMap((one) => one.besides ?? [])
  .map((beside) => ({ ...beside, Show: ready((() => beside.load()) satisfies Beside['load']) }))

/** The forms that domains bring in the place of those that follow from a command's input. */
export const forms = found
  .flatMap((one) => one.forms ?? [])
  .map((form) => ({ ...form, Show: ready((() => form.load()) satisfies Form['load']) }))
