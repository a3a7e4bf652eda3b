import type { Document } from 'mongodb'

/** The stages of a winning plan from the top down, on MongoDB and on the embedded store. */
export function stagesOf(explained: Document): string[] {
  const planner = explained.queryPlanner ?? explained.stages?.[0]?.$cursor?.queryPlanner
  const stages: string[] = []
  const visit = (plan: Document | undefined) => {
    if (!plan) return
    if (typeof plan.stage === 'string') stages.push(plan.indexName ? `${plan.stage} ${plan.indexName}` : plan.stage)
    visit(plan.queryPlan)
    visit(plan.inputStage)
    for (const input of plan.inputStages ?? []) visit(input)
  }
  visit(planner?.winningPlan)
  return stages
}

/** Whether a query reads an index and neither scans the collection nor, unless allowed, sorts in memory. */
export function isServedByIndex(explained: Document, { maySort = false } = {}): boolean {
  const stages = stagesOf(explained)
  const reads = stages.some((stage) => /^(IXSCAN|IDHACK|EXPRESS|COUNT_SCAN|DISTINCT_SCAN)/.test(stage))
  return reads && !stages.includes('COLLSCAN') && (maySort || !stages.includes('SORT'))
}
