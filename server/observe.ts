// What the operator sees: one log line a request without personal data, Prometheus metrics, traces when they are configured.
import { SpanStatusCode, trace } from '@opentelemetry/api'
import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'

/** One line of the log: the route as it is declared, never the address with its numbers and codes. */
export type Served = {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly ms: number
}

const BUCKETS = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000] as const

type Series = { count: number; sum: number; readonly buckets: number[] }

export type Metrics = {
  /** Middleware that measures, traces and logs each request. */
  readonly watch: MiddlewareHandler
  /** Counts what came of a command. */
  command(kind: string, name: string, outcome: string): void
  /** A value that is asked for when the metrics are read. */
  gauge(name: string, help: string, read: () => Promise<number> | number): void
  /** The Prometheus text format, version 0.0.4. */
  text(): Promise<string>
}

export function metrics(log: (served: Served) => void): Metrics {
  const requests = new Map<string, Series>()
  const commands = new Map<string, number>()
  const gauges: { name: string; help: string; read: () => Promise<number> | number }[] = []
  const tracer = trace.getTracer('liangjian')
  const began = Date.now() / 1000

  return {
    watch: (c, next) =>
      tracer.startActiveSpan(`${c.req.method}`, async (span) => {
        const start = performance.now()
        try {
          await next()
        } finally {
          const served = {
            method: c.req.method,
            route: routeOf(c),
            status: c.res.status,
            ms: Math.round((performance.now() - start) * 10) / 10,
          }
          const labels = `method="${served.method}",route="${escaped(served.route)}",status="${served.status}"`
          const series = requests.get(labels) ?? { count: 0, sum: 0, buckets: BUCKETS.map(() => 0) }
          requests.set(labels, series)
          series.count += 1
          series.sum += served.ms / 1000
          for (const [place, most] of BUCKETS.entries()) if (served.ms <= most) series.buckets[place]! += 1
          span.updateName(`${served.method} ${served.route}`)
          span.setAttributes({
            'http.request.method': served.method,
            'http.route': served.route,
            'http.response.status_code': served.status,
          })
          if (served.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
          span.end()
          log(served)
        }
      }),
    command(kind, name, outcome) {
      const labels = `kind="${escaped(kind)}",command="${escaped(name)}",outcome="${escaped(outcome)}"`
      commands.set(labels, (commands.get(labels) ?? 0) + 1)
    },
    gauge: (name, help, read) => void gauges.push({ name, help, read }),
    async text() {
      const lines = [
        '# HELP liangjian_http_request_duration_seconds Time to answer a request.',
        '# TYPE liangjian_http_request_duration_seconds histogram',
      ]
      for (const [labels, { count, sum, buckets }] of requests) {
        for (const [place, most] of BUCKETS.entries())
          lines.push(`liangjian_http_request_duration_seconds_bucket{${labels},le="${most / 1000}"} ${buckets[place]}`)
        lines.push(`liangjian_http_request_duration_seconds_bucket{${labels},le="+Inf"} ${count}`)
        lines.push(`liangjian_http_request_duration_seconds_sum{${labels}} ${sum}`)
        lines.push(`liangjian_http_request_duration_seconds_count{${labels}} ${count}`)
      }
      lines.push(
        '# HELP liangjian_commands_total Commands by what came of them.',
        '# TYPE liangjian_commands_total counter',
      )
      for (const [labels, count] of commands) lines.push(`liangjian_commands_total{${labels}} ${count}`)
      for (const { name, help, read } of gauges)
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${await read()}`)
      const memory = process.memoryUsage()
      lines.push(
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${memory.rss}`,
        '# TYPE process_start_time_seconds gauge',
        `process_start_time_seconds ${Math.round(began)}`,
      )
      return `${lines.join('\n')}\n`
    },
  }
}

/** The declared route that answered: `/record/:kind/:id`; what matched nothing is one series, however it was spelt. */
function routeOf(c: Context): string {
  return matchedRoutes(c).find(({ path }) => !path.endsWith('*'))?.path ?? 'none'
}

function escaped(text: string): string {
  return text.replaceAll(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`))
}
