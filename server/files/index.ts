/** Attachments in and out: all that the rest of the server may use. */
export { detectKind, type FileKind, kinds, purposes } from './kind.ts'
export { cleanName, contentDisposition } from './name.ts'
export { fileHeaders, openFile, type OpenedFile } from './open.ts'
export { describeFileRefusal, FileRefusal, type FileRefusalCode, fileRefusalTexts } from './refusal.ts'
export {
  clearIncoming,
  removeFile,
  rescanFile,
  type ScanState,
  storeFile,
  type StoredFile,
  type StoreOptions,
} from './store.ts'
