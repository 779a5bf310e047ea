// @ts-check
// Comfort for forms. Every page works without this file, and each part below without the others.

/** @template {Element} E @param {string} selector @param {(element: E) => void} add */
const each = (selector, add) => {
  for (const element of document.querySelectorAll(selector)) add(/** @type {E} */ (element))
}

/** @param {string | undefined} id */
const inputOf = (id) => /** @type {HTMLInputElement | null} */ (document.getElementById(id ?? ''))

// After a refusal the summary is read first.
document.getElementById('problems')?.focus()

// A password can be shown; it is hidden again before it is sent, so that no browser keeps it as plain text.
each('[data-reveals]', (/** @type {HTMLButtonElement} */ button) => {
  const input = inputOf(button.dataset.reveals)
  const show = button.textContent
  if (!input) return
  /** @param {boolean} shown */
  const turn = (shown) => {
    input.type = shown ? 'text' : 'password'
    button.textContent = (shown ? button.dataset.hide : show) ?? ''
  }
  button.hidden = false
  button.addEventListener('click', () => turn(input.type === 'password'))
  input.form?.addEventListener('submit', () => turn(false))
})

/**
 * A guess that helps while typing; what counts is decided by the service when the form is sent.
 * @param {string} password @param {number} atLeast
 */
function strengthOf(password, atLeast) {
  const characters = [...password]
  const distinct = new Set(characters).size
  const words = new Set(password.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu)).size
  if (characters.length < atLeast) return 'short'
  if (distinct < 6 || characters.length < atLeast + 2) return 'weak'
  return (words >= 3 && distinct >= 8) || (characters.length >= 16 && distinct >= 10) ? 'strong' : 'fair'
}

// The strength of a new password, in the words that the page brought along.
each('[data-measures]', (/** @type {HTMLElement} */ meter) => {
  const input = inputOf(meter.dataset.measures)
  input?.addEventListener('input', () => {
    const level = input.value && strengthOf(input.value, Number(meter.dataset.atLeast))
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
  let sendable = !others && !document.getElementById('problems')
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
