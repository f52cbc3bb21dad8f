// Signs that nobody sees and nobody means: control characters, what turns the direction of a line over, joints of no width.

/** Line breaks and tabs are meant; so are the joiners and marks that scripts and pictures need (U+200C to U+200F). */
export const UNSEEN =
  // oxlint-disable-next-line no-control-regex
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/

const ALL = new RegExp(UNSEEN.source, 'g')

/** Text as it can be kept: without these, and without halves of characters. */
export function cleaned(text: string): string {
  return text.replaceAll(ALL, '').toWellFormed()
}
