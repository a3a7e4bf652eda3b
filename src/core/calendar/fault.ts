/** One thing wrong with the configuration: which file, which key in it, and what to write instead. */
export type Fault = { readonly file: string; readonly key: string; readonly message: string }

/** A parsed YAML document and the name it was read from. */
export type ConfigDocument = { readonly file: string; readonly content: unknown }
