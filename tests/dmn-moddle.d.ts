// As much of dmn-moddle as tests use: it brings no types.
declare module 'dmn-moddle' {
  export class DmnModdle {
    fromXML(xml: string): Promise<{ rootElement: object; warnings: readonly { message: string }[] }>
    toXML(element: object, options: { format: boolean }): Promise<{ xml: string }>
    create(type: string, values: object): object
  }
}
