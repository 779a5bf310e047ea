/** When the protocol needs a page (`prompt`, `max_age`, `acr_values` and what the account asks for). */
import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { levelOf, reaches, wantedOf } from '../../core/session/level.ts'
import { type Session, sessionOfRow } from '../../core/session/session.ts'
import { isHeldUp, needsBetterPassword } from '../../journey/journey.ts'
import type { Asks } from '../../journey/next-step.ts'
import { epochSeconds } from '../../platform/clock.ts'
import { sessionRead } from '../adapter/sessions.ts'
import { isUnclaimed } from '../bridge.ts'
import type { Needs } from '../needs.ts'

function sessionOf(needs: Needs, ctx: object): Session | undefined {
  const row = sessionRead(ctx)
  return row && sessionOfRow(needs, row)
}

/** The protocol's own checks say that a page is needed; which page is decided by the journey alone. */
export function policy(needs: Needs) {
  const { clock } = needs
  const { Check, Prompt, base } = interactionPolicy
  const prompts = base()
  const login = prompts.get('login')
  login?.checks.remove('max_age')
  login?.checks.remove('essential_acr')
  login?.checks.remove('essential_acrs')
  login?.checks.add(
    new Check('too_long_ago', 'the person signed in too long ago', 'login_required', ({ oidc }) => {
      const { max_age: maxAge } = oidc.params ?? {}
      if (maxAge === undefined || oidc.result?.login) return Check.NO_NEED_TO_PROMPT
      const age = epochSeconds(clock.now()) - (oidc.session?.loginTs ?? 0)
      return age > Number(maxAge) ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT
    }),
  )
  login?.checks.add(
    new Check('level', 'more has to be proved', 'unmet_authentication_requirements', ({ oidc }) => {
      if (!oidc.session?.accountId || oidc.result?.login) return Check.NO_NEED_TO_PROMPT
      const isReached = reaches(levelOf(oidc.session.amr ?? []), wantedOf(`${oidc.params?.acr_values ?? ''}`))
      return isReached ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT
    }),
  )
  const closing = new Check('closing', 'the account is about to close', 'interaction_required', (ctx) =>
    sessionOf(needs, ctx)?.closing ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
  )
  prompts.add(new Prompt({ name: 'keep_account', requestable: false }, closing), 1)
  for (const prompt of heldUpBy(needs)) prompts.add(prompt, 1)
  // In its place the journey shows who asks, and for which account.
  prompts.get('consent')?.checks.remove('native_client_prompt')
  const unclaimed = new Check(
    'unclaimed',
    'the person has to see who asks',
    'interaction_required',
    async ({ oidc }) => {
      if (!oidc.session?.accountId || oidc.result?.login) return Check.NO_NEED_TO_PROMPT
      return isUnclaimed(await needs.catalogue.find(oidc.client?.clientId ?? ''), oidc.params?.redirect_uri)
    },
  )
  prompts.add(new Prompt({ name: 'unclaimed', requestable: false }, unclaimed), 1)
  prompts.add(new Prompt({ name: 'select_account', requestable: true }), 0)
  prompts.add(new Prompt({ name: 'create', requestable: true }), 0)
  return prompts
}

/** What whoever is signed in already would not come to the journey for otherwise. */
function heldUpBy(needs: Needs) {
  const { Check, Prompt } = interactionPolicy
  const asksOf = (ctx: KoaContextWithOIDC): Asks => ({ silent: ctx.oidc.promptPending('none') })
  const better = new Check('better_password', 'a better password is needed', 'interaction_required', (ctx) => {
    const session = sessionOf(needs, ctx)
    return session !== undefined && needsBetterPassword(needs, session, asksOf(ctx))
  })
  const second = new Check('second_way', 'a second way to sign in is needed', 'interaction_required', async (ctx) => {
    const session = sessionOf(needs, ctx)
    return session !== undefined && isHeldUp(needs, session, asksOf(ctx), ctx.oidc.client?.clientId ?? '')
  })
  return [
    new Prompt({ name: 'second_way', requestable: false }, second),
    new Prompt({ name: 'better_password', requestable: false }, better),
  ]
}
