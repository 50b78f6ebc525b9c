export { createMemoryTransport } from './createMemoryTransport.js'
export type { Scenario } from './createMemoryTransport.js'
export { scenarioCatalog } from './scenarioCatalog.js'
export { scenarios } from './scenarios.js'
