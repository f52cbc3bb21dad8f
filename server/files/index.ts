/** Attachments in and out: all that the rest of the server may use. */
export { acceptedKinds } from './kind.ts'
export { isMultipart, LIMITS, readMultipart, type Upload } from './multipart.ts'
export { cleanName, contentDisposition } from './name.ts'
export { openFile } from './open.ts'
export { describeFileRefusal, FileRefusal, fileRefusalTexts } from './refusal.ts'
export { clearIncoming, removeFile, rescanFile, storeFile, type StoreOptions } from './store.ts'
