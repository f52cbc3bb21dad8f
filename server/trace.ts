// Traces are sent only where the operator has said where to; without that nothing of the SDK is loaded.
import { trace } from '@opentelemetry/api'

/** Sends traces to an OTLP collector; returns what ends it. */
export async function startTracing(endpoint: string): Promise<() => Promise<void>> {
  const { BatchSpanProcessor, TracerProvider } = await import('@opentelemetry/sdk-trace')
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` })
  const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] })
  trace.setGlobalTracerProvider(provider)
  return () => provider.shutdown()
}
