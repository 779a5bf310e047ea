/** People who sign in where they are known, while others try passwords for their addresses from everywhere. */
import type { Browser } from '../src/testing/browser.ts'
import { type Rate, rateOf } from './load.ts'
import { browserAt, createAccount, type Product, signIn } from './people.ts'
import type { Measured } from './service.ts'

const PEOPLE = 8

export type UnderAttack = { alone: Rate; attacked: Rate; attack: Rate }

export async function signInsUnderAttack(service: Measured, product: Product, seconds: number): Promise<UnderAttack> {
  const people: { email: string; browser: Browser }[] = []
  for (let n = 0; n < PEOPLE; n++) {
    const person = { email: `owner${n}@exemple.ca`, browser: browserAt(service, `192.0.2.${n}`) }
    await createAccount(service, person.email, person.browser)
    people.push(person)
  }
  const owner = async (caller: number): Promise<void> => {
    const person = people[caller % PEOPLE]
    if (!person) return
    const { email, browser } = person
    for (const name of browser.cookies.keys()) if (!name.endsWith('-browser')) browser.cookies.delete(name)
    await signIn(service, product, email, browser)
  }
  let tries = 0
  const attacker = async (): Promise<void> => {
    const n = tries++
    const browser = browserAt(service, `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`)
    await browser.open('/sign-in')
    const { at } = await browser.send({ email: `owner${n % PEOPLE}@exemple.ca`, password: `guess ${n}` })
    if (!at.startsWith('/sign-in')) throw new Error(`the attack came to ${at}`)
  }
  await rateOf(PEOPLE, seconds / 2, owner) // until the service is warm
  const alone = await rateOf(PEOPLE, seconds, owner)
  const [attacked, attack] = await Promise.all([rateOf(PEOPLE, seconds, owner), rateOf(PEOPLE, seconds, attacker)])
  return { alone, attacked, attack }
}
