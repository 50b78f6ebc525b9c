/**
 * Says that the emulator itself failed. Only where: the message of an error can hold what a request held.
 */
export function report(what: string, error: unknown): void {
  const { name = 'Error', stack = '' } = error instanceof Error ? error : {}
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  // oxlint-disable-next-line no-console -- the emulator has no other log
  console.error([`[polar-billing-kit] emulator: ${name} in ${what}`, ...frames].join('\n'))
}
