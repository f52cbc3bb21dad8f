// What JavaScript adds to pages that work without it: the error summary takes the focus, a text says how much of it is left,
// being offline is told, a record says that it has changed, a display shows it. Nothing is kept in the browser.
document.querySelector('.summary')?.focus()
const online = () => document.documentElement.classList.toggle('offline', !navigator.onLine)
addEventListener('online', online)
addEventListener('offline', online)
online()

const watched = document.querySelector('[data-live]')
if (watched) {
  const [kind, id, version] = watched.dataset.live.split('/')
  const live = new EventSource('/api/live')
  live.onmessage = ({ data }) => {
    const change = JSON.parse(data)
    if (change.kind === kind && change.id === id && change.version > Number(version)) watched.hidden = false
  }
}

// A page that shows how things stand now is read again when they change; one look a second is enough.
const fresh = document.querySelector('[data-fresh]')
if (fresh) {
  const [kind, id] = fresh.dataset.fresh.split('/')
  let again
  new EventSource('/api/live').onmessage = ({ data }) => {
    const change = JSON.parse(data)
    if (change.kind === kind && change.id === id) again ??= setTimeout(() => location.reload(), 500)
  }
}

// Long work moves on the page; when it has come to its next stage, that stage is shown.
const job = document.querySelector('[data-job]')
const follow = async () => {
  const answer = await fetch(location.pathname, { headers: { accept: 'application/json' } }).catch(() => undefined)
  if (answer?.ok) {
    const { state, done, total } = await answer.json()
    if (state !== job.dataset.job) return location.reload()
    job.querySelector('[data-done]').textContent = done.toLocaleString(document.documentElement.lang)
    if (total !== null) Object.assign(job.querySelector('progress'), { max: total, value: done })
  }
  setTimeout(follow, 1000)
}
if (job) setTimeout(follow, 1000)

for (const button of document.querySelectorAll('[data-printer]')) {
  if (!(button instanceof HTMLButtonElement)) continue
  button.hidden = false
  button.addEventListener('click', () => print())
}
// On paper nothing can be opened: what is folded away is opened before, and folded again afterwards.
let folded = []
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')]
  for (const one of folded) one.open = true
})
addEventListener('afterprint', () => {
  for (const one of folded) one.open = false
})

const english = document.documentElement.lang === 'en'
for (const field of document.querySelectorAll('[data-most]')) {
  const most = Number(field.dataset.most)
  const note = document.createElement('p')
  note.className = 'left'
  field.after(note)
  const count = () => {
    const left = most - [...field.value.trim()].length
    note.hidden = left > most / 4
    note.classList.toggle('over', left < 0)
    note.textContent = english
      ? `${Math.abs(left)} characters ${left < 0 ? 'too many' : 'left'}`
      : left < 0
        ? `超出 ${-left} 字`
        : `还可以写 ${left} 字`
  }
  field.addEventListener('input', count)
  count()
}

// A second press while the first is under way would only be answered with the same answer; it is spared the wait.
addEventListener('submit', ({ target }) => {
  setTimeout(() => {
    for (const button of target.querySelectorAll('button')) button.disabled = true
  })
})
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('button[disabled]')) button.disabled = false
})

// Passkeys, where the browser has them: the answer is made by the device and checked by the server.
const ask = async (path, body) => {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.detail)
  return answer
}
const passkeyButton = (selector, work) => {
  const button = document.querySelector(selector)
  if (!button || !window.PublicKeyCredential?.parseRequestOptionsFromJSON) return
  button.hidden = false
  button.addEventListener('click', async () => {
    try {
      await work()
    } catch (error) {
      const note = button.parentElement.querySelector('[role=alert]') ?? document.createElement('span')
      note.setAttribute('role', 'alert')
      note.className = 'overdue'
      note.textContent = error.message
      button.after(note)
    }
  })
}
passkeyButton('[data-passkey]', async () => {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await ask('/auth/passkey/sign-in/options'))
  const credential = await navigator.credentials.get({ publicKey })
  location.href = (await ask('/auth/passkey/sign-in/verify', credential.toJSON())).next
})
passkeyButton('[data-passkey-new]', async () => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await ask('/auth/passkey/register/options'))
  const credential = await navigator.credentials.create({ publicKey })
  await ask('/auth/passkey/register/verify', credential.toJSON())
  location.reload()
})
