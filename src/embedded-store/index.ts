export { runningStoreUri } from './running-store.ts'
export { type EmbeddedStore, type EmbeddedStoreOptions, startEmbeddedStore } from './start-embedded-store.ts'
