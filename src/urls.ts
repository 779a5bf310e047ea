/** Every path of the service that a person or a link can come to. Those of the protocol stand in oidc/. */
export const urls = {
  signIn: '/sign-in',
  signUp: '/sign-up',
  verify: '/verify',
  resendCode: '/verify/resend',
  forgot: '/forgot',
  forgotSent: '/forgot/sent',
  reset: '/reset',
  chooseAccount: '/choose-account',
  consent: '/consent',
  signOut: '/sign-out',
  signedOut: '/signed-out',
  device: '/device',
  deviceConnected: '/device/connected',
  continue: '/continue',
  language: '/language',
  confirm: '/confirm',
  confirmResend: '/confirm/resend',
  notMe: '/not-me',
  unblock: '/unblock',
  undo: '/undo',
  account: '/account',
  profile: '/account/profile',
  email: '/account/email',
  password: '/account/password',
  sessions: '/account/sessions',
  products: '/account/products',
  activity: '/account/activity',
  privacy: '/account/privacy',
} as const

/** A path with its query; what is undefined is left out. */
export function at(path: string, query: Record<string, string | undefined> = {}): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}
