/** A command that failed in a way the person can mend: shown as one message, without a stack. */
export class Refusal extends Error {}
