/** The paths of the protocol. Discovery tells them; nobody should need to know them otherwise. */
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

/** A path as it may be written down: without its query, and without the name of a request in flight, a cookie's value. */
export const pathToLog = (url = ''): string =>
  (url.split('?')[0] ?? '').replace(/(\/oidc\/authorize\/|\/device\/).+/, '$1…')
