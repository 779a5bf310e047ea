/** What is looked for in a page as the browser shows it. */
import type { Page } from 'playwright-core'

/** What the browser complains of from now on: errors, and what the Content Security Policy forbade. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

/** What sticks out of the window. */
export const overflow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth)
      .map((element) => `${element.localName}.${element.className} reaches beyond the window`)
  })

/**
 * What is too small to hit: 44 px is asked of buttons and fields, 24 px of links; a link in the middle of a sentence
 * is as high as its line (WCAG 2.2, 2.5.8).
 */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const inSentence = (link: Element): boolean =>
      [...(link.parentNode?.childNodes ?? [])].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim(),
      )
    return [...document.querySelectorAll('a, button, input, select, textarea, summary')]
      .filter((element) => element.checkVisibility() && element.getAttribute('type') !== 'hidden')
      .filter((element) => !element.matches('.skip'))
      .flatMap((element) => {
        const { width, height } = (element.closest('label') ?? element).getBoundingClientRect()
        const isLink = element.localName === 'a' && !element.matches('.button')
        const least = isLink ? 24 : 44
        const fits = height >= least && width >= (isLink ? 24 : 44)
        return fits || (isLink && inSentence(element) && height < 24)
          ? []
          : [`${element.outerHTML}: ${width.toFixed(1)} × ${height.toFixed(1)}`]
      })
  })

/**
 * What the Tab key does not reach from the beginning of the page, or not in the order in which it is read. It does not go
 * round: past the last stop the focus leaves the document, and comes back some time later.
 */
export async function unreached(page: Page): Promise<string[]> {
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    const reachable = all.filter((element) => element.checkVisibility() && element.getAttribute('type') !== 'hidden')
    document.body.tabIndex = -1
    document.body.focus()
    document.body.removeAttribute('tabindex')
    const stops: number[] = []
    document.addEventListener('focusin', ({ target }) => stops.push(reachable.indexOf(target as Element)))
    Object.assign(window, { stops })
    return reachable.map((element) => element.outerHTML)
  })
  for (const _ of wanted) await page.keyboard.down('Tab') // held, it goes on
  await page.keyboard.up('Tab')
  const stops: number[] = await page.evaluate('window.stops')
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  const jumps = stops.filter((stop, at) => stop !== (stops[at - 1] ?? -1) + 1)
  return [
    ...wanted.filter((_, index) => !stops.includes(index)).map((html) => `${html} is not reached`),
    ...jumps.map((stop) => `${wanted[stop]} is reached out of order`),
  ]
}

/** Where everything stands, but for what only scripts show: the layout, to compare with that of a page without scripts. */
export const layout = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scripted = '[data-reveals], [data-copies], [data-passkey], [data-passkey-way]'
    for (const button of document.querySelectorAll<HTMLElement>(scripted)) button.hidden = true
    const visible = [...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility())
    return visible.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      const place = [x, y + scrollY, width, height].map((length) => length.toFixed(1)).join(' ')
      return `${element.localName}${element.id && `#${element.id}`} ${place}`
    })
  })
