// @ts-check
// Comfort for forms. Every page works without this file, and each part below without the others.

/** @template {Element} E @param {string} selector @param {(element: E) => void} add */
const each = (selector, add) => {
  for (const element of document.querySelectorAll(selector)) add(/** @type {E} */ (element))
}

/** @param {string | undefined} id */
const inputOf = (id) => /** @type {HTMLInputElement | null} */ (document.getElementById(id ?? ''))

// After a refusal the summary is read first; and who comes back to the page, or loads it again, sends nothing again.
const here = /** @type {HTMLInputElement | null} */ (document.querySelector('[name=here]'))
const problems = document.getElementById('problems')
problems?.focus()
if (problems && here) history.replaceState(null, '', here.value)

// A password can be shown; it is hidden again before it is sent, so that no browser keeps it as plain text.
each('[data-reveals]', (/** @type {HTMLButtonElement} */ button) => {
  const input = inputOf(button.dataset.reveals)
  const words = button.firstChild
  const show = words?.textContent ?? ''
  if (!input || !words) return
  /** @param {boolean} shown */
  const turn = (shown) => {
    input.type = shown ? 'text' : 'password'
    words.textContent = (shown ? button.dataset.hide : show) ?? ''
  }
  button.hidden = false
  button.addEventListener('click', () => turn(input.type === 'password'))
  input.form?.addEventListener('submit', () => turn(false))
})

/** @param {string} text */
const plain = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
const rows = 'abcdefghijklmnopqrstuvwxyz 01234567890 qwertyuiop asdfghjkl zxcvbnm azertyuiop qsdfghjklm wxcvbn'
const runs = rows + [...rows].reverse().join('')

/**
 * A guess that helps while typing, and rather too strict: the list of common passwords stays with the service.
 * @param {string} password @param {number} atLeast @param {string[]} own what the person typed elsewhere, our name
 */
function strengthOf(password, atLeast, own) {
  if ([...password].length < atLeast) return 'short'
  const theirs = own
    .flatMap((text) => plain(text).match(/[\p{L}\p{N}]{3,}/gu) ?? [])
    .sort((a, b) => b.length - a.length)
  const left = theirs.reduce((text, word) => text.replaceAll(word, ''), plain(password))
  // Digits and signs at the end add little, and signs within a word stand for letters.
  const stem = left.replace(/[\d\p{P}\p{S} ]+$/u, '')
  const distinct = new Set(stem).size
  const words = new Set(stem.split(/[^\p{L}\p{N}@$!]+/u).filter((word) => /(\p{L}.*){3}/u.test(word))).size
  // What a generator makes: letters, digits and signs in turn, and capitals not only at the beginning.
  const made = /.\p{Lu}/u.test(password) && (stem.match(/\p{L}+|\d+|[^\p{L}\d]+/gu)?.length ?? 0) > 5
  const rowed = plain(password)
    .match(/.{1,4}/gsu)
    ?.every((piece) => runs.includes(piece) || new Set(piece).size === 1)
  const { length } = stem
  if (rowed || distinct < 9 || length < 11) return 'weak'
  if ((words > 2 && length > 12) || (made && length > 14) || (distinct > 11 && length > 20)) return 'strong'
  return made || (words > 1 && stem.includes(' ')) ? 'fair' : 'weak'
}

// The strength of a new password, in the words that the page brought along.
each('[data-measures]', (/** @type {HTMLElement} */ meter) => {
  const { measures, atLeast, brand = '' } = meter.dataset
  const input = inputOf(measures)
  input?.form?.addEventListener('input', () => {
    const others = input.form?.querySelectorAll('[autocomplete]:not([autocomplete$=password])') ?? []
    const own = [...others].map((other) => /** @type {HTMLInputElement} */ (other).value)
    const level = input.value && strengthOf(input.value, Number(atLeast), [brand, ...own])
    if (level === (meter.dataset.level ?? '')) return
    meter.textContent = meter.dataset[level] ?? ''
    if (level) meter.dataset.level = level
    else delete meter.dataset.level
  })
})

// A code loses its spaces. One that is pasted, or filled in by the browser, is sent at once if the form asks for
// nothing else and was not refused before; one that is typed waits for its button, since a slip would cost a try.
each('[data-digits]', (/** @type {HTMLInputElement} */ input) => {
  const others = input.form?.querySelectorAll('input:not([type=hidden])').length !== 1
  let sendable = !others && !problems
  input.addEventListener('input', (event) => {
    const arrived = !(event instanceof InputEvent) || event.inputType === 'insertFromPaste'
    if (!arrived) return
    input.value = input.value.replace(/[\s-]+/g, '')
    if (!sendable || !new RegExp(`^\\d{${input.dataset.digits}}$`).test(input.value)) return
    sendable = false
    input.form?.requestSubmit()
  })
})

// Copying, where the browser allows it.
each('[data-copies]', (/** @type {HTMLButtonElement} */ button) => {
  if (!navigator.clipboard) return
  button.hidden = false
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copies ?? '')
    // biome-ignore lint/performance/useDomNodeTextContent: a list is copied line by line
    await navigator.clipboard.writeText(source?.innerText ?? '')
    button.textContent = button.dataset.copied ?? ''
  })
})

// A double click sends a form once.
const sentAt = new WeakMap()
document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target)
  if (event.timeStamp - (sentAt.get(form) ?? -1000) < 1000) event.preventDefault()
  else sentAt.set(form, event.timeStamp)
})

// The list of languages closes with Escape, as any list does.
each('details.language', (/** @type {HTMLDetailsElement} */ list) => {
  list.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    list.open = false
    list.querySelector('summary')?.focus()
  })
})
