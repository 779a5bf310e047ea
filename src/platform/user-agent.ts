/** What a browser says it is, in the names people use: "Firefox", "Windows". */
import Bowser from 'bowser'

export type BrowserName = { browser: string | undefined; system: string | undefined }

// The names that the library knows; some are missing on its list. Of what it does not know it answers the beginning,
// which is a stranger's own text.
export const browserNames: ReadonlySet<string | undefined> = new Set([
  ...Object.values(Bowser.BROWSER_MAP),
  'Miui',
  'Opera Touch',
  'PlayStation 4',
  'SlimerJS',
])
export const systemNames: ReadonlySet<string | undefined> = new Set(Object.values(Bowser.OS_MAP))

/** Names of the library's lists and no others: they are shown in letters and pages to the person who was attacked. */
export function browserName(userAgent: string): BrowserName {
  if (userAgent === '') return { browser: undefined, system: undefined }
  const { browser, os } = Bowser.parse(userAgent)
  return {
    browser: browserNames.has(browser.name) ? browser.name : undefined,
    system: systemNames.has(os.name) ? os.name : undefined,
  }
}
