/**
 * Where the protocol answers with a page that posts itself onward, by script: form_post answers to a product, a device's
 * code that came in the address. It is made a page of ours: in the person's language, with a button for who has no
 * script, and with leave to go where it goes.
 */
import { contentSecurityPolicy } from '../../platform/web/headers.ts'
import { urls } from '../../urls.ts'
import type { ProtocolNeeds } from '../needs.ts'
import { OnwardPage } from '../pages.tsx'
import { type Ctx, frameOf, goTo, type Next, send } from './frame.ts'
import { leave } from './sign-out.tsx'

/** Of a device, as the protocol writes it into `verification_uri_complete`; see `deviceFlow` of the configuration. */
const USER_CODE = /^[B-DF-HJ-NP-TV-XZ]{4}-?[B-DF-HJ-NP-TV-XZ]{4}$/i

export const formPostPage =
  (needs: ProtocolNeeds) =>
  async (ctx: Ctx, next: Next): Promise<void> => {
    await next()
    const found = typeof ctx.body === 'string' ? readForm(ctx.body) : undefined
    if (!found) return
    if (ctx.oidc.route === 'end_session') return leave(needs, ctx)
    const { action, script, values } = found
    // What is no code would be the sentence of a stranger on our page: so it is typed there, if it is one.
    if (ctx.oidc.route === 'code_verification' && !USER_CODE.test(values.user_code ?? '')) return goTo(ctx, urls.device)
    if (!action.startsWith(`${needs.origin}/`)) allow(ctx, action)
    send(ctx, <OnwardPage frame={frameOf(needs, ctx)} action={action} values={values} script={script} />, ctx.status)
  }

type Onward = { action: string; values: Record<string, string>; script: string }

/** The library's page, read; its script is taken as it is, since the policy of the page names its hash. */
function readForm(html: string): Onward | undefined {
  const [, script, action, inputs = ''] =
    /<script>(.*?)<\/script>.*<form method="post" action="([^"]*)">(.*)<noscript>/s.exec(html) ?? []
  if (script === undefined || action === undefined) return undefined
  const pairs = [...inputs.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g)]
  return {
    script,
    action: plain(action),
    values: Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, plain(value)])),
  }
}

const plain = (html: string): string =>
  html
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')

/** Lets the form of this answer lead to that address. */
function allow(ctx: Ctx, address: string): void {
  const policy = String(ctx.response.get('Content-Security-Policy'))
  const leads =
    contentSecurityPolicy([address])
      .split('; ')
      .find((directive) => directive.startsWith('form-action ')) ?? ''
  ctx.set(
    'Content-Security-Policy',
    policy
      .split(/; ?/)
      .map((directive) => (directive.startsWith('form-action ') ? leads : directive))
      .join('; '),
  )
}
