// Reading a model from DMN XML (OMG DMN 1.3, 1.4 and 1.5), as dmn-js and other engines write it.
import { aggregations, hitPolicies, type Aggregation, type HitPolicy } from './hit.ts'
import type { Decision, InputData, Model } from './model.ts'
import type { DecisionTable, Input, Output, Rule, Type } from './table.ts'
import { readXml, type XmlElement, type XmlRefusal } from './xml.ts'

/** dmn-js opens and writes 1.3 (dmn-moddle 12, November 2026); the three differ in nothing that is read here. */
export const editions = {
  '1.3': 'https://www.omg.org/spec/DMN/20191111',
  '1.4': 'https://www.omg.org/spec/DMN/20211108',
  '1.5': 'https://www.omg.org/spec/DMN/20230324',
} as const
export type DmnEdition = keyof typeof editions

export type DmnRefusal =
  | XmlRefusal
  | {
      readonly refused:
        /** No definitions of DMN 1.3 to 1.5. */
        | 'not-dmn'
        | 'unknown-element'
        /** DMN has it, we do not: what it says would be lost. */
        | 'unsupported'
        | 'other-language'
        | 'unknown-value'
        | 'attribute-missing'
        | 'no-logic'
      /** The element or the attribute. */
      readonly name: string
      readonly line: number
      readonly column: number
    }

export type DmnReading = {
  readonly model: Model
  readonly edition: DmnEdition
  /** What carries no meaning for a decision and was left out: extensions, notes on the diagram, definitions of types. */
  readonly left: readonly { readonly name: string; readonly line: number; readonly column: number }[]
}

/** What never decides anything. */
const SILENT: ReadonlySet<string> = new Set([
  'extensionElements',
  'textAnnotation',
  'association',
  'group',
  'knowledgeSource',
  'authorityRequirement',
  'performanceIndicator',
  'organizationUnit',
  'itemDefinition',
  'question',
  'allowedAnswers',
  'annotation',
  'annotationEntry',
  'supportedObjective',
  'impactedPerformanceIndicator',
  'decisionMaker',
  'decisionOwner',
  'usingProcess',
  'usingTask',
])
const UNSUPPORTED: ReadonlySet<string> = new Set([
  'businessKnowledgeModel',
  'decisionService',
  'knowledgeRequirement',
  'import',
  'context',
  'invocation',
  'relation',
  'list',
  'functionDefinition',
  'conditional',
  'filter',
  'for',
  'every',
  'some',
  'importedValues',
])
const TYPES: Readonly<Record<string, Type>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  long: 'number',
  double: 'number',
  boolean: 'boolean',
  date: 'date',
}

type Stop = (refused: Exclude<DmnRefusal['refused'], XmlRefusal['refused']>, at: XmlElement, name: string) => never

export function readDmn(text: string): DmnReading | DmnRefusal {
  const root = readXml(text)
  if ('refused' in root) return root
  let refusal: DmnRefusal | undefined
  try {
    return reading(root, (refused, { line, column }, name) => {
      refusal = { refused, name, line, column }
      throw new Error(refused)
    })
  } catch (error) {
    if (refusal) return refusal
    throw error
  }
}

