/** docs/journeys.md: what a person meets, worked out from the list of steps itself. */

import { type Asks, type Facts, nextStep, STEPS } from '../journey/next-step.ts'
import { seconds } from '../platform/clock.ts'

const NOW = new Date('2030-01-01T12:00:00Z')
const anHourAgo = { authenticatedAt: new Date('2030-01-01T11:00:00Z') }

const inAWeek = { by: new Date('2030-01-08T12:00:00Z'), postponed: false }
const postponed = { ...inAWeek, postponed: true }
const yesterday = { by: new Date('2029-12-31T12:00:00Z'), postponed: true }

const requests: readonly { what: string; asks: Asks; more?: Partial<Facts> }[] = [
  { what: 'a plain request, or a page of the account', asks: {} },
  { what: '`prompt=login`', asks: { signIn: true } },
  { what: '`prompt=create`', asks: { signUp: true } },
  { what: '`prompt=select_account`', asks: { choose: true } },
  { what: 'a native application without an https redirect', asks: { confirm: true } },
  { what: 'the same, `prompt=none`', asks: { confirm: true, silent: true } },
  { what: '`max_age=600`', asks: { maxAge: seconds(600) } },
  { what: '`prompt=none`', asks: { silent: true } },
  { what: 'a plain request, the account is about to close', asks: {}, more: { closing: true } },
  { what: '`prompt=none`, the account is about to close', asks: { silent: true }, more: { closing: true } },
  { what: 'a plain request, the password falls short', asks: {}, more: { betterPassword: inAWeek } },
  { what: 'a plain request, a passkey is offered', asks: {}, more: { offerPasskey: true } },
  {
    what: '`prompt=none`, the password falls short, which may be put off',
    asks: { silent: true },
    more: { betterPassword: inAWeek },
  },
  {
    what: '`prompt=none`, the password falls short, and the time is up',
    asks: { silent: true },
    more: { betterPassword: yesterday },
  },
  {
    what: 'a higher `acr` is asked for than the session has',
    asks: {},
    more: { acrUnmet: true, stepUpNeeded: true },
  },
  {
    what: '`prompt=none`, a higher `acr` is asked for than the session has',
    asks: { silent: true },
    more: { acrUnmet: true, stepUpNeeded: true },
  },
  { what: 'a plain request, a second way is required', asks: {}, more: { secondFactor: inAWeek } },
  {
    what: 'a plain request, a second way is required, put off until the day',
    asks: {},
    more: { secondFactor: postponed },
  },
  {
    what: '`prompt=none`, a second way is required, which may be put off',
    asks: { silent: true },
    more: { secondFactor: inAWeek },
  },
  {
    what: '`prompt=none`, a second way is required, and the time is up',
    asks: { silent: true },
    more: { secondFactor: yesterday },
  },
]

/** The pages from a request to its answer, in words. */
function way(asks: Asks, more: Partial<Facts>, session: Facts['session'], consentNeeded: boolean): string {
  let facts: Facts = {
    now: NOW,
    asks,
    session,
    consentNeeded,
    passwordProved: false,
    stepUpNeeded: false,
    acrUnmet: false,
    closing: false,
    betterPassword: undefined,
    secondFactor: undefined,
    offerPasskey: false,
    proved: { account: false, identity: false, choice: false, consent: false },
    ...more,
  }
  const pages: string[] = []
  for (;;) {
    const next = nextStep(facts)
    if (next.go === 'refuse') return `\`${next.step.refusal}\``
    if (next.go === 'on') return pages.length === 0 ? 'straight back' : `${pages.join(' → ')} → back`
    pages.push(next.step.name)
    facts = next.step.done(facts)
  }
}

export function describeJourneys(): string {
  const list = STEPS.map(({ name, refusal }, at) => `| ${at + 1} | ${name} | \`${refusal}\` |`)
  const ways = requests.map(
    ({ what, asks, more = {} }) =>
      `| ${what} | ${way(asks, more, undefined, false)} | ${way(asks, more, anHourAgo, false)} | ${way(asks, more, undefined, true)} | ${way(asks, more, anHourAgo, true)} |`,
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
