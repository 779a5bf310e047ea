/** A browser without a screen: keeps cookies, follows redirects within the service, fills in forms as it finds them. */

export type Visit = {
  status: number
  /** Path and query within the service, or the whole address elsewhere. */
  at: string
  html: string
  headers: Headers
}

export type Browser = {
  /** By name; those of a narrower path than the whole service by name and path, `name;/path`. */
  cookies: Map<string, string>
  /** Goes to an address and follows where it is sent, until a page is shown or the service is left. */
  open(address: string): Promise<Visit>
  /** Sends the form of the last page that has this button or this action, with these fields typed. */
  send(fields: Record<string, string>, options?: { button?: string; follow?: boolean }): Promise<Visit>
  /** One request, as it is; for what no page does. */
  request(address: string, init?: RequestInit): Promise<Visit>
  page: Visit
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

type Form = { action: string; hidden: Record<string, string>; html: string }

/** The forms of a page: where they go, and what they carry unseen, already filled in or ticked. */
export function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form[^>]*?action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].map(([, action = '', inside = '']) => ({
    action: unescaped(action),
    html: inside,
    hidden: Object.fromEntries(
      [...inside.matchAll(/<input[^>]*>/g)]
        .filter(([input]) => !/ type="(checkbox|radio)"/.test(input) || / checked/.test(input))
        .map(([input]) => [/ name="([^"]*)"/.exec(input)?.[1], / value="([^"]*)"/.exec(input)?.[1]])
        .filter((pair): pair is [string, string] => pair[0] !== undefined && pair[1] !== undefined)
        .map(([name, value]) => [name, unescaped(value)]),
    ),
  }))
}

/** Keeps what an answer sets, and forgets what it takes back. */
function keepCookies(cookies: Map<string, string>, answer: Headers): void {
  for (const line of answer.getSetCookie()) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    const path = attributes.find((it) => /^path=/i.test(it))?.slice(5) ?? '/'
    const key = path === '/' ? name : `${name};${path}`
    if (value === '' || attributes.some((it) => /^(max-age=0$|expires=thu, 01 jan 1970)/i.test(it))) cookies.delete(key)
    else cookies.set(key, value)
  }
}

/** The header for a path: narrower paths first, as RFC 6265 (section 5.4) asks. */
function cookiesFor(cookies: ReadonlyMap<string, string>, path: string): string {
  const fitting = [...cookies]
    .map(([key, value]) => ({ name: key.split(';')[0], at: key.split(';')[1] ?? '/', value }))
    .filter(({ at }) => at === '/' || path === at || path.startsWith(`${at}/`))
  return fitting
    .sort((a, b) => b.at.length - a.at.length)
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
}

/** One request and its answer, which is not followed. */
export type Carry = (path: string, init: RequestInit & { headers: Headers }) => Promise<Omit<Visit, 'at'>>

const bySocketTo =
  (base: string): Carry =>
  async (path, init) => {
    const response = await fetch(base + path, { ...init, redirect: 'manual' })
    return { status: response.status, headers: response.headers, html: await response.text() }
  }

/** `base`: where the service really listens, or what carries requests there. `always`: headers of every request. */
export function makeBrowser(origin: string, base: string | Carry, always: Record<string, string> = {}): Browser {
  const carry = typeof base === 'string' ? bySocketTo(base) : base
  const cookies = new Map<string, string>()
  const keep = (answer: Headers): void => keepCookies(cookies, answer)
  const once = async (address: string, init: RequestInit = {}): Promise<Visit> => {
    const url = new URL(address, origin)
    const headers = new Headers(always)
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value)
    const sent = cookiesFor(cookies, url.pathname)
    if (sent !== '' && !headers.has('cookie')) headers.set('cookie', sent)
    if (!headers.has('accept')) headers.set('accept', 'text/html')
    const at = url.pathname + url.search
    const answer = await carry(at, { ...init, headers })
    keep(answer.headers)
    return { ...answer, at }
  }
  const follow = async (first: Visit): Promise<Visit> => {
    let visit = first
    for (let hops = 0; visit.status >= 300 && visit.status < 400; hops++) {
      if (hops > 20) throw new Error('sent round in circles')
      const target = new URL(visit.headers.get('location') ?? '', new URL(visit.at, origin))
      if (target.origin !== origin) return { ...visit, at: target.href }
      visit = await once(target.href)
    }
    return visit
  }
  const browser: Browser = {
    cookies,
    page: { status: 0, at: '/', html: '', headers: new Headers() },
    async open(address) {
      browser.page = await follow(await once(address))
      return browser.page
    },
    async send(fields, { button, follow: further = true } = {}) {
      const forms = formsOf(browser.page.html)
      const form = button ? forms.find(({ html }) => html.includes(`>${button}</button>`)) : forms[0]
      if (!form)
        throw new Error(`no form with the button ${button} on ${browser.page.at}: ${browser.page.html.slice(0, 300)}`)
      const sent = await once(form.action, {
        method: 'POST',
        body: new URLSearchParams({ ...form.hidden, ...fields }),
        headers: { 'sec-fetch-site': 'same-origin', origin: 'null' },
      })
      browser.page = further ? await follow(sent) : sent
      return browser.page
    },
    request: once,
  }
  return browser
}

/** A `fetch` for whoever believes what the service says of itself: requests to its origin go where it really listens. */
export const fetchFrom =
  (origin: string, base: string) =>
  (address: string, init: object = {}): Promise<Response> =>
    fetch(address.startsWith(`${origin}/`) ? base + address.slice(origin.length) : address, init)
