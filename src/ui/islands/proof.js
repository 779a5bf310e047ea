// @ts-check
// Does the work that the form of this page asks for (ALTCHA, version 2), and says so. Without it the page says to wait.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form:has([name=challenge])'))
const words = /** @type {HTMLElement | null} */ (form?.querySelector('[data-working]'))
/** @param {string} name */
const field = (name) => /** @type {HTMLInputElement} */ (form?.elements.namedItem(name))

/** @param {string} hex */
const bytes = (hex) => new Uint8Array((hex.match(/../g) ?? []).map((two) => Number.parseInt(two, 16)))
/** @param {Uint8Array} from */
const hexOf = (from) => [...from].map((one) => one.toString(16).padStart(2, '0')).join('')

/** The first number whose key begins as it must; several are tried at once. @param {string} text */
async function solve(text) {
  const { nonce, salt, cost, keyLength, keyPrefix } = JSON.parse(
    atob(text.replace(/-/g, '+').replace(/_/g, '/')),
  ).parameters
  const rounds = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(salt), iterations: cost }
  const [start, lanes] = [bytes(nonce), Math.min(navigator.hardwareConcurrency || 2, 8)]
  let found = ''
  /** @param {number} first */
  const lane = async (first) => {
    for (let counter = first; !found; counter += lanes) {
      const password = new Uint8Array(start.length + 4)
      password.set(start)
      new DataView(password.buffer).setUint32(start.length, counter)
      const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits'])
      const derivedKey = hexOf(new Uint8Array(await crypto.subtle.deriveBits(rounds, key, keyLength * 8)))
      if (derivedKey.startsWith(keyPrefix)) found ||= JSON.stringify({ counter, derivedKey })
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, first) => lane(first)))
  return found
}

/** A challenge works for five minutes: who took longer to fill in the form has a new one fetched. */
const FRESH = 270_000
let made = 0
let pressed = false
/** @type {HTMLElement | null} */
let button = null

/** @param {string} proof what the form brings, and whether it was solved @param {string} [said] */
function bring(proof, said = '') {
  field('proof').value = proof
  if (words) words.textContent = said
  if (pressed) form?.requestSubmit(button)
}

async function work() {
  if (words) words.textContent = words.dataset.working ?? ''
  bring(await solve(field('challenge').value), words?.dataset.done)
}

async function renew() {
  const page = await (await fetch(location.href)).text()
  const next = new DOMParser().parseFromString(page, 'text/html').querySelector('[name=challenge]')
  made = performance.now()
  field('challenge').value = next?.getAttribute('value') ?? ''
  await (next ? work() : bring('none'))
}

/** What cannot be solved is sent as it is: the page that comes back says what to do. */
const unsolved = () => bring('none')

if (form && crypto.subtle) {
  work().catch(unsolved)
  // Before anybody else hears of it: what is put off was not sent.
  form.addEventListener(
    'submit',
    (event) => {
      const solved = field('proof').value
      const old = performance.now() - made > FRESH
      if (solved === 'none' || (solved && !old)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      pressed = true
      button = event.submitter
      if (!solved) return
      field('proof').value = ''
      renew().catch(unsolved)
    },
    true,
  )
}
