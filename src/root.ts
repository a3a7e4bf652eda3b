/** Where the code lies and whatever travels beside it, such as the simulator's page: src/ or, once built, dist/. */
export const root = import.meta.dirname
