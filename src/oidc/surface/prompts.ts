/** When the protocol needs a page: when the journey's list of steps says so, which alone decides. */
import { interactionPolicy } from 'oidc-provider'
import { decisionOn } from '../bridge.ts'
import type { ProtocolNeeds } from '../needs.ts'

/** The prompts of the library stay for the values of `prompt` they stand for, and to guard what was answered. */
export function policy(needs: ProtocolNeeds) {
  const { Check, Prompt, base } = interactionPolicy
  const prompts = base()
  const [login, consent] = [prompts.get('login'), prompts.get('consent')]
  for (const check of ['max_age', 'essential_acr', 'essential_acrs']) login?.checks.remove(check)
  consent?.checks.remove('native_client_prompt')
  for (const name of ['select_account', 'create']) prompts.add(new Prompt({ name, requestable: true }), 0)
  const checks = needs.steps.map(
    (step) =>
      new Check(step.name, `the next step is ${step.name}`, step.refusal, async (ctx) => {
        const { next } = await decisionOn(needs, ctx)
        return next.go !== 'on' && next.step === step
      }),
  )
  prompts.add(new Prompt({ name: 'journey', requestable: false }, ...checks), 0)
  return prompts
}
