/** What each part of a component is, as `parameters.parts` of its stories: all that take a class, and no other. */
export type PartsOf<Props extends { classNames?: unknown }> = {
  readonly [Part in keyof NonNullable<Props['classNames']>]-?: string
}

/** What a connected component adds to the parts of its View, as `parameters.partsWithin`: its buttons, and components inside it. */
export type PartsWithin<
  Props extends { classNames?: unknown },
  ViewProps extends { classNames?: unknown },
> = Omit<PartsOf<Props>, keyof PartsOf<ViewProps>>
