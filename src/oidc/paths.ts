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

const discovery = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']
export const everyPath: readonly string[] = [...Object.values(routes), ...discovery]

export const servesProtocol = (path: string): boolean =>
  path.startsWith('/oidc/') ||
  path === routes.code_verification ||
  path.startsWith(`${routes.code_verification}/`) ||
  discovery.includes(path)
