/** What each part of a component is, as `parameters.parts` of its stories: all that take a class, and no other. */
export type PartsOf<Props extends { classNames?: unknown }> = {
  readonly [Part in keyof NonNullable<Props['classNames']>]-?: string
}
