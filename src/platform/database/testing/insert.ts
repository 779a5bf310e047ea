import { sql } from 'kysely'
import { openDatabase, type Where } from '../open.ts'

/**
 * Inserts rows, eight at a time, until it is killed, and prints the number of each once the database has said that it
 * is committed. Its arguments: where (JSON), and the first number. A refused insert is tried no more.
 */
const [, , place = '', first = '1'] = process.argv
const where: Where = JSON.parse(place)
const { db } = await openDatabase(where)
let next = Number(first)

async function insertForEver(): Promise<never> {
  for (;;) {
    const id = next++
    try {
      await db.transaction().execute(async (tx) => {
        await sql`insert into kept values (${id}, ${'x'.repeat(200)})`.execute(tx)
        await sql`insert into halves values (${id})`.execute(tx)
      })
      process.stdout.write(`${id}\n`)
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

await Promise.all(Array.from({ length: 8 }, insertForEver))
