/** Where the browser is: PASSERELLE_CHROMIUM, else the usual places; first the one without windows, which is a third faster. */
import { existsSync } from 'node:fs'

const USUAL_PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** @returns {string | undefined} the path of a Chromium or Chrome */
export const findChromium = () => process.env.PASSERELLE_CHROMIUM ?? USUAL_PLACES.find((path) => existsSync(path))
