// @ts-check
// Asks the browser for a passkey, or to make one, and sends what it answers with the form. Without it the page says so.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-passkey]'))
const { ceremony, ask, failed = '' } = form?.dataset ?? {}

/** @param {string} text */
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0))
/** @param {ArrayBuffer | null | undefined} from */
const text = (from) =>
  from
    ? btoa(String.fromCharCode(...new Uint8Array(from)))
        .replace(/\+/g, '-')
        .replace(/\//g, '_')
        .replace(/=+$/, '')
    : undefined

/** What the service asks for, with bytes where it says base64url. */
function options() {
  const { challenge, user, allowCredentials = [], excludeCredentials = [], ...rest } = JSON.parse(ask ?? '')
  const known = (/** @type {{ id: string }[]} */ list) =>
    list.map((one) => ({ ...one, id: bytes(one.id), type: 'public-key' }))
  return {
    ...rest,
    challenge: bytes(challenge),
    ...(user
      ? { user: { ...user, id: bytes(user.id) }, excludeCredentials: known(excludeCredentials) }
      : { allowCredentials: known(allowCredentials) }),
  }
}

/** As JSON of WebAuthn Level 3, section 5.1. @param {any} credential */
const inJson = ({ id, rawId, type, response }) => {
  const { clientDataJSON, attestationObject, authenticatorData, signature, userHandle } = response
  return JSON.stringify({
    id,
    rawId: text(rawId),
    type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: text(clientDataJSON),
      attestationObject: text(attestationObject),
      transports: response.getTransports?.(),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: text(userHandle),
    },
  })
}

for (const way of document.querySelectorAll('[data-passkey-way]'))
  if (window.PublicKeyCredential) way.removeAttribute('hidden')

const says = /** @type {HTMLInputElement | null} */ (document.querySelector('[data-makes-passkeys]'))
const hasLock = says && window.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.()
hasLock?.then((has) => says.setAttribute('value', has ? 'yes' : 'no')).catch(() => {})

if (form && window.PublicKeyCredential) {
  const answer = /** @type {HTMLInputElement} */ (form.elements.namedItem('answer'))
  const words = /** @type {HTMLElement} */ (form.querySelector('[role=status]'))
  let waiting = new AbortController()
  /** @param {object} more */
  const run = async (more) => {
    const asked = /** @type {any} */ ({ publicKey: options(), signal: waiting.signal, ...more })
    answer.value = inJson(
      await (ceremony === 'create' ? navigator.credentials.create(asked) : navigator.credentials.get(asked)),
    )
    form.submit()
  }
  form.hidden = false
  for (const words of document.querySelectorAll('[data-without-passkey]')) words.remove()
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    waiting.abort()
    waiting = new AbortController()
    words.textContent = ''
    await run({}).catch(() => {
      words.textContent = failed
    })
  })
  // In the list of what the browser fills in, until the button is pressed.
  const offers = 'conditional' in form.dataset && (await PublicKeyCredential.isConditionalMediationAvailable?.())
  if (offers) run({ mediation: 'conditional' }).catch(() => {})
}
