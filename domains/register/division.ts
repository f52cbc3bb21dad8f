// Administrative divisions (GB/T 2260): the province, the city of Tonghua and its seven districts, counties and cities.

export type Division = {
  /** Six digits. */
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly level: 'province' | 'city' | 'county'
  readonly parent?: string
}

/** The codes as they stand in GB/T 2260-2007 and its later lists. A change of division is added, never overwritten. */
export const administrativeDivisions: readonly Division[] = [
  { code: '220000', name: '吉林省', nameEn: 'Jilin Province', level: 'province' },
  { code: '220500', name: '通化市', nameEn: 'Tonghua City', level: 'city', parent: '220000' },
  { code: '220502', name: '东昌区', nameEn: 'Dongchang District', level: 'county', parent: '220500' },
  { code: '220503', name: '二道江区', nameEn: 'Erdaojiang District', level: 'county', parent: '220500' },
  { code: '220521', name: '通化县', nameEn: 'Tonghua County', level: 'county', parent: '220500' },
  { code: '220523', name: '辉南县', nameEn: 'Huinan County', level: 'county', parent: '220500' },
  { code: '220524', name: '柳河县', nameEn: 'Liuhe County', level: 'county', parent: '220500' },
  { code: '220581', name: '梅河口市', nameEn: 'Meihekou City', level: 'county', parent: '220500' },
  { code: '220582', name: '集安市', nameEn: "Ji'an City", level: 'county', parent: '220500' },
]

const BY_CODE = new Map(administrativeDivisions.map((division) => [division.code, division]))

/** The division of a code, or nothing where the register does not know it. */
export function divisionOf(code: string): Division | undefined {
  return BY_CODE.get(code)
}

/** The code itself and every code below it. */
export function divisionsUnder(code: string): readonly string[] {
  const below = administrativeDivisions.filter(({ parent }) => parent === code)
  return BY_CODE.has(code) ? [code, ...below.flatMap((division) => divisionsUnder(division.code))] : []
}
