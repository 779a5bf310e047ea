/**
 * The table of contents: every page in the order a person meets it, every letter, text and job. What is not named here
 * is not there.
 */

import { getRequestListener } from '@hono/node-server'
import { expiring, jobs } from './app/by-itself.ts'
import { letters } from './app/every-letter.ts'
import { phoneMessages } from './app/every-phone-message.ts'
import { watch } from './app/watch.ts'
import { CHECKPOINT_EVERY, keeperOf, writeCheckpoint } from './core/events/audit-log/checkpoints.ts'
import { troubles } from './journey/errors/error-pages.tsx'
import { journeys } from './journey/routes.tsx'
import { rotateKeys } from './oidc/keys/keys.ts'
import { listKeys } from './oidc/keys/store.ts'
import { everyPath, servesProtocol } from './oidc/paths.ts'
import { makeProtocol, type Protocol } from './oidc/provider.ts'
import { accounts } from './operator/accounts/routes.ts'
import { operatorApi } from './operator/api.ts'
import { audit } from './operator/audit/routes.ts'
import { health } from './operator/health/routes.ts'
import { keys } from './operator/keys/routes.ts'
import type { SigningKeys } from './operator/keys/rules.ts'
import { policy } from './operator/policy/routes.ts'
import { products } from './operator/products/routes.ts'
import { support } from './operator/support/routes.ts'
import { larger, transfer } from './operator/transfer/routes.ts'
import { minutes, seconds } from './platform/clock.ts'
import { clearAway } from './platform/database/clear-away.ts'
import { mailCarrier } from './platform/mail/carrier.ts'
import type { Mailer } from './platform/mail/mail.ts'
import { makeDispatcher } from './platform/outbox/dispatcher.ts'
import { jobCarrier } from './platform/outbox/jobs.ts'
import { phoneCarrier } from './platform/phone/carrier.ts'
import { noPhone, type Phone } from './platform/phone/phone.ts'
import { type Front, makeServer } from './platform/web/server.ts'
import { assetRoutes } from './platform/web/static.ts'
import { guardForms, pageVariables, webRoutes } from './platform/web/web.ts'
import { activity } from './portal/activity/routes.tsx'
import { changeEmail } from './portal/change-email/routes.tsx'
import { changingPassword } from './portal/change-password/routes.tsx'
import { contacts } from './portal/contacts/routes.tsx'
import { factors } from './portal/factors/routes.tsx'
import { keepAccount } from './portal/keep-account/routes.tsx'
import { overview } from './portal/overview/routes.tsx'
import { passkeys } from './portal/passkeys/routes.tsx'
import { privacy } from './portal/privacy/routes.tsx'
import { usedProducts } from './portal/products/routes.tsx'
import { profile } from './portal/profile/routes.tsx'
import { recoveryCodes } from './portal/recovery-codes/routes.tsx'
import { review } from './portal/review/routes.tsx'
import { sessions } from './portal/sessions/routes.tsx'
import { twoStep } from './portal/two-step/routes.tsx'
import { withoutPhone } from './portal/without-phone/routes.tsx'
import { betterPassword } from './sign-in/better-password/routes.tsx'
import { chooseAccount } from './sign-in/choose-account/routes.tsx'
import { choosingLanguage } from './sign-in/choose-language/routes.tsx'
import { confirmSignIn } from './sign-in/confirm-sign-in/routes.tsx'
import { consent } from './sign-in/consent/routes.tsx'
import { forgotPassword } from './sign-in/forgot-password/routes.tsx'
import { lostWays } from './sign-in/lost-ways/routes.tsx'
import { newPassword } from './sign-in/new-password/routes.tsx'
import { notMine } from './sign-in/not-me/routes.tsx'
import { offerPasskey } from './sign-in/offer-passkey/routes.tsx'
import { passkey } from './sign-in/passkey/routes.ts'
import { password } from './sign-in/password/routes.tsx'
import { secondStep } from './sign-in/second-step/routes.tsx'
import { secondWay } from './sign-in/second-way/routes.tsx'
import { signingOut } from './sign-in/sign-out/routes.tsx'
import { signUp } from './sign-in/sign-up/routes.tsx'
import { unblock } from './sign-in/unblock/routes.tsx'
import { undoEmailChange } from './sign-in/undo-email-change/routes.tsx'
import type { World } from './world.ts'

