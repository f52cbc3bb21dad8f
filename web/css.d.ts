// Style sheets are imported for their effect; the builder puts them beside the code.
declare module '*.css' {}
