/** docs/journeys.md: what a person meets, worked out from the list of steps itself. */
import { seconds } from '../platform/clock.ts'
import { type Asks, type Facts, nextStep, type Step, steps } from './next-step.ts'

const NOW = new Date('2030-01-01T12:00:00Z')
const anHourAgo = { authenticatedAt: new Date('2030-01-01T11:00:00Z') }

const inAWeek = { by: new Date('2030-01-08T12:00:00Z'), later: false }
const yesterday = { by: new Date('2029-12-31T12:00:00Z'), later: true }

const requests: readonly { what: string; asks: Asks; short?: Facts['betterPassword'] }[] = [
  { what: 'a plain request, or a page of the account', asks: {} },
  { what: '`prompt=login`', asks: { signIn: true } },
  { what: '`prompt=create`', asks: { signUp: true } },
  { what: '`prompt=select_account`', asks: { choose: true } },
  { what: '`max_age=600`', asks: { maxAge: seconds(600) } },
  { what: '`prompt=none`', asks: { silent: true } },
  { what: 'a plain request, the password falls short', asks: {}, short: inAWeek },
  { what: '`prompt=none`, the password falls short, which may be put off', asks: { silent: true }, short: inAWeek },
  { what: '`prompt=none`, the password falls short, and the time is up', asks: { silent: true }, short: yesterday },
]

const afterStep: Record<Step, (facts: Facts) => Facts> = {
  'sign-in': (facts) => ({ ...facts, session: { authenticatedAt: NOW }, proved: { ...facts.proved, identity: true } }),
  'sign-up': (facts) => ({ ...facts, session: { authenticatedAt: NOW }, proved: { ...facts.proved, identity: true } }),
  'choose-account': (facts) => ({ ...facts, proved: { ...facts.proved, choice: true } }),
  'better-password': (facts) => ({ ...facts, betterPassword: undefined }),
  consent: (facts) => ({ ...facts, proved: { ...facts.proved, consent: true } }),
}

/** The pages from a request to its answer, in words. */
function way(asks: Asks, betterPassword: Facts['betterPassword'], session: Facts['session'], consentNeeded: boolean) {
  let facts: Facts = {
    now: NOW,
    asks,
    session,
    consentNeeded,
    betterPassword,
    proved: { identity: false, choice: false, consent: false },
  }
  const pages: string[] = []
  for (;;) {
    const next = nextStep(facts)
    if (next.go === 'refuse') return `\`${next.error}\``
    if (next.go === 'on') return pages.length === 0 ? 'straight back' : `${pages.join(' → ')} → back`
    pages.push(next.step)
    facts = afterStep[next.step](facts)
  }
}

export function describeJourneys(): string {
  const list = steps.map(({ step, refusal }, at) => `| ${at + 1} | ${step} | \`${refusal}\` |`)
  const ways = requests.map(
    ({ what, asks, short }) =>
      `| ${what} | ${way(asks, short, undefined, false)} | ${way(asks, short, anHourAgo, false)} | ${way(asks, short, undefined, true)} | ${way(asks, short, anHourAgo, true)} |`,
  )
  return `# Journeys

Made from \`src/journey/next-step.ts\` by \`npm run golden\`. A journey is a request that waits until a person has proved what
it needs. After every proof the first step of this list that is still needed is shown; when none is, the request goes on.

| order | step | what a silent request is answered |
|---|---|---|
${list.join('\n')}

Which pages a person sees, without a session and with one that began an hour ago:

| request | signed out | signed in | third party, signed out | third party, signed in |
|---|---|---|---|---|
${ways.join('\n')}
`
}
