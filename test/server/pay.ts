/** Pays on the hosted page, as a browser would, and gives the address that it is sent back to. */
export async function pay(
  checkoutUrl: string,
  email = 'typed@example.com',
  ask: (request: Request) => Response | Promise<Response> = fetch,
): Promise<string> {
  const page = await (await ask(new Request(checkoutUrl))).text()
  const action = new URL(/<form class="stack"[^>]*action="([^"]*)"/.exec(page)?.[1] ?? '', checkoutUrl)
  const fields = new URLSearchParams({ email, name: 'Ada' })
  const paid = await ask(new Request(action, { method: 'POST', body: fields, redirect: 'manual' }))
  if (paid.status !== 303) throw new Error(`expected 303, not ${paid.status}`)
  return paid.headers.get('location') ?? ''
}
