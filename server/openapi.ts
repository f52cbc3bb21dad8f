// OpenAPI 3.1 from the definitions: each command of each kind is an operation with its input, answers and refusals.
import type { Registry } from '../kernel/domain.ts'
import { opens } from '../kernel/door.ts'
import { fixedPaths, id, json, limit, listParameters, ref, schemas } from './openapi-route.ts'
import { schemaOf, type JsonSchema } from './schema.ts'

/** What can be read of every kind, in both languages. */
const READS = {
  list: ['列表和搜索', 'list and search'],
  export: ['导出列表', 'the list as a workbook'],
  summary: ['按单位汇总', 'summary by unit'],
  show: ['查看一件', 'one in full'],
  similar: ['相近的记录', 'those much alike'],
  earlier: ['近似记录的办理单位', 'where those alike were sent'],
  files: ['附件列表', 'its attachments'],
  file: ['下载附件', 'one attachment'],
} as const

export function openApi(registry: Registry, city: string): JsonSchema {
  const paths: Record<string, unknown> = { ...fixedPaths }
  for (const [name, { definition, texts }] of registry.kinds) {
    const at = `/api/records/${name}`
    const read = (
      operationId: keyof typeof READS,
      parameters: readonly object[],
      description: string,
      content?: object,
    ) => ({
      get: {
        operationId: `${operationId}-${name}`,
        tags: [name],
        summary: `${texts.en.title}: ${READS[operationId][1]}`,
        description: `${texts['zh-CN'].title}：${READS[operationId][0]}`,
        parameters,
        responses: { 200: { description, ...(content && { content }) }, ...refusals(['not-found']) },
      },
    })
    const page = json(ref('Page'))
    const cursor = { name: 'cursor', in: 'query', description: '`next` of the page before', schema: { type: 'string' } }
    const yes = { type: 'string', enum: ['yes'] }
    const count = { name: 'count', in: 'query', schema: yes }
    const commands = { name: 'commands', in: 'query', description: 'what may be done to each', schema: yes }
    const columns = {
      name: 'columns',
      in: 'query',
      description: 'facts by name, instead of those of the list',
      schema: { type: 'string' },
    }
    const narrowing = listParameters(Object.keys(texts.en.phases))
    paths[at] = read('list', [...narrowing, limit, cursor, count, commands], 'a page of records', page)
    paths[`${at}/export.xlsx`] = read('export', [...narrowing, columns], 'the list as a workbook', {
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: {} },
    })
    paths[`/api/summary/${name}`] = read('summary', [], 'how many are open, late, due soon, stopped, by unit')
    paths[`${at}/{id}`] = read('show', [id], 'the record, its clock, history and allowed commands', json(ref('Record')))
    paths[`${at}/{id}/similar`] = read('similar', [id], 'open records in nearly the same words', page)
    paths[`${at}/{id}/earlier`] = read('earlier', [id], 'the units to which earlier records in like words were sent')
    paths[`${at}/{id}/files`] = read('files', [id], 'its attachments')
    paths[`${at}/{id}/files/{file}`] = read('file', [id, { ...id, name: 'file' }], 'one attachment, as a download', {
      'application/octet-stream': { schema: {} },
    })
    for (const [command, spec] of Object.entries(definition.commands)) {
      if (spec.inner) continue
      const input = schemaOf(spec.input)
      const body = {
        type: 'object',
        additionalProperties: false,
        ...(((input['required'] ?? []) as string[]).length > 0 && { required: ['input'] }),
        properties: {
          input,
          key: {
            type: 'string',
            maxLength: 200,
            description: 'the same key and input of the same caller give the same answer',
          },
          expects: { type: 'integer', description: 'the version the caller was looking at' },
        },
      }
      const operation = {
        operationId: `${name}-${command}`,
        tags: [name],
        summary: texts.en.commands[command],
        description: texts['zh-CN'].commands[command],
        requestBody: { required: true, content: json(body) },
        responses: {
          200: { description: 'done', content: json(ref('Done')) },
          ...refusals(definition.refusals as readonly string[]),
        },
        'x-roles': Object.keys(spec.by),
        'x-phases': spec.in,
      }
      if (opens(definition, command)) paths[`${at}/${command}`] = { post: operation }
      paths[`${at}/{id}/${command}`] = {
        post: { ...operation, operationId: `${name}-${command}-on`, parameters: [id] },
      }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `两健 Liangjian (${city})`,
      version: '1',
      description:
        'Every address also takes `lang` (zh-CN or en) and `code`, the query code of a record. With the header `x-person` a caller says who he believes to be signed in: where it is somebody else, or nobody, he is refused (401). 每个地址还可以带 lang（zh-CN 或 en）和 code（查询码）；请求头 x-person 写明调用者以为登录的是谁，与实际不符的一律拒绝（401）。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: { schemas },
  }
}

function refusals(codes: readonly string[]) {
  const content = { 'application/problem+json': { schema: ref('Problem') } }
  return { default: { description: codes.length > 0 ? `refused: ${codes.join(', ')}` : 'refused', content } }
}
