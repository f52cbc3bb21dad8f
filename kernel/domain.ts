// A domain as the house sees it, and the registry that is made of the list of domains.
import type { AnyDefinition, Definition, InputSchemas, Schemas } from './record.ts'
import { languages, type AnyTexts, type Language, type Texts } from './texts.ts'
import type { Figure } from './tally/figure.ts'

/** One kind of record with the words it owes. Made by `kind()`, so that a missing text does not compile. */
export type Kind = { readonly definition: AnyDefinition; readonly texts: Readonly<Record<Language, AnyTexts>> }

/** A kind with its words: a text that is missing in either language does not compile. */
export function kind<
  State extends { readonly phase: string },
  Events extends Schemas,
  Inputs extends InputSchemas,
  Refusal extends string,
>(
  definition: Definition<State, Events, Inputs, Refusal>,
  texts: Readonly<Record<Language, Texts<Definition<State, Events, Inputs, Refusal>>>>,
): Kind {
  return {
    definition,
    texts: { 'zh-CN': bare(texts['zh-CN']), en: bare(texts.en) } as Readonly<Record<Language, AnyTexts>>,
  }
}

/** Words without anything that they did not bring: one looks up what people send, and that may be `constructor`. */
function bare<T>(words: T): T {
  if (typeof words !== 'object' || words === null || Array.isArray(words)) return words
  const entries = Object.entries(words).map(([name, word]) => [name, bare(word as unknown)])
  return Object.assign(Object.create(null), Object.fromEntries(entries)) as T
}

export type Domain = {
  readonly name: string
  readonly texts: Readonly<
    Record<Language, { readonly title: string; readonly roles?: Readonly<Record<string, string>> }>
  >
  readonly kinds: readonly Kind[]
  readonly figures?: readonly Figure[]
  /** Code lists, by the name of the widget with which one is chosen. */
  readonly codes?: Readonly<Record<string, readonly Code[]>>
}

export type Code = { readonly code: string; readonly name: Readonly<Record<Language, string>> }

export type Registry = {
  readonly domains: readonly Domain[]
  readonly kinds: ReadonlyMap<string, Kind>
  readonly figures: ReadonlyMap<string, Figure>
  readonly codes: ReadonlyMap<string, readonly Code[]>
}

/** Everything the house knows, by name. Throws when two domains claim the same name: a fault of the program, found at start. */
export function registry(domains: readonly Domain[]): Registry {
  const kinds = new Map<string, Kind>()
  const figures = new Map<string, Figure>()
  const prefixes = new Map<string, string>()
  const codes = new Map<string, readonly Code[]>()
  for (const domain of domains) {
    for (const kind of domain.kinds) {
      const { kind: name, code } = kind.definition
      if (kinds.has(name)) throw new Error(`two kinds are called ${name}`)
      if (prefixes.has(code)) throw new Error(`kinds ${prefixes.get(code)} and ${name} share the code ${code}`)
      for (const owed of wordsOwed(kind)) throw new Error(`${name} owes the words of ${owed}`)
      kinds.set(name, kind)
      prefixes.set(code, name)
      for (const [type, steps] of Object.entries(kind.definition.upcasters ?? {}))
        if (!Object.hasOwn(kind.definition.events as object, type) || !follows(steps as object))
          throw new Error(`the upcasters of ${name}.${type} do not lead from version 1 to an event's present shape`)
    }
    for (const figure of domain.figures ?? []) {
      if (figures.has(figure.id)) throw new Error(`two figures are called ${figure.id}`)
      figures.set(figure.id, figure)
    }
    for (const [name, list] of Object.entries(domain.codes ?? {})) {
      if (codes.has(name)) throw new Error(`two code lists are called ${name}`)
      codes.set(name, list)
    }
  }
  codes.set('limit', limitsOf([...kinds.values()]))
  return { domains, kinds, figures, codes }
}

/** The limits by which clocks run, as a code list: whoever lays one down chooses among their names. */
function limitsOf(kinds: readonly Kind[]): readonly Code[] {
  return kinds.flatMap(({ texts }) =>
    Object.entries(texts['zh-CN'].limits ?? {}).map(([code, name]) => ({
      code,
      name: { 'zh-CN': name, en: texts.en.limits?.[code] ?? code },
    })),
  )
}

/** Queues and views that have no title in some language: their names are not known to the compiler. */
function wordsOwed({ definition, texts }: Kind): readonly string[] {
  return languages.flatMap((lang) =>
    Object.entries(definition.queues ?? {}).flatMap(([queue, { views }]) => [
      ...(texts[lang].queues?.[queue] ? [] : [`queue ${queue} in ${lang}`]),
      ...Object.keys(views).flatMap((view) => (texts[lang].views?.[view] ? [] : [`view ${view} in ${lang}`])),
    ]),
  )
}

/** Whether the steps are numbered 1, 2, 3 …, so that every version finds its way up. */
function follows(steps: object): boolean {
  const numbers = Object.keys(steps)
  return numbers.length > 0 && numbers.every((_, place) => Object.hasOwn(steps, place + 1))
}
