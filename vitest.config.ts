/** Three kinds of test: those that need nothing, those that need PostgreSQL, those that need a browser (and PostgreSQL). */
import { configDefaults, defineConfig } from 'vitest/config'

const exclude = [...configDefaults.exclude, 'data/**', 'dist/**']
const db = '**/*.db.test.{ts,tsx}'
const journey = '**/*.journey.test.{ts,tsx}'
const server = { globalSetup: './tests/database.ts', testTimeout: 120_000, hookTimeout: 120_000 }
const unit = { include: ['**/*.test.{ts,tsx}'], exclude: [...exclude, db, journey], testTimeout: 60_000 }

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', ...unit } },
      { test: { name: 'db', include: [db], exclude, ...server } },
      { test: { name: 'journey', include: [journey], exclude, ...server, fileParallelism: false } },
    ],
  },
})
