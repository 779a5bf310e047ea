/** A hundred thousand accounts: how fast they come in, and how fast one is found among them. */
import { type Rate, rateOf } from './load.ts'
import type { Measured } from './service.ts'

const PEOPLE = 100_000
const BATCH = 500
const FIRST = ['Marie', 'Luc', 'Zoé', 'Émile', 'Anna', 'Jean', 'Nadia', 'Olivier', 'Chantal', 'Hugo', 'Léa', 'Noah']
const LAST = ['Tremblay', 'Gagnon', 'Roy', 'Côté', 'Bouchard', 'Gauthier', 'Morin', 'Lavoie', 'Fortin', 'Bélanger']
/** What an operator types: the beginning of a name, of both, an address, one that nobody has. */
const SEARCHES = ['', 'tremb', 'cote', 'marie', 'zoe bel', 'luc.', 'hugo.50005@exemple', 'nobody', 'roy nadia', 'ol']

const headersOf = ({ token }: Measured) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
})

function personOf(n: number) {
  const [first = '', last = ''] = [FIRST[n % FIRST.length], LAST[(n * 7) % LAST.length]]
  const address = `${first.normalize('NFD').replaceAll(/\P{L}/gu, '').toLowerCase()}.${n}@exemple.ca`
  return { id: `bench${n}`, email: address, first_name: first, last_name: `${last}-${LAST[n % LAST.length]}` }
}

/** Answers how many seconds it took. */
export async function importPeople(service: Measured): Promise<number> {
  const began = performance.now()
  for (let from = 0; from < PEOPLE; from += BATCH) {
    const lines = Array.from({ length: BATCH }, (_, n) => personOf(from + n))
    const answer = await fetch(`${service.url}/api/v1/accounts/import`, {
      method: 'POST',
      headers: headersOf(service),
      body: JSON.stringify({ lines }),
    })
    if (!answer.ok) throw new Error(await answer.text())
  }
  return (performance.now() - began) / 1_000
}

/** One caller, as an operator is one: page after page of every search in turn. */
export function searches(service: Measured, seconds: number): Promise<Rate> {
  let asked = 0
  const ends = new Map<string, string>()
  return rateOf(1, seconds, async () => {
    const search = SEARCHES[asked++ % SEARCHES.length] ?? ''
    const after = ends.get(search)
    const query = new URLSearchParams({ search, ...(after && { after }) })
    const answer = await fetch(`${service.url}/api/v1/accounts?${query}`, { headers: headersOf(service) })
    if (!answer.ok) throw new Error(await answer.text())
    const { next } = await answer.json()
    ends.set(search, next ?? '')
  })
}
