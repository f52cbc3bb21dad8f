// Who keeps policies and the data that they are judged by, who handles what follows, and who reads them before they are public.

/** Whoever drafts, and handles claims and payments, for the unit that owes the benefit; and whoever keeps the city's list. */
export const handling = { handler: 'unit', 'unit-head': 'unit', 'policy-manager': 'city' } as const
export const keeping = { 'policy-manager': 'city' } as const

/** Everybody what is public; those who work with it also what is being prepared. */
export const reading = {
  public: 'always',
  handler: 'unit',
  'unit-head': 'unit',
  clerk: 'city',
  supervisor: 'city',
  leader: 'city',
  'policy-manager': 'city',
  'audit-admin': 'city',
} as const
