import type { Config } from '../config.ts'
import type { Guarded } from '../web/server.ts'
import type { Demo } from './demo.ts'

export function simulatorRoutes(_demo: Demo, _config: Config): readonly Guarded[] {
  return []
}
