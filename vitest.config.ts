/** Three kinds of test: those that need nothing, those that need PostgreSQL, those that need a browser (and PostgreSQL). */
import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'

const exclude = [...configDefaults.exclude, 'data/**', 'dist/**']
const db = '**/*.db.test.{ts,tsx}'
const journey = '**/*.journey.test.{ts,tsx}'
const server = { globalSetup: './tests/database.ts', testTimeout: 120_000, hookTimeout: 120_000 }
/** Much of a test is waiting for PostgreSQL: two files at a time even where there are but two cores. */
const maxWorkers = Math.max(2, availableParallelism() - 1)
const unit = { include: ['**/*.test.{ts,tsx}'], exclude: [...exclude, db, journey], testTimeout: 60_000 }

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', ...unit, maxWorkers } },
      { test: { name: 'db', include: [db], exclude, ...server, maxWorkers } },
      // A browser is kept to itself: what it shows in which moment is part of what is tested.
      { test: { name: 'journey', include: [journey], exclude, ...server, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
})
