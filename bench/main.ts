/**
 * The capacity of one machine, as a table: `npm run bench`. Rates are meant to be compared within one run, above all
 * sign-ins with the bare rate of password hashes, which is the most any service of this cost could do.
 */
import { availableParallelism } from 'node:os'
import { gzipSync } from 'node:zlib'
import { hash } from '@node-rs/argon2'
import { importPeople, searches } from './accounts.ts'
import { signInsUnderAttack } from './attack.ts'
import { type Rate, rateOf } from './load.ts'
import { createAccount, type Product, registerProduct, signIn, silently, type Tokens, tokenRequest } from './people.ts'
import { DEFENDED, type Measured, removeFolder, startService, temporaryFolder } from './service.ts'

const SECONDS = Number(process.argv.find((it) => it.startsWith('--seconds='))?.slice(10) ?? 5)
const PEOPLE = 8
const CALLERS = 8

type Line = { what: string; value: string }
const rate = (what: string, { perSecond, p50, p99 }: Rate): Line => ({
  what,
  value: `${perSecond.toFixed(0).padStart(6)} /s   half in ${p50.toFixed(1)} ms, 99 % in ${p99.toFixed(1)} ms`,
})

/** What the processors can do with nothing else to do, with the same lane as the service has. */
const bareHashes = (): Promise<Rate> =>
  rateOf(availableParallelism(), SECONDS, async () => {
    await hash('trois mots ici', { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  })

type Under = { service: Measured; product: Product; people: readonly string[] }

const personOf = ({ people }: Under, caller: number): string => people[caller % PEOPLE] ?? ''

/** Sign-ins beside the bare rate of hashes, which is measured before and after because machines drift. */
async function withPassword(under: Under): Promise<Line[]> {
  const { service, product } = under
  const before = await bareHashes()
  const began = service.processorMilliseconds()
  const signIns = await rateOf(
    CALLERS,
    SECONDS * 2,
    async (caller) => void (await signIn(service, product, personOf(under, caller))),
  )
  const costs = (service.processorMilliseconds() - began) / signIns.count
  const after = await bareHashes()
  const bare = (before.perSecond + after.perSecond) / 2
  const hashCosts = (1_000 * availableParallelism()) / bare
  return [
    rate('password hashes, nothing else', { ...before, perSecond: bare }),
    rate('sign-ins with password, to tokens', signIns),
    { what: '  of the bare hash rate', value: `${(signIns.perSecond / bare).toFixed(2).padStart(6)}` },
    {
      what: '  processor time of the service',
      value: `${costs.toFixed(1).padStart(6)} ms, ${hashCosts.toFixed(1)} ms of it the hash`,
    },
  ]
}

async function withoutPassword({ service, product, people }: Under): Promise<Line[]> {
  const browsers = await Promise.all(people.map((email) => signIn(service, product, email)))
  const silent = async (caller: number): Promise<Tokens> => {
    const browser = browsers[caller % PEOPLE]
    if (!browser) throw new Error('no browser')
    return silently(service, product, browser)
  }
  const tokens = await Promise.all(people.map((_, caller) => silent(caller)))
  const tokenOf = (caller: number, kind: keyof Tokens): string => tokens[caller % PEOPLE]?.[kind] ?? ''
  const works: Record<string, (caller: number) => Promise<unknown>> = {
    'silent sign-ins, to tokens': silent,
    refreshes: (caller) =>
      tokenRequest(service, product, { grant_type: 'refresh_token', refresh_token: tokenOf(caller, 'refresh_token') }),
    'client credentials': () => tokenRequest(service, product, { grant_type: 'client_credentials' }),
    introspections: (caller) =>
      tokenRequest(service, product, { token: tokenOf(caller, 'access_token') }, 'introspect'),
    'sign-in pages': async () => (await fetch(`${service.url}/sign-in`)).text(),
  }
  const lines: Line[] = []
  for (const [what, work] of Object.entries(works))
    lines.push(rate(what, await rateOf(CALLERS, SECONDS, async (caller) => void (await work(caller)))))
  return lines
}

async function firstPageKilobytes({ url }: Measured): Promise<number> {
  const html = await (await fetch(`${url}/sign-in`)).text()
  const css = await (await fetch(url + (/href="(\/assets\/style[^"]*)"/.exec(html)?.[1] ?? ''))).text()
  return (Buffer.byteLength(html) + gzipSync(css).length) / 1_000
}

/** With PostgreSQL alone: into the embedded database so many would be coming for minutes. */
async function withManyAccounts(service: Measured): Promise<Line[]> {
  const seconds = await importPeople(service)
  const found = await searches(service, SECONDS)
  return [
    { what: '100,000 accounts, imported in', value: `${seconds.toFixed(0).padStart(6)} s` },
    rate('searches among them', found),
  ]
}

/** With the limits as they are, in a service of its own. */
async function underAttack(databaseUrl: string | undefined): Promise<Line[]> {
  const folder = temporaryFolder()
  const service = await startService(folder, databaseUrl, DEFENDED)
  try {
    const { alone, attacked, attack } = await signInsUnderAttack(service, await registerProduct(service), SECONDS)
    return [
      rate('sign-ins where people are known', alone),
      rate('the same under attack', attacked),
      rate('the attack, from as many networks', attack),
    ]
  } finally {
    await service.stop()
    removeFolder(folder)
  }
}

async function measure(databaseUrl: string | undefined): Promise<Line[]> {
  const folder = temporaryFolder()
  await (await startService(folder, databaseUrl)).stop()
  const service = await startService(folder, databaseUrl)
  try {
    const idle = service.residentMegabytes()
    const people = Array.from({ length: PEOPLE }, (_, n) => `bench${n}@exemple.ca`)
    const under = { service, people, product: await registerProduct(service) }
    for (const email of people) await createAccount(service, email)
    const figure = (what: string, value: string, unit: string) => ({ what, value: `${value.padStart(6)} ${unit}` })
    return [
      ...(await withPassword(under)),
      ...(await withoutPassword(under)),
      figure('start on existing data', service.startSeconds.toFixed(2), 's'),
      figure('memory, idle', idle.toFixed(0), 'MB'),
      figure('memory, after all this', service.residentMegabytes().toFixed(0), 'MB'),
      figure('first page with its stylesheet', (await firstPageKilobytes(service)).toFixed(1), 'kB'),
      ...(databaseUrl ? await withManyAccounts(service) : []),
    ]
  } finally {
    await service.stop()
    removeFolder(folder)
  }
}

const databases: Record<string, string | undefined> = { 'the embedded database': undefined }
if (process.env.PASSERELLE_TEST_DATABASE_URL) databases.PostgreSQL = process.env.PASSERELLE_TEST_DATABASE_URL
for (const [name, url] of Object.entries(databases)) {
  process.stdout.write(`\nOn ${name}, ${availableParallelism()} processors, Node.js ${process.versions.node}\n\n`)
  for (const { what, value } of [...(await measure(url)), ...(await underAttack(url))])
    process.stdout.write(`  ${what.padEnd(36)} ${value}\n`)
}
