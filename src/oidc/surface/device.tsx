/** Connecting a device (RFC 8628, section 3.3). */
import type { Client } from 'oidc-provider'
import type { Frame } from '../../ui/frame.ts'
import { urls } from '../../urls.ts'
import type { ProtocolNeeds } from '../needs.ts'
import { DeviceDonePage, DeviceFormPage, type DeviceProblem, DeviceQuestionPage } from '../pages.tsx'
import { routes } from '../paths.ts'
import { type Ctx, frameOf, goTo, type Next, send } from './frame.ts'

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

/**
 * Where a device's code is typed. What cannot go on begins anew: the page itself is the way on. After a change of
 * language the page it was made on comes back, be it the question.
 */
export async function deviceForm(needs: ProtocolNeeds, ctx: Ctx, refusal: Refusal | undefined): Promise<void> {
  if (refusal?.name === 'SessionNotFound') {
    goTo(ctx, urls.device)
    return
  }
  const frame = frameOf(needs, ctx)
  const asked = refusal ? undefined : await askedAbout(needs, ctx, frame)
  if (asked) {
    showQuestion(needs, ctx, frame, asked)
    return
  }
  const page = (
    <DeviceFormPage
      frame={frame}
      action={routes.code_verification}
      xsrf={secretOf(ctx)}
      typed={refusal?.userCode ?? ''}
      problem={refusal && (problems[refusal.name] ?? 'again')}
    />
  )
  send(ctx, page, refusal && refusal.name !== 'AbortedError' ? 422 : 200)
}

type DeviceRequest = { client: Client; code: string }

/** What a question carries along: that this browser was asked about this code, so that nobody guesses codes here. */
const questionMark = (frame: Frame, code: string): [value: string, purpose: string] => [
  `${frame.csrf} ${code}`,
  'device question',
]

/** What the question was about when the language was changed there; nothing where the device waits no longer. */
async function askedAbout({ keyring }: ProtocolNeeds, { oidc }: Ctx, frame: Frame): Promise<DeviceRequest | undefined> {
  const { user_code: code = '', question = '' } = frame.draft
  if (!keyring.fits(...questionMark(frame, code), question)) return undefined
  const { DeviceCode, Client } = oidc.provider
  const device = await DeviceCode.findByUserCode(code.replaceAll(/\W/g, ''))
  if (!device?.isValid || device.error || device.accountId || device.inFlight || !device.clientId) return undefined
  const client = await Client.find(device.clientId)
  return client && { client, code }
}

function showQuestion({ keyring }: ProtocolNeeds, ctx: Ctx, frame: Frame, { client, code }: DeviceRequest): void {
  const page = (
    <DeviceQuestionPage
      frame={frame}
      action={routes.code_verification}
      xsrf={secretOf(ctx)}
      product={client.clientName ?? client.clientId}
      code={code}
      question={keyring.mark(...questionMark(frame, code))}
    />
  )
  send(ctx, page)
}

export const deviceQuestion = (needs: ProtocolNeeds, ctx: Ctx, client: Client, code: string): void =>
  showQuestion(needs, ctx, frameOf(needs, ctx), { client, code })

/** A page of its own, which stays what it is when it is loaded again or in another language. */
export const deviceDone = (ctx: Ctx): void => goTo(ctx, urls.deviceConnected)

export const deviceConnected =
  (needs: ProtocolNeeds) =>
  async (ctx: Ctx, next: Next): Promise<void> => {
    if (ctx.path === urls.deviceConnected) send(ctx, <DeviceDonePage frame={frameOf(needs, ctx)} />)
    else await next()
  }
