import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { STYLES } from './styles.js'

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

/** Wraps content in a form of the portal. */
export type Form = (path: string, content: Markup) => Markup

interface Page {
  title: string
  body: Markup
  status?: ContentfulStatusCode
  /** Seconds after which the browser asks again. */
  refresh?: number
}

/** A whole page. */
export function page(c: Context, { title, body, status = 200, refresh }: Page): Response | Promise<Response> {
  const theme =
    c.req.query('theme') === 'dark' || c.req.query('theme') === 'light' ? c.req.query('theme') : undefined
  const document = html`<!doctype html>
    <html lang="en" ${theme === undefined ? '' : html`data-theme="${theme}"`}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${refresh === undefined ? '' : html`<meta http-equiv="refresh" content="${refresh}" />`}
        <title>${title}</title>
        <style>
          ${raw(STYLES)}
        </style>
      </head>
      <body>
        <aside class="banner" aria-label="Notice">Local Polar emulator. No money moves here.</aside>
        ${body}
      </body>
    </html>`
  return c.html(document, status)
}

/** A page that only says something. */
export function messagePage(
  c: Context,
  message: { title: string; text: string; status?: ContentfulStatusCode; refresh?: number },
): Response | Promise<Response> {
  const { title, text, ...rest } = message
  const body = html`<main class="message">
    <h1>${title}</h1>
    <p class="muted">${text}</p>
  </main>`
  return page(c, { title, body, ...rest })
}

/** e.g. `December 21, 2026` */
export function longDate(text: string): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(text))
}

/** Where a link leads, for people: the host of its URL. */
export function hostOf(url: string): string {
  return new URL(url).host
}