/** What a person sees. */
export function pages(world: World, protocol: Protocol) {
  const needs = {
    ...world,
    answer: protocol.answer,
    refuse: protocol.refuse,
  }
  return webRoutes()
    .onError(troubles(needs))
    .notFound((c) => troubles(needs)(undefined, c))
    .use(pageVariables(needs), guardForms(needs))
    .get('/', (c) => c.redirect('/account', 303))
    .route('/', password(needs))
    .route('/', passkey(needs))
    .route('/', signUp(needs))
    .route('/', forgotPassword(needs))
    .route('/', newPassword(needs))
    .route('/', confirmSignIn(needs))
    .route('/', secondStep(needs))
    .route('/', lostWays(needs))
    .route('/', unblock(needs))
    .route('/', notMine(needs))
    .route('/', undoEmailChange(needs))
    .route('/', chooseAccount(needs))
    .route('/', keepAccount(needs))
    .route('/', betterPassword(needs))
    .route('/', secondWay(needs))
    .route('/', offerPasskey(needs))
    .route('/', consent(needs))
    .route('/', journeys(needs))
    .route('/', signingOut(needs))
    .route('/', choosingLanguage(needs))
    .route('/', overview(needs))
    .route('/', activity(needs))
    .route('/', review(needs))
    .route('/', changeEmail(needs))
    .route('/', privacy(needs))
    .route('/', profile(needs))
    .route('/', factors(needs))
    .route('/', contacts(needs))
    .route('/', withoutPhone(needs))
    .route('/', twoStep(needs))
    .route('/', passkeys(needs))
    .route('/', recoveryCodes(needs))
    .route('/', sessions(needs))
    .route('/', usedProducts(needs))
    .route('/', changingPassword(needs))
}

/** What the operator's programs ask for: whoever acts has the one token that there is. */
export function api(service: World, protocol: Protocol) {
  const byToken = { kind: 'api-token', id: 'admin' } as const
  const world: World = { ...service, actorOf: (asking) => ({ ...service.actorOf(asking), ...byToken }) }
  const signing: SigningKeys = {
    list: () => listKeys(world.db),
    rotate: (alsoWithin) => rotateKeys(world, alsoWithin),
    follow: protocol.followKeys,
  }
  // The paths of the transfer are more exact than those of one account, so that they come first.
  const parts = [
    products(world),
    keys({ ...world, keys: signing }),
    audit(world),
    policy(world),
    support(world),
    transfer(world),
    accounts(world),
  ]
  return operatorApi(world, parts, larger)
}

export type Given = { mailer: Mailer; phone?: Phone; ping(): Promise<void>; extra?: Front['handlers'] }
export type App = Awaited<ReturnType<typeof makeApp>>

/** The service, ready to listen. `extra` handlers come first: the aids of development. */
export async function makeApp(world: World, { mailer, phone = noPhone, ping, extra = [] }: Given) {
  const [protocol] = await Promise.all([makeProtocol(world), world.policies.follow()])
  const dispatcher = makeDispatcher(world, {
    mail: mailCarrier(mailer, letters),
    sms: phoneCarrier(phone, 'sms', phoneMessages(world)),
    voice: phoneCarrier(phone, 'voice', phoneMessages(world)),
    job: jobCarrier(world.db, jobs(world)),
    logout: protocol.sendLogout,
  })
  world.onPosted(dispatcher.nudge)
  const [everything, operators] = [pages(world, protocol), api(world, protocol)]
  const plain = health(world, { ping }).route('/', assetRoutes(world.assets))
  const paths = [everything, operators, plain].flatMap((part) => part.routes.map(({ path }) => path))
  const server = makeServer({
    ...world,
    seen: watch(world, [...paths, ...everyPath]),
    handlers: [
      ...extra,
      { serves: servesProtocol, handle: protocol.handle },
      { serves: (path) => /^\/(assets|health|metrics)(\/|$)/.test(path), handle: getRequestListener(plain.fetch) },
      { serves: (path) => path.startsWith('/api/'), handle: getRequestListener(operators.fetch) },
      { serves: () => true, handle: getRequestListener(everything.fetch) },
    ],
  })
  const every = (pause: { ms: number }, work: () => Promise<unknown>, what: string) =>
    setInterval(() => void work().catch((error: unknown) => world.log.error({ err: error }, what)), pause.ms).unref()
  const timers: NodeJS.Timeout[] = []
  const keep = keeperOf(world.auditCheckpoints)
  const unsigned = 'the checkpoint of the audit log could not be written'

  return {
    server,
    protocol,
    dispatcher,
    start() {
      dispatcher.start()
      timers.push(every(seconds(5), protocol.followKeys, 'the keys could not be read'))
      timers.push(every(minutes(1), () => clearAway(world, expiring(world)), 'what expired could not be deleted'))
      timers.push(every(seconds(5), world.policies.follow, 'the password policy could not be read'))
      timers.push(every(seconds(2), world.suspects.follow, 'the suspicions could not be read'))
      timers.push(every(CHECKPOINT_EVERY, () => writeCheckpoint(world, keep), unsigned))
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await dispatcher.stop(seconds(10))
      await writeCheckpoint(world, keep, true).catch((err: unknown) => world.log.error({ err }, unsigned))
      await mailer.close()
    },
  }
}
