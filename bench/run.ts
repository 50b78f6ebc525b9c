import { DATABASES } from './databases.js'
import { benchReads } from './reads.js'
import { benchUsage } from './usage.js'
import { benchWebhooks } from './webhooks.js'

// Prints what one process can do: npm run bench [usage | webhooks | reads] [how many]

const BENCHES = { usage: benchUsage, webhooks: benchWebhooks, reads: benchReads }

const [wanted, count] = process.argv.slice(2)
if (wanted !== undefined && !Object.hasOwn(BENCHES, wanted))
  throw new Error(`There is no bench "${wanted}", only ${Object.keys(BENCHES).join(', ')}.`)

for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted !== undefined && wanted !== name) continue
  for (const [title, open] of Object.entries(DATABASES)) {
    const { database, close } = await open()
    const result = await bench(database, count === undefined ? undefined : Number(count))
    console.log(`${name}, ${title}: ${result}`)
    await close()
  }
}
