// The list of domains: adding one is one line here.
import type { Domain } from '../kernel/domain.ts'
import { appeals } from './appeals/index.ts'
import { law } from './law/index.ts'
import { register } from './register/index.ts'
import { visits } from './visits/index.ts'

export const domains: readonly Domain[] = [law, register, appeals, visits]
