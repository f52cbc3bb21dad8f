// What the builder adds to the language: style sheets imported for their effect, and modules found by pattern.
declare module '*.css' {}

interface ImportMeta {
  glob<Module>(pattern: string, options: { eager: true }): Readonly<Record<string, Module>>
}
