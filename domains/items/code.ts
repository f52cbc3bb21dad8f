// The code sets of GB/T 39046: what an item is, who exercises it, for whom, in which form; each name with the standard's code.

export const types = {
  licence: '01',
  penalty: '02',
  coercion: '03',
  levy: '04',
  payment: '05',
  inspection: '06',
  confirmation: '07',
  award: '08',
  adjudication: '09',
  'other-power': '10',
  'public-service': '20',
} as const

export const levels = { national: '1', provincial: '2', city: '3', county: '4', township: '5', village: '6' } as const

export const audiences = {
  'natural-person': '1',
  enterprise: '2',
  institution: '3',
  'social-organisation': '4',
  authority: '5',
  'other-organisation': '6',
} as const

export const channels = { 'at-window': '1', 'on-computer': '2', 'on-phone': '3', 'by-courier': '4' } as const

/** 即办件 and 承诺件. */
export const handlings = { 'at-once': '1', 'within-time': '2' } as const

/** 网上办理深度, from asking to receiving the result; the standards name the steps, not a common order of codes. */
export const depths = ['consulting', 'applying', 'accepting', 'deciding', 'receiving'] as const

/** What an empowerment of a chief representative may cover: to accept, examine, decide, seal. */
export const powers = ['accept', 'examine', 'decide', 'seal'] as const

/** All powers over an item or over those of a unit, as one text: figures tell by it whether what is opened is granted. */
export function empowerment(over: string, granted: readonly (typeof powers)[number][]): string {
  return `${over} ${powers.filter((one) => granted.includes(one)).join('+')}`
}

/** The names of a code set, in the order of the standard. */
export function namesOf<Name extends string>(codes: Readonly<Record<Name, string>>): [Name, ...Name[]] {
  return Object.keys(codes) as [Name, ...Name[]]
}
