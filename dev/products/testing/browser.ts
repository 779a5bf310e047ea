/** A person's browser without a window: it keeps cookies, follows redirects, and fills in one form. */
export type Browser = {
  /** One request, redirects not followed. */
  ask(url: string, init?: RequestInit): Promise<Response>
  /** Goes where the answers lead; stops at a page. */
  open(url: string, init?: RequestInit): Promise<Page>
  /** Sends the first form of a page, as it is or with more filled in. */
  submit(page: Page, fields?: Record<string, string>): Promise<Page>
}

/** Where the browser ended up, and every address on the way. */
export type Page = { url: string; status: number; html: string; asked: string[] }

type Cookie = { name: string; value: string; path: string }

/** A new browser in which nobody is signed in. Like a real one it mixes the ports of localhost. */
export function newBrowser(headers: Record<string, string> = {}): Browser {
  const jar: Cookie[] = []

  const ask: Browser['ask'] = async (url, init) => {
    const { pathname, origin } = new URL(url)
    const cookie = jar
      .filter(({ path }) => pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
    const from = init?.method === 'POST' ? { origin } : {}
    const answer = await fetch(url, {
      ...init,
      headers: { ...headers, ...from, ...init?.headers, cookie },
      redirect: 'manual',
    })
    for (const line of answer.headers.getSetCookie()) keep(jar, line)
    return answer
  }

  const open: Browser['open'] = async (url, init) => {
    const asked = [url]
    let answer = await ask(url, init)
    for (let hops = 0; answer.headers.has('location') && hops < 15; hops++) {
      url = new URL(answer.headers.get('location') ?? '', url).href
      asked.push(url)
      answer = await ask(url)
    }
    return { url, status: answer.status, html: await answer.text(), asked }
  }

  const submit: Browser['submit'] = (page, fields = {}) => {
    const action = /<form[^>]*action="([^"]+)"/.exec(page.html)?.[1] ?? page.url
    const body = new URLSearchParams()
    for (const [input] of page.html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
      body.set(/name="([^"]*)"/.exec(input)?.[1] ?? '', /value="([^"]*)"/.exec(input)?.[1] ?? '')
    }
    for (const [name, value] of Object.entries(fields)) body.set(name, value)
    return open(new URL(action, page.url).href, { method: 'POST', body })
  }

  return { ask, open, submit }
}

function keep(jar: Cookie[], line: string): void {
  const [pair = '', ...attributes] = line.split('; ')
  const [name = '', ...value] = pair.split('=')
  const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/'
  const known = jar.findIndex((cookie) => cookie.name === name && cookie.path === path)
  if (known >= 0) jar.splice(known, 1)
  if (value.join('=') !== '' && !/expires=Thu, 01 Jan 1970/i.test(line))
    jar.push({ name, value: value.join('='), path })
}
