/** Keeps text that we hand out from being run as a formula by the program that opens it (CWE-1236). */

/** Beginnings that make a spreadsheet program calculate, their full-width forms included. */
const dangerous = /^[=+\-@\t\r\n＝＋－＠]/

/** Whether a spreadsheet program might take the text for a formula. */
export function looksLikeFormula(text: string): boolean {
  return dangerous.test(text)
}

/** For CSV: an apostrophe before such a text, and before one that already has it, so that `stripGuard` is exact. */
export function guard(text: string): string {
  return dangerous.test(text.replace(/^'+/, '')) ? `'${text}` : text
}

/** Takes off the apostrophe that `guard`, or a careful person, has put there. */
export function stripGuard(text: string): string {
  return text.startsWith("'") && dangerous.test(text.replace(/^'+/, '')) ? text.slice(1) : text
}
