import { lockFolder } from '../../../src/server/database/folderLock.js'

// A process of its own for the tests: takes the folder, says so, and keeps it until its input ends.

try {
  lockFolder(process.argv[2] ?? '')
  console.log('locked')
  process.stdin.on('end', () => process.exit(0)).resume()
} catch (error) {
  console.log((error as Error).message)
}
