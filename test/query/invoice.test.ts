import { QueryClient } from '@tanstack/react-query'
import { type BillingErrorCode, type Invoice } from 'polar-billing-kit'
import { invoiceMutationOptions, type InvoiceOptions } from 'polar-billing-kit/query'
import { createMemoryTransport } from 'polar-billing-kit/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const PDF = 'https://files.test/invoice.pdf'

/** A tab that the browser opened, as far as opening an invoice looks at it. */
function createTab() {
  const tab = {
    opener: {} as object | null,
    closed: false,
    close: vi.fn(() => {
      tab.closed = true
    }),
    document: { title: '', body: { textContent: '' } },
    location: { replace: vi.fn() },
  }
  return tab
}

/** Answers `pending` so many times, then the URL. */
const after = (times: number, url = PDF) => {
  let asked = 0
  return vi.fn(async (): Promise<Invoice> => ((asked += 1) > times ? { url } : { pending: true }))
}

describe('opening an invoice', () => {
  let tab: ReturnType<typeof createTab>
  const open = vi.fn<(url: string, target: string) => typeof tab | null>()
  const assign = vi.fn()
  beforeEach(() => {
    vi.useFakeTimers()
    tab = createTab()
    shown.add('acme')
    open.mockReset().mockImplementation(() => tab)
    assign.mockReset()
    vi.stubGlobal('window', { open })
    vi.stubGlobal('location', { href: `https://app.test/#${PDF}`, assign })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const shown = new Set(['acme'])
  function button(getInvoice: () => Promise<Invoice>, options?: InvoiceOptions, client = new QueryClient()) {
    const transport = createMemoryTransport({ getInvoice })
    const click = (orderId = 'ord_1') => {
      const config = { transport, organizationId: 'acme', shown }
      const mutation = client
        .getMutationCache()
        .build(client, client.defaultMutationOptions(invoiceMutationOptions(config, options)))
      return mutation.execute({ orderId })
    }
    return click
  }

  const settle = async <T>(promise: Promise<T>) => {
    const settled = promise.then(
      (answer) => ({ answer, code: undefined }),
      (error: { code: BillingErrorCode; message: string }) => ({
        answer: undefined,
        ...error,
        message: error.message,
      }),
    )
    await vi.runAllTimersAsync()
    return settled
  }

  it('opens a tab before anything is asked, cuts it off from this page, and goes there', async () => {
    const getInvoice = vi.fn(async () => {
      expect(open).toHaveBeenCalledExactlyOnceWith('', '_blank')
      expect(tab.opener).toBeNull()
      expect(tab.document).toEqual({ title: 'Wait', body: { textContent: 'Wait' } })
      return { url: PDF }
    })
    const { answer } = await settle(button(getInvoice, { waitingText: 'Wait', sentText: 'Sent' })())
    // For a download, which leaves the tab where it is.
    expect(tab.document).toEqual({ title: 'Sent', body: { textContent: 'Sent' } })
    expect(answer).toEqual({ url: PDF })
    expect(tab.location.replace).toHaveBeenCalledExactlyOnceWith(PDF)
    expect(tab.close).not.toHaveBeenCalled()
  })

  it('waits for one that is being made', async () => {
    const getInvoice = after(3)
    expect(await settle(button(getInvoice)())).toMatchObject({ answer: { url: PDF } })
    expect(getInvoice).toHaveBeenCalledTimes(4)
    expect(tab.location.replace).toHaveBeenCalledWith(PDF)
  })

  it('gives up in the end, says what to do, and closes the tab', async () => {
    const getInvoice = after(Number.POSITIVE_INFINITY)
    expect(await settle(button(getInvoice)())).toMatchObject({
      code: 'TIMEOUT',
      message: 'The invoice is still being made. Ask again in a minute.',
    })
    expect(getInvoice).toHaveBeenCalledTimes(8)
    expect(tab.close).toHaveBeenCalledOnce()
  })

  it('closes the tab when it fails', async () => {
    const getInvoice = vi.fn().mockRejectedValue(Object.assign(new Error('no'), { status: 409 }))
    expect(await settle(button(getInvoice)())).toMatchObject({ code: 'CONFLICT' })
    expect(tab.close).toHaveBeenCalledOnce()
    expect(getInvoice).toHaveBeenCalledOnce()
  })

  it('closes the tab when the page leaves the organization', async () => {
    const getInvoice = vi.fn(async () => {
      shown.clear()
      return { url: PDF }
    })
    expect(await settle(button(getInvoice)())).toMatchObject({ code: 'ABORTED' })
    expect(tab.close).toHaveBeenCalledOnce()
    expect(tab.location.replace).not.toHaveBeenCalled()
  })

  it('stops when the tab is closed', async () => {
    const getInvoice = vi.fn(async (): Promise<Invoice> => {
      tab.closed = true
      return { pending: true }
    })
    expect(await settle(button(getInvoice)())).toMatchObject({ code: 'ABORTED' })
    expect(getInvoice).toHaveBeenCalledOnce()
  })

  it('where tabs are blocked, this page leaves for it', async () => {
    open.mockReturnValue(null)
    expect(await settle(button(after(1))())).toMatchObject({ answer: { url: PDF } })
    expect(assign).toHaveBeenCalledExactlyOnceWith(PDF)
  })

  it('open: false hands the URL back', async () => {
    expect(await settle(button(after(1), { open: false })())).toMatchObject({ answer: { url: PDF } })
    expect(open).not.toHaveBeenCalled()
    expect(assign).not.toHaveBeenCalled()
  })

  it.each([true, false])('never a URL that is not http(s) (open: %s)', async (isOpening) => {
    const click = button(after(0, 'javascript:alert(1)'), { open: isOpening })
    expect(await settle(click())).toMatchObject({ code: 'INVALID_RESPONSE' })
    expect(tab.location.replace).not.toHaveBeenCalled()
    expect(tab.closed).toBe(isOpening)
  })

  it('a second click opens no second tab; another order does', async () => {
    const getInvoice = after(0)
    const click = button(getInvoice)
    await settle(Promise.all([click(), click(), click('ord_2')]))
    expect(open).toHaveBeenCalledTimes(2)
    expect(getInvoice).toHaveBeenCalledTimes(2)
  })

  it('is never kept: the URL is a credential', async () => {
    const client = new QueryClient()
    await settle(button(after(3), {}, client)())
    expect(client.getMutationCache().getAll()).toEqual([])
  })

  it('is never paused or repeated', () => {
    const config = { transport: createMemoryTransport({}), organizationId: 'acme' }
    expect(invoiceMutationOptions(config)).toMatchObject({ networkMode: 'always', retry: false })
  })
})
