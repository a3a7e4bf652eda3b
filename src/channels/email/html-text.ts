import { type HtmlToTextOptions, htmlToText } from 'html-to-text'

const mostHtml = 1_000_000

const options: HtmlToTextOptions = {
  wordwrap: false,
  // Without limits a mail of 5,000 nested tags overflows the stack.
  limits: { maxDepth: 100, maxInputLength: mostHtml, maxChildNodes: 20_000, ellipsis: '' },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', format: 'block' },
    { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'blockquote', options: { leadingLineBreaks: 1, trailingLineBreaks: 1, trimEmptyLines: true } },
  ],
}

/** An address or a page says more than the words that hide it, but only where they differ; images are never fetched. */
export function textOfHtml(html: string): string {
  try {
    return htmlToText(flat(html.slice(0, mostHtml)), options).trim()
  } catch {
    return withoutTags(html.slice(0, mostHtml))
  }
}

/** A quotation inside ten others says nothing, and markup that nests a thousand deep is an attack on whoever reads it. */
const deepest = 2_000

function flat(html: string): string {
  let depth = 0
  let worst = 0
  for (const match of html.matchAll(/<(\/?)(?:div|span|table|tbody|tr|td|blockquote|font|b|i|p|ul|li|center|a)\b/gi)) {
    depth += match[1] === '/' ? -1 : 1
    worst = Math.max(worst, depth)
  }
  return worst <= deepest ? html : withoutTags(html)
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" }

/** For HTML that nothing can parse: what is left when every tag is a line break. */
function withoutTags(html: string): string {
  const words = html.replace(/<(?:style|script)\b[^>]{0,1000}>[^<]{0,50000}/gi, ' ').replace(/<[^<>]{0,2000}>/g, '\n')
  const plain = words.replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (all, name: string) => entities[name] ?? all)
  return plain
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
}
