/** What a browser says it is, in the names people use: "Firefox", "Windows". */
import Bowser from 'bowser'

export type BrowserName = { browser: string | undefined; system: string | undefined }

export function browserName(userAgent: string): BrowserName {
  if (userAgent === '') return { browser: undefined, system: undefined }
  const { browser, os } = Bowser.parse(userAgent)
  return { browser: browser.name || undefined, system: os.name || undefined }
}