function reading(root: XmlElement, stop: Stop): DmnReading {
  const edition = (Object.keys(editions) as DmnEdition[]).find((one) => `${editions[one]}/MODEL/` === root.space)
  if (root.name !== 'definitions' || edition === undefined) return stop('not-dmn', root, root.space || root.name)
  const left: { name: string; line: number; column: number }[] = []
  const leave = ({ line, column }: XmlElement, name: string) => left.push({ name, line, column })

  /** The children of these names; what is neither among them nor silent is refused. */
  function within<Name extends string>(element: XmlElement, ...names: readonly Name[]) {
    const found = Object.fromEntries(names.map((name) => [name, [] as XmlElement[]])) as Record<Name, XmlElement[]>
    for (const child of element.children) {
      const isOurs = child.space === root.space
      if (isOurs && Object.hasOwn(found, child.name)) found[child.name as Name].push(child)
      else if (isOurs && SILENT.has(child.name)) leave(child, child.name)
      else if (child.name === 'DMNDI' && element === root) continue
      else stop(isOurs && UNSUPPORTED.has(child.name) ? 'unsupported' : 'unknown-element', child, child.name)
    }
    return found
  }

  function textIn(element: XmlElement | undefined): string {
    if (!element) return ''
    inFeel(element)
    const { text } = within(element, 'text', 'description')
    return text.map((one) => one.text).join('')
  }

  function inFeel(element: XmlElement): void {
    const { expressionLanguage: language = 'feel' } = element.attributes
    if (!/(^|\/)feel\/?$/i.test(language)) stop('other-language', element, language)
  }

  function typeOf(element: XmlElement | undefined): { readonly type: Type } | undefined {
    const written = element?.attributes['typeRef']
    if (!element || written === undefined) return undefined
    const type = TYPES[written.slice(written.indexOf(':') + 1)]
    if (type === undefined && !/(^|:)Any$/.test(written)) leave(element, 'typeRef')
    return type && { type }
  }

  function input(element: XmlElement): Input {
    const { inputExpression, inputValues } = within(element, 'inputExpression', 'inputValues', 'description')
    const [expression] = inputExpression
    if (!expression) return stop('attribute-missing', element, 'inputExpression')
    const allowed = textIn(inputValues[0]).trim()
    return {
      ...given('label', element.attributes['label']),
      expression: textIn(expression),
      ...typeOf(expression),
      ...given('allowed', allowed || undefined),
    }
  }

  function output(element: XmlElement): Output {
    const { outputValues, defaultOutputEntry } = within(element, 'outputValues', 'defaultOutputEntry', 'description')
    const values = textIn(outputValues[0]).trim()
    const byDefault = textIn(defaultOutputEntry[0]).trim()
    return {
      ...given('label', element.attributes['label']),
      ...given('name', element.attributes['name'] || undefined),
      ...typeOf(element),
      ...given('values', values || undefined),
      ...given('default', byDefault || undefined),
    }
  }

  function rule(element: XmlElement): Rule {
    const { inputEntry, outputEntry, description } = within(element, 'inputEntry', 'outputEntry', 'description')
    return {
      inputs: inputEntry.map(textIn),
      outputs: outputEntry.map(textIn),
      ...given('note', description[0]?.text || undefined),
    }
  }

  function table(element: XmlElement): DecisionTable {
    const parts = within(element, 'input', 'output', 'rule', 'description')
    const { hitPolicy = 'UNIQUE', aggregation } = element.attributes
    if (!isAmong(hitPolicies, hitPolicy)) return stop('unknown-value', element, 'hitPolicy')
    if (aggregation !== undefined && !isAmong(aggregations, aggregation))
      return stop('unknown-value', element, 'aggregation')
    return {
      hitPolicy: hitPolicy as HitPolicy,
      ...given('aggregation', aggregation as Aggregation | undefined),
      inputs: parts.input.map(input),
      outputs: parts.output.map(output),
      rules: parts.rule.map(rule),
    }
  }

  function needs(element: XmlElement): readonly string[] {
    const { requiredInput, requiredDecision } = within(element, 'requiredInput', 'requiredDecision', 'description')
    return [...requiredInput, ...requiredDecision].map((one) => {
      const { href = '' } = one.attributes
      return href.startsWith('#') ? href.slice(1) : stop('unsupported', one, href)
    })
  }

  function decision(element: XmlElement): Decision {
    const parts = within(
      element,
      'description',
      'variable',
      'informationRequirement',
      'decisionTable',
      'literalExpression',
    )
    const [variable] = parts.variable
    const [written, literal] = [parts.decisionTable[0], parts.literalExpression[0]]
    if (!written && !literal) return stop('no-logic', element, element.attributes['id'] ?? '')
    const name = attribute(element, 'name')
    const called = variable?.attributes['name']
    return {
      id: attribute(element, 'id'),
      name,
      ...given('variable', called === name ? undefined : called),
      ...(typeOf(variable) ?? typeOf(literal)),
      ...given('note', parts.description[0]?.text || undefined),
      needs: parts.informationRequirement.flatMap(needs),
      logic: written ? { kind: 'table', table: table(written) } : { kind: 'literal', text: textIn(literal) },
    }
  }

  function attribute(element: XmlElement, name: string): string {
    return element.attributes[name] ?? stop('attribute-missing', element, name)
  }

  function inputData(element: XmlElement): InputData {
    const { variable } = within(element, 'variable', 'description')
    return { id: attribute(element, 'id'), name: attribute(element, 'name'), ...typeOf(variable[0]) }
  }

  const parts = within(root, 'description', 'inputData', 'decision')
  return {
    model: {
      id: root.attributes['id'] ?? 'definitions',
      name: root.attributes['name'] ?? '',
      namespace: root.attributes['namespace'] ?? '',
      inputs: parts.inputData.map(inputData),
      decisions: parts.decision.map(decision),
    },
    edition,
    left: left.toSorted((a, b) => a.line - b.line || a.column - b.column),
  }
}

function isAmong<Value extends string>(values: readonly Value[], value: string): value is Value {
  return (values as readonly string[]).includes(value)
}

/** The member, if there is a value for it. */
function given<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value }
}
