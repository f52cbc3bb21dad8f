/** Why an uploaded file is not taken: a closed list of codes, each with what to tell the person and the way out. */

export type FileRefusalCode = keyof typeof fileRefusalTexts

/** Thrown by everything that takes in a file. */
export class FileRefusal extends Error {
  readonly code: FileRefusalCode
  /** Fills `{detail}` in the text; a fact such as the limit, never a piece of the content. */
  readonly detail: string

  constructor(code: FileRefusalCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`)
    this.name = 'FileRefusal'
    this.code = code
    this.detail = detail
  }
}

/** What each refusal says, in both languages. */
export const fileRefusalTexts = {
  empty: { zh: '文件是空的。请检查后重新上传。', en: 'The file is empty. Check it and upload it again.' },
  'too-large': {
    zh: '文件超过大小上限（{detail}）。请压缩或拆分后重新上传。',
    en: 'The file is larger than the limit ({detail}). Compress or split it and upload it again.',
  },
  'unknown-kind': {
    zh: '无法识别文件类型。请上传：{detail}。',
    en: 'The kind of file is not recognised. You may upload: {detail}.',
  },
  'kind-not-allowed': {
    zh: '这里不接收这类文件。请上传：{detail}。',
    en: 'This kind of file is not accepted here. You may upload: {detail}.',
  },
  'content-mismatch': {
    zh: '文件内容与扩展名不符（内容实为 {detail}）。请用正确的扩展名保存后重新上传。',
    en: 'The content does not match the file name (it is {detail}). Save it under the right extension and upload it again.',
  },
  polyglot: {
    zh: '文件中夹带了另一个文件，不予接收。请重新导出后上传。',
    en: 'Another file is hidden in this one, so it is not accepted. Export it anew and upload it again.',
  },
  'image-too-large': {
    zh: '图片尺寸超过上限（{detail} 像素）。请缩小后重新上传。',
    en: 'The picture has more pixels than the limit ({detail}). Make it smaller and upload it again.',
  },
  'zip-bomb': {
    zh: '文件解压后的大小异常，不予接收。请重新导出或另存后上传。',
    en: 'The file unpacks to an abnormal size and is not accepted. Export it anew and upload it again.',
  },
  encrypted: {
    zh: '文件设有打开密码，无法检查。请取消密码后重新上传。',
    en: 'The file is protected by a password and cannot be checked. Remove the password and upload it again.',
  },
  macro: {
    zh: '文件含有宏，不予接收。请另存为不含宏的格式后重新上传。',
    en: 'The file contains macros and is not accepted. Save it without macros and upload it again.',
  },
  broken: {
    zh: '文件已损坏。请打开检查、另存后重新上传。',
    en: 'The file is damaged. Open it, save it anew and upload it again.',
  },
  infected: {
    zh: '文件未通过病毒检查，不予接收。请查杀病毒后重新上传。',
    en: 'A virus was found in the file, so it is not accepted. Clean it and upload it again.',
  },
  'no-scanner': {
    zh: '系统没有设置病毒检查，暂不能接收文件。请联系管理员。',
    en: 'No virus scanner is set up, so files cannot be accepted. Please tell the administrator.',
  },
  'no-space': {
    zh: '存储空间不足，暂不能接收文件。请稍后再传，或先不带附件提交，以后补充。',
    en: 'There is not enough space to keep files at present. Try later, or submit without attachments and supply them afterwards.',
  },
  interrupted: {
    zh: '上传中断。请重新上传。',
    en: 'The upload was interrupted. Please upload the file again.',
  },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>

/** The sentence for a person. */
export function describeFileRefusal(refusal: FileRefusal, language: 'zh' | 'en'): string {
  return fileRefusalTexts[refusal.code][language].replace('{detail}', () => refusal.detail)
}
