// The desks begin here: data, routes, frame.
import { QueryClientProvider } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Home, Place } from './desk/place.tsx'
import { dress } from './look.ts'
import { Missing } from './missing.tsx'
import { client } from './query.ts'
import { Shell } from './shell.tsx'
import { lang } from './texts.ts'
import './desk.css'
import './part/part.css'
import './form/form.css'
import './print.css'

type Search = Readonly<Record<string, string | undefined>>
/** Filters stay in the address as plain text. */
const search = (given: Record<string, unknown>): Search =>
  Object.fromEntries(Object.entries(given).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))

const root = createRootRoute({ component: Shell, notFoundComponent: Missing })
const at = <Path extends string>(path: Path, component: () => React.ReactNode) =>
  createRoute({ getParentRoute: () => root, path, validateSearch: search, component })
const later = <Path extends string>(path: Path, load: () => Promise<Record<string, unknown>>, name: string) =>
  at(path, lazyRouteComponent(load as never, name as never) as () => React.ReactNode)

const routes = [
  at('/', Home),
  at('/$place', Place),
  later('/figures', () => import('./desk/figures.tsx'), 'Figures'),
  later('/figures/$id', () => import('./desk/figures.tsx'), 'FigurePage'),
  later('/messages', () => import('./desk/messages.tsx'), 'Messages'),
  later('/records', () => import('./desk/records.tsx'), 'Records'),
  later('/search', () => import('./desk/search.tsx'), 'Search'),
  later('/audit', () => import('./desk/audit.tsx'), 'Audit'),
  later('/list/$kind', () => import('./desk/list.tsx'), 'KindList'),
  later('/record/$kind/$id', () => import('./desk/record.tsx'), 'RecordPage'),
  later('/new/$kind/$command', () => import('./desk/open.tsx'), 'OpenRecord'),
]

// A search value is text as it was typed: an id of digits stays an id.
const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: '/desk',
  defaultPreload: 'intent',
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (given) => {
    const kept = Object.entries(given).filter(([, value]) => value !== undefined) as [string, string][]
    const text = new URLSearchParams(kept).toString()
    return text === '' ? '' : `?${text}`
  },
})

document.documentElement.lang = lang
dress()

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
