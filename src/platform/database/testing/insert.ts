import { sql } from 'kysely'
import { openDatabase, type Where } from '../open.ts'

/** What the program prints first, as JSON: the numbers of the transactions that are there, whole and by half. */
export type Found = { whole: number[]; halves: number[] }

/**
 * Tells what it finds; then inserts rows, eight at a time, until it is killed, and prints the number of each once the
 * database has said that it is committed. Its argument: where (JSON).
 */
const where: Where = JSON.parse(process.argv[2] ?? '')
const { db } = await openDatabase(where)
const { rows } = await sql<{ id: number; whole: boolean }>`
  select id, kept.id is not null and halves.id is not null as whole
  from kept full join halves using (id) order by id`.execute(db)
const idsOf = (whole: boolean) => rows.filter((row) => row.whole === whole).map(({ id }) => id)
const found: Found = { whole: idsOf(true), halves: idsOf(false) }
process.stdout.write(`${JSON.stringify(found)}\n`)
let next = (rows.at(-1)?.id ?? 0) + 1

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
