/** The app's own session. */
export declare function getSession(
  request: Pick<Request, 'headers'>,
): Promise<{ orgId: string; email: string; emailVerified: boolean } | null>
