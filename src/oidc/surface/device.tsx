/** Connecting a device (RFC 8628, section 3.3). */
import type { Client } from 'oidc-provider'
import { urls } from '../../urls.ts'
import type { Needs } from '../needs.ts'
import { DeviceDonePage, DeviceFormPage, type DeviceProblem, DeviceQuestionPage } from '../pages.tsx'
import { routes } from '../paths.ts'
import { type Ctx, frameOf, goTo, send } from './frame.ts'

const secretOf = (ctx: Ctx): string => {
  const secret = ctx.oidc.session?.state?.secret
  return typeof secret === 'string' ? secret : ''
}

type Refusal = Error & { userCode?: string }

const problems: Readonly<Record<string, DeviceProblem>> = {
  NoCodeError: 'missing',
  NotFoundError: 'problem',
  ExpiredError: 'problem',
  AlreadyUsedError: 'problem',
  AbortedError: 'refused',
}

/** Where a device's code is typed. What cannot go on begins anew: the page itself is the way on. */
export function deviceForm(needs: Needs, ctx: Ctx, refusal: Refusal | undefined): void {
  if (refusal?.name === 'SessionNotFound') {
    goTo(ctx, urls.device)
    return
  }
  const page = (
    <DeviceFormPage
      frame={frameOf(needs, ctx)}
      action={routes.code_verification}
      xsrf={secretOf(ctx)}
      typed={refusal?.userCode ?? ''}
      problem={refusal && (problems[refusal.name] ?? 'again')}
    />
  )
  send(ctx, page, refusal && refusal.name !== 'AbortedError' ? 422 : 200)
}

export function deviceQuestion(needs: Needs, ctx: Ctx, client: Client, code: string): void {
  const page = (
    <DeviceQuestionPage
      frame={frameOf(needs, ctx)}
      action={routes.code_verification}
      xsrf={secretOf(ctx)}
      product={client.clientName ?? client.clientId}
      code={code}
      typed={code}
    />
  )
  send(ctx, page)
}

export const deviceDone = (needs: Needs, ctx: Ctx): void => send(ctx, <DeviceDonePage frame={frameOf(needs, ctx)} />)
