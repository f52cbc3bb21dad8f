// Import of whole registers from files, and the item library as files: checked without writing, entered through the door, repeatable.
export { accessEditions } from './edition.ts'
export { importer, SHOWN, type Importer, type Job } from './job.ts'
export { factSheet } from './fact.ts'
export { itemLibrary } from './item.ts'
export { library, writeItems, writeLibrary } from './library.ts'
export { enterprises } from './run.ts'
export type { What } from './what.ts'
