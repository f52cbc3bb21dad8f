// Writing a model as DMN XML, with a diagram, so that dmn-js and other engines open it.
import { editions, type DmnEdition } from './dmn.ts'
import { variableOf, type Decision, type Model } from './model.ts'
import type { DecisionTable } from './table.ts'
import { escaped } from './xml.ts'

/** For dmn-js `1.3`: it opens no other. Throws a RangeError for signs that XML cannot hold. */
export function writeDmn(given: Model, edition: DmnEdition = '1.5'): string {
  const model = withPlainIds(given)
  const { id, name, namespace, inputs, decisions } = model
  const space = editions[edition]
  // 1.4 has the diagrams of 1.3.
  const diagram = editions[edition === '1.4' ? '1.3' : edition]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    tag('definitions', {
      xmlns: `${space}/MODEL/`,
      'xmlns:dmndi': `${diagram}/DMNDI/`,
      'xmlns:dc': 'http://www.omg.org/spec/DMN/20180521/DC/',
      'xmlns:di': 'http://www.omg.org/spec/DMN/20180521/DI/',
      id: id,
      name,
      namespace,
    }),
    ...inputs.flatMap((one) => [
      tag('inputData', { id: one.id, name: one.name }),
      tag('variable', { id: `${one.id}_variable`, name: one.name, typeRef: one.type }, ''),
      '</inputData>',
    ]),
    ...decisions.flatMap((one) => decisionLines(one, model)),
    ...diagramLines(model),
    '</definitions>',
    '',
  ].join('\n')
}

function withPlainIds({ id, inputs, decisions, ...model }: Model): Model {
  return {
    ...model,
    id: idOf(id),
    inputs: inputs.map((one) => ({ ...one, id: idOf(one.id) })),
    decisions: decisions.map((one) => ({ ...one, id: idOf(one.id), needs: one.needs.map(idOf) })),
  }
}

function decisionLines(decision: Decision, { inputs }: Model): readonly string[] {
  const { id, name, type, note, needs, logic } = decision
  const isInput = (one: string) => inputs.some((input) => input.id === one)
  return [
    tag('decision', { id: id, name }),
    ...(note === undefined ? [] : [tag('description', {}, escaped(note))]),
    tag('variable', { id: `${id}_variable`, name: variableOf(decision), typeRef: type }, ''),
    ...needs.flatMap((one) => [
      tag('informationRequirement', { id: requirementOf(id, one) }),
      tag(isInput(one) ? 'requiredInput' : 'requiredDecision', { href: `#${one}` }, ''),
      '</informationRequirement>',
    ]),
    ...(logic.kind === 'table'
      ? tableLines(`${id}_table`, logic.table)
      : [tag('literalExpression', { id: `${id}_literal` }, text(logic.text))]),
    '</decision>',
  ]
}

function tableLines(id: string, { hitPolicy, aggregation, inputs, outputs, rules }: DecisionTable): readonly string[] {
  return [
    tag('decisionTable', { id, hitPolicy, aggregation }),
    ...inputs.flatMap(({ label, expression, type, allowed }, at) => [
      tag('input', { id: `${id}_input_${at + 1}`, label }),
      tag('inputExpression', { id: `${id}_expression_${at + 1}`, typeRef: type }, text(expression)),
      ...(allowed === undefined ? [] : [tag('inputValues', { id: `${id}_allowed_${at + 1}` }, text(allowed))]),
      '</input>',
    ]),
    ...outputs.flatMap(({ label, name, type, values, default: none }, at) => [
      tag('output', { id: `${id}_output_${at + 1}`, label, name, typeRef: type }),
      ...(values === undefined ? [] : [tag('outputValues', { id: `${id}_values_${at + 1}` }, text(values))]),
      ...(none === undefined ? [] : [tag('defaultOutputEntry', { id: `${id}_default_${at + 1}` }, text(none))]),
      '</output>',
    ]),
    ...rules.flatMap(({ inputs: cells, outputs: entries, note }, at) => [
      tag('rule', { id: `${id}_rule_${at + 1}` }),
      ...(note === undefined ? [] : [tag('description', {}, escaped(note))]),
      ...cells.map((cell, place) => tag('inputEntry', { id: `${id}_cell_${at + 1}_${place + 1}` }, text(cell))),
      ...entries.map((entry, place) => tag('outputEntry', { id: `${id}_entry_${at + 1}_${place + 1}` }, text(entry))),
      '</rule>',
    ]),
    '</decisionTable>',
  ]
}

