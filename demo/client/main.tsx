import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { BillingProvider } from 'polar-billing-kit'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import 'polar-billing-kit/styles.css'
import { catalog } from '../catalog.js'
import { App } from './App.js'
import { createTransport } from './createTransport.js'
import './page.css'

const queryClient = new QueryClient()
const transport = createTransport()

createRoot(document.querySelector('#root') as Element).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      {/* The page is in English, whatever the browser speaks: half a sentence in another language helps nobody. */}
      <BillingProvider transport={transport} organizationId="acme-voices" catalog={catalog} locale="en">
        <App />
      </BillingProvider>
    </QueryClientProvider>
  </StrictMode>,
)
