// Builds the desks with Vite: one page and its files, served by the server under /desk.
import react from '@vitejs/plugin-react'
import { join } from 'node:path'
import process from 'node:process'
import { build } from 'vite'

/** Builds into a folder; everything in it is replaced. Throws with the builder's words when the source is wrong. */
export async function buildDesks(folder: string): Promise<void> {
  // Whatever this program runs as, a test for instance: what people get is always the same.
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  await build({
    root: join(import.meta.dirname, '..', 'web'),
    base: '/desk/',
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      manifest: 'manifest.json',
      target: 'es2022',
      modulePreload: { polyfill: false },
    },
  })
  if (before === undefined) delete process.env['NODE_ENV']
  else process.env['NODE_ENV'] = before
}
