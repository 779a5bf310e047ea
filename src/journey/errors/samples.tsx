/** Every trouble there is with a page. */
import { ledger, longProduct, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { type Trouble, TroublePage } from './pages.tsx'

const trouble =
  (kind: Trouble, way: string, more: { request?: string; reason?: string } = {}): PageSample =>
  (frame) => <TroublePage frame={frame} trouble={kind} way={way} {...more} />

const lost = trouble('lost', urls.signIn)
const stale = trouble('stale', urls.signUp)
const reason =
  'invalid_redirect_uri: redirect_uris must contain https://ledger.example/oidc/callback/of-the-production-environment?tenant=atelier-benali-and-daughters'

export const pages: Record<string, PageSample> = {
  lost,
  stale,
  'stale, a product waits': (frame) => stale({ ...frame, toward: ledger }),
  'cookies off': trouble('cookies', urls.signIn),
  'too large': trouble('too-large', urls.signUp),
  unreadable: trouble('unreadable', urls.signUp),
  busy: trouble('busy', urls.signIn),
  'busy, a product with a long name waits': (frame) => trouble('busy', urls.signIn)({ ...frame, toward: longProduct }),
  'not found': trouble('not-found', urls.signIn),
  'our fault': trouble('fault', urls.account, { request: 'req_01HZX3V8K7Q2M9N4P5R6S7T8W9' }),
  'request refused': trouble('request', urls.signIn, { reason: 'invalid_client: client is invalid' }),
  'request refused, long reason': trouble('request', urls.signIn, { reason }),
  expired: trouble('expired', urls.signIn),
}
