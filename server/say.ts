// What the server itself says, apart from any record: in both languages.
import type { Language } from '../kernel/texts.ts'

const SAID = {
  'zh-CN': {
    unavailable: '系统暂时无法保存，请稍后再试；重试时内容不会重复提交。',
    failure: '系统出了问题，已经记录下来。请稍后再试；重试时内容不会重复提交。',
    'no-such-address': '没有这个地址，请检查后再试。',
    'wrong-method': '这个地址不能用 {method}，可用的：{allowed}。',
    'wrong-sign': '网址里有不能使用的字符（%00）：{where}。请删去后再试。',
    'import-stands': '这次导入现在是“{state}”，不能再做这一步。',
    'head-too-large': '请求头太大（网址、Cookie 合计不得超过 16 KB）；请清除本站的 Cookie 后再试。',
    'too-slow': '请求发得太慢，连接已关闭；请重试。',
    'no-request': '收到的不是可以识别的 HTTP 请求。',
    'no-such-figure': '没有这个指标。',
    'only-local': '这里只向本机开放；设置 LIANGJIAN_METRICS=all 可以放开。',
    'no-such-date': '请填写今天或今天以前、确实存在的日期，例如 2026-05-09。',
    'no-such-day': '请填写确实存在的日期，例如 2026-05-09。',
    'no-such-position': '日志位置是一个非负整数，不大于最后一个事件的位置；见事件的 position 或当日封存记录。',
    malformed: '请求的内容无法识别，应为 {"input": {…}, "key": "…", "expects": 1}。',
    'unknown-member': '没有“{member}”这个成员，可用的成员：{known}。',
    'misspelt-member': '没有“{member}”这个成员，是否指 {meant}？可用的成员：{known}。',
    'field-outside': '“{member}”是这一步的一栏，应放在 input 里：{"input": {"{member}": …}}。',
    'no-input': '缺少 input：这一步要填写的各栏都放在 input 里，如 {"input": {"{field}": …}}。',
    'wrong-key': 'key 应为 1 到 200 个字的文字：同一个请求重发时不变。',
    'wrong-expects': 'expects 应为整数：您看到的版本号，见记录的 version。',
    'wrong-id': 'id 应为文字：已有记录的编号；新建记录时不写。',
    'wrong-kind': '{member} 应为文字，不能省略。',
    'wrong-commands': 'commands 应为列表，最多 {most} 个 {"kind", "id", "name", "input", "key", "expects"}。',
    'wrong-command': '这里应为一个操作：{"kind": "…", "id": "…", "name": "…", "input": {…}}。',
    'not-json': '请以 application/json 格式提交。',
    packed: '请不要压缩请求的内容（content-encoding）。',
    'wrong-batch': '请求的内容无法识别，应为 {"commands": [{"kind": "…", "name": "…", "input": {…}, "key": "…"}, …]}。',
    'not-utf-8': '提交的文字不是 UTF-8 编码（可能是 GBK），请转换编码后重新提交；什么都没有保存。',
    'no-file': '请选择要上传的文件；由程序上传时，内容即文件本身，文件名写在 x-file-name 里（按 URL 编码）。',
    'cross-site': '这个请求不是从本站页面发出的，已拒绝。请从本站页面重新操作。',
    'session-ended': '登录已失效或已换成别人，没有保存任何内容。请重新登录后再提交。',
    nothing: '无',
    number: '编号',
    phase: '环节',
    unit: '单位',
    created: '登记日期',
    due: '到期日',
    clock: '时限',
    'too-large': '提交的内容过大，文字内容不得超过 1 MB；附件请单独上传。',
    'too-many': '您所在的网络提交得太频繁，请 {minutes} 分钟后再试；登录后不受此限。已保存的内容没有丢失。',
  },
  en: {
    unavailable: 'Nothing can be saved at the moment. Try again shortly; trying again never submits twice.',
    failure:
      'Something went wrong on our side and has been noted. Try again shortly; trying again never submits twice.',
    'no-such-address': 'There is no such address.',
    'wrong-method': 'This address does not take {method}; it takes {allowed}.',
    'wrong-sign': 'The address holds a sign that none may hold (%00): {where}. Leave it out.',
    'import-stands': 'This import is now “{state}”; this step is no longer open.',
    'head-too-large':
      'The head of the request is too large (16 KB for address and cookies): delete the cookies of this site.',
    'too-slow': 'The request came too slowly and was cut off; try again.',
    'no-request': 'This is no HTTP request that can be read.',
    'no-such-figure': 'There is no such figure.',
    'only-local': 'This is open on this machine only; LIANGJIAN_METRICS=all opens it.',
    'no-such-date': 'Enter a date that exists, today or earlier, such as 2026-05-09.',
    'no-such-day': 'Give a date that exists, such as 2026-05-09.',
    'no-such-position':
      'A position of the log is a whole number, that of the last event at most: see an event’s position or the seal of a day.',
    malformed: 'The request cannot be read; it should be {"input": {…}, "key": "…", "expects": 1}.',
    'unknown-member': 'There is no member “{member}”; there are: {known}.',
    'misspelt-member': 'There is no member “{member}”. Did you mean {meant}? There are: {known}.',
    'field-outside': '“{member}” is a field of this step and belongs into input: {"input": {"{member}": …}}.',
    'no-input': 'input is missing: all fields of this step come in it, such as {"input": {"{field}": …}}.',
    'wrong-key': 'key is a text of 1 to 200 characters, the same when the request is sent again.',
    'wrong-expects': 'expects is a whole number: the version that you saw, `version` of the record.',
    'wrong-id': 'id is a text: the number of a record that stands already; leave it out to open one.',
    'wrong-kind': '{member} is a text and may not be left out.',
    'wrong-commands': 'commands is a list of at most {most} of {"kind", "id", "name", "input", "key", "expects"}.',
    'wrong-command': 'Here a command is expected: {"kind": "…", "id": "…", "name": "…", "input": {…}}.',
    'not-json': 'Submit as application/json.',
    packed: 'Submit the body as it is, not packed (content-encoding).',
    'wrong-batch':
      'The request cannot be read; it should be {"commands": [{"kind": "…", "name": "…", "input": {…}, "key": "…"}, …]}.',
    'not-utf-8':
      'What was submitted is not in UTF-8 (perhaps in GBK). Convert it and submit it again; nothing has been saved.',
    'no-file':
      'Choose a file to upload; a program sends the file itself as the body, its name in x-file-name (URL-encoded).',
    'cross-site': 'This request did not come from a page of ours and was refused. Please do it from our page.',
    'session-ended':
      'You are no longer signed in, or somebody else is; nothing was saved. Sign in again and submit once more.',
    nothing: 'none',
    number: 'Number',
    phase: 'Stage',
    unit: 'Unit',
    created: 'Opened on',
    due: 'Due',
    clock: 'Limit',
    'too-large': 'What was submitted is too large: text may have 1 MB; upload attachments separately.',
    'too-many':
      'Too much was submitted from your network. Try again in {minutes} minutes, or sign in; what you saved is not lost.',
  },
} as const satisfies Record<Language, Record<string, string>>

export type Said = keyof (typeof SAID)['en']

export function say(lang: Language, what: Said, about: Readonly<Record<string, string | number>> = {}): string {
  return SAID[lang][what].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(about[name] ?? whole))
}
