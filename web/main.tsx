// The desks begin here: data, routes, frame.
import { QueryClientProvider } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Home } from './desk/home.tsx'
import { client } from './query.ts'
import { Shell } from './shell.tsx'
import { lang } from './texts.ts'
import './desk.css'

type Search = Readonly<Record<string, string | undefined>>
/** Filters stay in the address as plain text. */
const search = (given: Record<string, unknown>): Search =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))

const root = createRootRoute({ component: Shell })
const route = <Path extends string>(path: Path, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({
    getParentRoute: () => root,
    path,
    validateSearch: search,
    component: lazyRouteComponent(load as never, name as never),
  })

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home })
const queue = () => import('./desk/queue.tsx')
const routes = [
  home,
  route('/inbox', queue, 'Inbox'),
  route('/triage', queue, 'Triage'),
  route('/calls', queue, 'Calls'),
  route('/late', queue, 'Late'),
  route('/supervise', () => import('./desk/supervise.tsx'), 'Supervise'),
  route('/mine', () => import('./desk/leader.tsx'), 'Leader'),
  route('/figures', () => import('./desk/figures.tsx'), 'Figures'),
  route('/admin', () => import('./desk/admin.tsx'), 'Admin'),
  route('/audit', () => import('./desk/audit.tsx'), 'Audit'),
  route('/list/$kind', () => import('./desk/list.tsx'), 'KindList'),
  route('/record/$kind/$id', () => import('./desk/record.tsx'), 'RecordPage'),
  route('/new/$kind/$command', () => import('./desk/open.tsx'), 'OpenRecord'),
]

const router = createRouter({ routeTree: root.addChildren(routes), basepath: '/desk', defaultPreload: 'intent' })

document.documentElement.lang = lang
const looks = /(?:^|;\s*)(theme|print)=(\w+)/g
for (const [, name, value] of document.cookie.matchAll(looks)) document.documentElement.dataset[name!] = value!

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
