/** One thing wrong in an authored file, precise enough to find and mend it. */
export type Fault = { readonly file: string; readonly key: string; readonly message: string }
