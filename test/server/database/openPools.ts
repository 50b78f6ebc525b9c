import { Pool, type PoolConfig } from 'pg'

export interface Pools {
  open(config?: PoolConfig): Pool
  /** Resolves when no connection is left. */
  end(): Promise<void>
}

/** Pools of one database. A pool's end does not wait for its connections, and one that meets a server going down is an uncaught error. */
export function createPools(connectionString: string): Pools {
  const pools: Pool[] = []
  const ends: Promise<void>[] = []
  return {
    open: (config) => {
      const pool = new Pool({ connectionString, ...config })
      pool.on('connect', (client) => {
        ends.push(new Promise((resolve) => void client.once('end', resolve)))
      })
      pools.push(pool)
      return pool
    },
    end: async () => {
      await Promise.all(pools.map((pool) => pool.end()))
      await Promise.all(ends)
    },
  }
}
