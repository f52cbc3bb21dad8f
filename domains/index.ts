// The list of domains. Adding one is one line here: export { its name } from its index.
export { law } from './law/index.ts'
export { register } from './register/index.ts'
export { appeals } from './appeals/index.ts'
export { visits } from './visits/index.ts'
export { items } from './items/index.ts'
export { hall } from './hall/index.ts'
export { applications } from './applications/index.ts'
export { themes } from './themes/index.ts'
