// Asking the market access list: for the API, the portal and the desks.
export { accessRoutes } from './route.ts'
export { askAccess, editionFor, type InForce, type Told } from './ask.ts'
export { accessWords } from './texts.ts'
