/** The few styles of the workbooks we write, each known to its cells by its place in the list. */

const styles = [
  'plain',
  'quoted',
  'header',
  'date',
  'percent',
  'error',
  'error-quoted',
  'error-date',
  'error-percent',
  'warning',
  'warning-quoted',
  'warning-date',
  'warning-percent',
  'reason',
] as const

export type SheetStyle = (typeof styles)[number]

/** The index that a cell refers to. */
export function styleIndex(style: SheetStyle): number {
  return styles.indexOf(style)
}

/** Text that begins like a formula carries `quotePrefix`, so that it stays text when someone edits the cell. */
const formats: Readonly<Record<SheetStyle, string>> = {
  plain: xf(0, 0, 0),
  quoted: xf(0, 0, 0, ' quotePrefix="1"'),
  header: xf(0, 1, 2),
  date: xf(14, 0, 0),
  percent: xf(10, 0, 0),
  error: xf(0, 0, 3),
  'error-quoted': xf(0, 0, 3, ' quotePrefix="1"'),
  'error-date': xf(14, 0, 3),
  'error-percent': xf(10, 0, 3),
  warning: xf(0, 0, 4),
  'warning-quoted': xf(0, 0, 4, ' quotePrefix="1"'),
  'warning-date': xf(14, 0, 4),
  'warning-percent': xf(10, 0, 4),
  reason: xf(0, 2, 0, ' applyAlignment="1"', '<alignment vertical="top" wrapText="1"/>'),
}

/** `xl/styles.xml`. */
export function stylesXml(): string {
  return (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    '<fonts count="3"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font>' +
    '<font><sz val="11"/><color rgb="FFC00000"/><name val="等线"/></font></fonts>' +
    '<fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
    `${fill('FFE7ECF3')}${fill('FFFFC7CE')}${fill('FFFFEB9C')}</fills>` +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${styles.length}">${styles.map((style) => formats[style]).join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  )
}

function fill(colour: string): string {
  return `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`
}

function xf(format: number, font: number, fillId: number, more = '', inner = ''): string {
  const applied = ' applyNumberFormat="1" applyFont="1" applyFill="1"'
  const start = `<xf numFmtId="${format}" fontId="${font}" fillId="${fillId}" borderId="0" xfId="0"${applied}${more}`
  return inner === '' ? `${start}/>` : `${start}>${inner}</xf>`
}
