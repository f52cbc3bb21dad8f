// The title of the window says where one is; absent leaves it to whoever else gives one.
import { useEffect } from 'react'
import { t } from './texts.ts'

export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · ${t.product}`
  }, [title])
}
