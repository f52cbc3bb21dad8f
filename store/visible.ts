// The access predicate as SQL: the same branches that the kernel evaluates, for every list, count, search and figure.
import type { Branch } from '../kernel/access.ts'

/** Collects values and hands out their placeholders. */
export type Parameters = { readonly values: unknown[]; add(value: unknown): string }

export function parameters(...first: unknown[]): Parameters {
  const values = [...first]
  return {
    values,
    add(value) {
      values.push(value)
      return `$${values.length}`
    },
  }
}

/** How confidential a record a branch admits; nothing is said where it admits all. */
export function levelSql({ level }: Branch): readonly string[] {
  return level >= 3 ? [] : [`r.level <= ${level}`]
}

/** One branch as a condition on `record r`. */
export function branchSql(branch: Branch, given: Parameters): string {
  const level = levelSql(branch)
    .map((one) => ` and ${one}`)
    .join('')
  switch (branch.by) {
    case 'all':
      return `(true${level})`
    case 'unit':
      return branch.units.length === 1
        ? `(r.unit = ${given.add(branch.units[0])}${level})`
        : `(r.unit = any (${given.add(branch.units)})${level})`
    case 'party':
      // One look into the key for each record: as a list it would be gone through again for every record.
      return `(exists (select 1 from party p where p.city = r.city and p.who = any (${given.add(branch.who)}) and p.kind = r.kind and p.id = r.id)${level})`
    case 'token':
      return `(r.token = ${given.add(branch.hash)})`
  }
}

/** Any of the branches; nothing at all is visible when there is none. */
export function visibleSql(branches: readonly Branch[], given: Parameters): string {
  return branches.length === 0 ? 'false' : `(${branches.map((branch) => branchSql(branch, given)).join(' or ')})`
}

/** Of records of several kinds: those of each kind that its own branches let be seen. */
export function seenSql(ways: ReadonlyMap<string, readonly Branch[]>, given: Parameters): string {
  const kinds = [...ways]
    .filter(([, branches]) => branches.length > 0)
    .map(([kind, branches]) => `(r.kind = ${given.add(kind)} and ${visibleSql(branches, given)})`)
  return kinds.length === 0 ? 'false' : kinds.join(' or ')
}
