// A domain as the house sees it, and the registry that is made of the list of domains.
import type { AnyDefinition, Definition, InputSchemas, Schemas } from './record.ts'
import type { AnyTexts, Language, Texts } from './texts.ts'
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
  return { definition, texts: texts as unknown as Readonly<Record<Language, AnyTexts>> }
}

export type Domain = {
  readonly name: string
  readonly texts: Readonly<
    Record<Language, { readonly title: string; readonly roles?: Readonly<Record<string, string>> }>
  >
  readonly kinds: readonly Kind[]
  readonly figures?: readonly Figure[]
}

export type Registry = {
  readonly domains: readonly Domain[]
  readonly kinds: ReadonlyMap<string, Kind>
  readonly figures: ReadonlyMap<string, Figure>
}

/** Everything the house knows, by name. Throws when two domains claim the same name: a fault of the program, found at start. */
export function registry(domains: readonly Domain[]): Registry {
  const kinds = new Map<string, Kind>()
  const figures = new Map<string, Figure>()
  const codes = new Map<string, string>()
  for (const domain of domains) {
    for (const kind of domain.kinds) {
      const { kind: name, code } = kind.definition
      if (kinds.has(name)) throw new Error(`two kinds are called ${name}`)
      if (codes.has(code)) throw new Error(`kinds ${codes.get(code)} and ${name} share the code ${code}`)
      kinds.set(name, kind)
      codes.set(code, name)
    }
    for (const figure of domain.figures ?? []) {
      if (figures.has(figure.id)) throw new Error(`two figures are called ${figure.id}`)
      figures.set(figure.id, figure)
    }
  }
  return { domains, kinds, figures }
}
