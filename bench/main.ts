/**
 * The capacity of one machine, as a table: `npm run bench`. Rates are meant to be compared within one run, above all
 * sign-ins with the bare rate of password hashes, which is the most any service of this cost could do.
 */
import { availableParallelism } from 'node:os'
import { gzipSync } from 'node:zlib'
import { hash } from '@node-rs/argon2'
import { type Rate, rateOf } from './load.ts'
import { createAccount, registerProduct, signIn, silently, tokenRequest } from './people.ts'
import { removeFolder, startService, temporaryFolder } from './service.ts'

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

async function measure(databaseUrl: string | undefined): Promise<Line[]> {
  const folder = temporaryFolder()
  const lines: Line[] = []
  const first = await startService(folder, databaseUrl)
  await first.stop()
  const service = await startService(folder, databaseUrl)
  try {
    const idle = service.residentMegabytes()
    const product = await registerProduct(service)
    const people = Array.from({ length: PEOPLE }, (_, n) => `bench${n}@exemple.ca`)
    for (const email of people) await createAccount(service, email)
    const person = (caller: number) => people[caller % PEOPLE] ?? ''
    const before = await bareHashes()
    const signIns = await rateOf(CALLERS, SECONDS * 2, async (caller) => void (await signIn(service, product, person(caller))))
    const after = await bareHashes()
    const bare = (before.perSecond + after.perSecond) / 2
    lines.push(rate('password hashes, nothing else', { ...before, perSecond: bare }))
    lines.push(rate('sign-ins with password, to tokens', signIns))
    lines.push({ what: '  of the bare hash rate', value: `${(signIns.perSecond / bare).toFixed(2).padStart(6)}` })

    const browsers = await Promise.all(people.map((email) => signIn(service, product, email)))
    const silent = async (caller: number) => {
      const browser = browsers[caller % PEOPLE]
      if (!browser) throw new Error('no browser')
      return silently(service, product, browser)
    }
    lines.push(rate('silent sign-ins, to tokens', await rateOf(CALLERS, SECONDS, async (caller) => void (await silent(caller)))))
    const tokens = await Promise.all(people.map((_, caller) => silent(caller)))
    const refresh = async (caller: number) => {
      const refresh_token = tokens[caller % PEOPLE]?.refresh_token ?? ''
      await tokenRequest(service, product, { grant_type: 'refresh_token', refresh_token })
    }
    lines.push(rate('refreshes', await rateOf(CALLERS, SECONDS, refresh)))
    const ownTokens = async () => void (await tokenRequest(service, product, { grant_type: 'client_credentials' }))
    lines.push(rate('client credentials', await rateOf(CALLERS, SECONDS, ownTokens)))
    const introspect = async (caller: number) =>
      void (await tokenRequest(service, product, { token: tokens[caller % PEOPLE]?.access_token ?? '' }, 'introspect'))
    lines.push(rate('introspections', await rateOf(CALLERS, SECONDS, introspect)))
    const page = async () => void (await (await fetch(`${service.url}/sign-in`)).text())
    lines.push(rate('sign-in pages', await rateOf(CALLERS, SECONDS, page)))

    const html = await (await fetch(`${service.url}/sign-in`)).text()
    const css = await (await fetch(service.url + (/href="(\/assets\/style[^"]*)"/.exec(html)?.[1] ?? ''))).text()
    const weight = Buffer.byteLength(html) + gzipSync(css).length
    lines.push({ what: 'start on existing data', value: `${service.startSeconds.toFixed(2).padStart(6)} s` })
    lines.push({ what: 'memory, idle', value: `${idle.toFixed(0).padStart(6)} MB` })
    lines.push({ what: 'memory, after all this', value: `${service.residentMegabytes().toFixed(0).padStart(6)} MB` })
    lines.push({ what: 'first page with its stylesheet', value: `${(weight / 1_000).toFixed(1).padStart(6)} kB` })
    return lines
  } finally {
    await service.stop()
    removeFolder(folder)
  }
}

const databases: Record<string, string | undefined> = { 'the embedded database': undefined }
if (process.env['PASSERELLE_TEST_DATABASE_URL']) databases['PostgreSQL'] = process.env['PASSERELLE_TEST_DATABASE_URL']
for (const [name, url] of Object.entries(databases)) {
  process.stdout.write(`\nOn ${name}, ${availableParallelism()} processors, Node.js ${process.versions.node}\n\n`)
  for (const { what, value } of await measure(url)) process.stdout.write(`  ${what.padEnd(36)} ${value}\n`)
}
