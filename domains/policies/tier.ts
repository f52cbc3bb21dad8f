// Amounts by tiers (分档): for each of them the condition and what it gives; exactly one holds for whoever is entitled.

/** Signs. */
export const LONGEST = { rule: 10_000, amount: 2_000, when: 2_000, gives: 500 } as const

export type Tier = { readonly when: string; readonly amount: string }

type Amounts = { readonly amount?: string | undefined; readonly tiers?: readonly Tier[] | undefined }

/** The amount as one expression in FEEL, in yuan; undefined where nothing is paid. */
export function amountText({ amount, tiers = [] }: Amounts): string | undefined {
  if (tiers.length === 0) return amount
  return tiers.reduceRight((rest, { when, amount: gives }) => `if (${when}) then (${gives}) else ${rest}`, '0')
}
