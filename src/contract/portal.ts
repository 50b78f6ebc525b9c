/** An opened customer portal. The URL is a credential for about an hour: go there, never store or log it. */
export interface PortalSession {
  portalUrl: string
  expiresAt?: string
}
