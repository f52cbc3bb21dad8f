// Import of enterprises from .xlsx and .csv: checked without writing, entered through the door, repeatable.
export { importer, mayImport, type Importer, type Job } from './job.ts'
export { annotated, runImport } from './run.ts'
