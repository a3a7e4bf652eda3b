import { writtenForm } from './cantonese.ts'
import { hasChinese, simplifiedForm, toTraditional } from './script.ts'

/** Longest text worth comparing with authored utterances; what follows in a long mail changes no meaning we look for. */
const comparableCharacters = 1500

/** The form in which texts are compared: width, case, script and spoken Cantonese made one. Never shown. */
export function matchForm(text: string): string {
  const plain = text
    .slice(0, comparableCharacters)
    .normalize('NFKC')
    .slice(0, comparableCharacters) // one character may become eighteen

    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
  return hasChinese(plain) ? simplifiedForm(writtenForm(toTraditional(plain))) : plain
}
