// Who drafts items, who keeps the city's list, and who reads what is being prepared.

/** Whoever drafts for the unit that answers for an item, and whoever keeps the city's list. */
export const drafting = { handler: 'unit', 'unit-head': 'unit', 'item-manager': 'city' } as const
export const keeping = { 'item-manager': 'city' } as const

/** Everybody what is public; those who work with it also what is being prepared. */
export const reading = {
  public: 'always',
  handler: 'unit',
  'unit-head': 'unit',
  clerk: 'city',
  supervisor: 'city',
  leader: 'city',
  'item-manager': 'city',
  'audit-admin': 'city',
} as const
