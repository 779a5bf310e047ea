/** The paths of the protocol. Discovery tells them; nobody should need to know them otherwise. */
import { urls } from '../urls.ts'

export const routes = {
  authorization: '/oidc/authorize',
  pushed_authorization_request: '/oidc/par',
  token: '/oidc/token',
  userinfo: '/oidc/userinfo',
  jwks: '/oidc/jwks',
  introspection: '/oidc/introspect',
  revocation: '/oidc/revoke',
  device_authorization: '/oidc/device-authorization',
  code_verification: '/device',
  end_session: '/oidc/sign-out',
} as const

export const servesProtocol = (path: string): boolean =>
  path.startsWith('/oidc/') ||
  path === routes.code_verification ||
  path.startsWith(`${routes.code_verification}/`) ||
  path === '/.well-known/openid-configuration' ||
  path === '/.well-known/oauth-authorization-server'

const INTERACTION = /(\/oidc\/authorize\/|\/device\/).+/

/** A path as it may be written down: without its query, and without the name of a request in flight, a cookie's value. */
export function pathToLog(url = ''): string {
  const path = url.split('?')[0] ?? ''
  return path === urls.deviceConnected ? path : path.replace(INTERACTION, '$1…')
}