const SIZES = { decision: { width: 180, height: 80 }, input: { width: 125, height: 45 } } as const
const APART = { x: 240, y: 160 }

/** What is needed stands below what needs it. */
function diagramLines({ inputs, decisions }: Model): readonly string[] {
  const levels = new Map<string, number>(inputs.map(({ id }) => [id, 0]))
  const levelOf = (id: string, seen: readonly string[]): number => {
    const needs = decisions.find((one) => one.id === id)?.needs.filter((one) => !seen.includes(one)) ?? []
    const level = levels.get(id) ?? 1 + Math.max(0, ...needs.map((one) => levelOf(one, [...seen, id])))
    levels.set(id, level)
    return level
  }
  for (const { id } of decisions) levelOf(id, [])
  const highest = Math.max(0, ...levels.values())
  const counts = new Map<number, number>()
  const places = new Map(
    [...levels].map(([id, level]) => {
      const at = counts.get(level) ?? 0
      counts.set(level, at + 1)
      const size = inputs.some((one) => one.id === id) ? SIZES.input : SIZES.decision
      return [id, { x: 160 + at * APART.x, y: 80 + (highest - level) * APART.y, ...size }] as const
    }),
  )
  const edges = decisions.flatMap(({ id, needs }) =>
    needs.flatMap((one) => {
      const [from, to] = [places.get(one), places.get(id)]
      return from && to ? edgeLines(requirementOf(id, one), from, to) : []
    }),
  )
  const shapes = [...places].flatMap(([id, { x, y, width, height }]) => [
    tag('dmndi:DMNShape', { id: `${id}_shape`, dmnElementRef: id }),
    tag('dc:Bounds', { height: `${height}`, width: `${width}`, x: `${x}`, y: `${y}` }, ''),
    '</dmndi:DMNShape>',
  ])
  return [
    '<dmndi:DMNDI>',
    tag('dmndi:DMNDiagram', { id: 'DMNDiagram_1' }),
    ...shapes,
    ...edges,
    '</dmndi:DMNDiagram>',
    '</dmndi:DMNDI>',
  ]
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

function edgeLines(id: string, from: Box, to: Box): readonly string[] {
  const point = (x: number, y: number) => tag('di:waypoint', { x: `${x}`, y: `${y}` }, '')
  return [
    tag('dmndi:DMNEdge', { id: `${id}_edge`, dmnElementRef: id }),
    point(from.x + Math.floor(from.width / 2), from.y),
    point(to.x + Math.floor(to.width / 2), to.y + to.height),
    '</dmndi:DMNEdge>',
  ]
}

function requirementOf(decision: string, needed: string): string {
  return `${decision}_needs_${needed}`
}

/** Left open unless there is something within; attributes without a value are left out. */
function tag(name: string, attributes: Readonly<Record<string, string | undefined>>, within?: string): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(value)}"`],
  )
  const open = `<${name}${written.join('')}`
  if (within === undefined) return `${open}>`
  return within === '' ? `${open}/>` : `${open}>${within}</${name}>`
}

function text(written: string): string {
  return `<text>${escaped(written)}</text>`
}

/** XML allows any letters in an id, dmn-js those of ASCII alone: others are written by their numbers. */
function idOf(id: string): string {
  const plain = id.replace(/[^A-Za-z0-9._-]/gu, (sign) => `_x${sign.codePointAt(0)!.toString(16)}_`)
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`
}
