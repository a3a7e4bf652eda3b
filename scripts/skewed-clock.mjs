// Loaded before a process that must believe that it is earlier or later: SKEW_MS=15000 node --import ./skewed-clock.mjs …
const skewMs = Number(process.env.SKEW_MS ?? 0)
const Real = Date

// biome-ignore lint/suspicious/noShadowRestrictedNames: libraries know the type by its name
globalThis.Date = class Date extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + skewMs)
    else super(...given)
  }
  static now() {
    return Real.now() + skewMs
  }
}
