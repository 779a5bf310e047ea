/** What is made from the code and kept beside it: read by people, compared by a test, written anew by `npm run golden`. */

import { schemaText } from '../platform/database/schema-text.ts'
import { testDatabase } from '../platform/database/testing.ts'
import { describeJourneys } from './journeys.ts'

/** Path from the root of the package, and what must stand there. */
export async function documents(): Promise<Map<string, string>> {
  const { db } = await testDatabase()
  return new Map([
    ['db/schema.golden.sql', `${(await schemaText(db)).trimEnd()}\n`],
    ['docs/journeys.md', describeJourneys()],
  ])
}
