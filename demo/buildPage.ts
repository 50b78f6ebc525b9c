import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

export interface Page {
  /** A file of the page; any other path is the page itself. */
  serve: (path: string) => Response
}

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/** Bundles the page in memory: nothing to build beforehand, and nothing left behind. */
export async function buildPage(): Promise<Page> {
  const result = await build({
    root: fileURLToPath(new URL('client', import.meta.url)),
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    resolve: { tsconfigPaths: true },
    build: { write: false },
  })
  if (!('output' in result)) throw new Error('The page was not built.')
  const files = new Map(
    result.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  )
  return { serve: (path) => toResponse(files, files.has(path) ? path : '/index.html') }
}

function toResponse(files: ReadonlyMap<string, string | Uint8Array>, path: string): Response {
  const isPage = path.endsWith('.html')
  return new Response(files.get(path) as BodyInit, {
    headers: {
      'content-type': TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      // The names of all other files change with their content.
      'cache-control': isPage ? 'no-cache' : 'public, max-age=31536000, immutable',
      // The address of the page may hold a checkout's id for a moment.
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  })
}
