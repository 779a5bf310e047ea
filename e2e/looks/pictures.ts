/** `npm run pictures`: every sample as a picture, in .build/pictures: two widths, light and dark, in one language. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { letterSamples, pageSamples } from '../../dev/gallery/samples.ts'
import { packageRoot } from '../../src/platform/package-root.ts'
import { startChromium } from '../chromium.ts'
import { serveGallery, widths } from './gallery.ts'

const schemes = ['light', 'dark'] as const

const language = process.argv[2] ?? 'fr-CA'
const folder = join(packageRoot, '.build/pictures')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const gallery = await serveGallery()
const browser = await startChromium()
const samples = [
  ...pageSamples.map(({ slice, slug }) => ({ name: `${slice}/${slug}`, path: `${slice}/${slug}` })),
  ...letterSamples.map(({ slice, slug }) => ({ name: `${slice}/${slug}`, path: `${slice}/${slug}.html` })),
]
const waiting = samples.values()

async function takePictures(): Promise<void> {
  const page = await browser.newPage()
  for (const { name, path } of waiting) {
    await page.goto(`${gallery.origin}/dev/gallery/${path}?language=${language}`)
    for (const colorScheme of schemes)
      for (const width of widths) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.setViewportSize({ width, height: 800 })
        const file = `${name.replaceAll('/', '.')}.${width}.${colorScheme}.png`
        await page.screenshot({ path: join(folder, file), fullPage: true })
      }
  }
}
await Promise.all([takePictures(), takePictures(), takePictures()])
await browser.close()
gallery.close()
console.log(`${samples.length * schemes.length * widths.length} pictures in .build/pictures`)
