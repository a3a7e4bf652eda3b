/** What a person wants. When unsure, the earlier one wins. */
export const kinds = ['emergency', 'complaint', 'incident_report', 'service_request', 'enquiry', 'feedback'] as const
export type Kind = (typeof kinds)[number]

export const categories = [
  // The five points of conflict
  'access_control',
  'belongings_search',
  'disruptive_behaviour',
  'policy_dispute',
  'use_of_force',
  // Conduct and duty
  'staff_conduct',
  'slow_response',
  'missed_duty',
  'discrimination_harassment',
  'integrity',
  // Site
  'facility',
  'hazard',
  'water_leak',
  'noise',
  'parking',
  'visitor_mgmt',
  'access_card',
  'lost_found',
  'weather',
  'crowd',
  'patrol',
  'escort',
  'key_holding',
  'event_support',
  // Safety
  'fire_smoke_gas',
  'medical',
  'welfare_risk',
  'assault',
  'theft',
  'intruder',
  'suspicious_person',
  'bomb_threat',
  'missing_person',
  'lift_trap',
  // Administration
  'contract_billing',
  'cctv_privacy',
  'complaint_handling',
  'general_info',
] as const
export type Category = (typeof categories)[number]

/** 1 life or safety now · 2 serious · 3 standard · 4 routine. Machines only ever raise it (towards 1). */
export type Severity = 1 | 2 | 3 | 4
