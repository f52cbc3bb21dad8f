// Money is integer fen; people write and read yuan.
import type { Language } from './texts.ts'

/** 1,234.50 元 */
export function yuan(fen: number, lang: Language): string {
  const amount = (fen / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  return lang === 'zh-CN' ? `${amount} 元` : `¥${amount}`
}

/** What a person wrote in yuan, as fen: digits (full-width ones, too), thousands apart or not, at most two decimals; undefined for anything else. */
export function fenOf(text: string): number | undefined {
  const [, whole, part = ''] =
    /^(\d{1,13}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,2}))?$/.exec(text.normalize('NFKC').trim()) ?? []
  return whole === undefined ? undefined : Number(whole.replaceAll(',', '')) * 100 + Number(part.padEnd(2, '0'))
}

/** Fen as it stands in an input. */
export function yuanInput(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2)
}
