/** Every state of every page, letter and text there is: the samples of all slices, and of the pieces they share. */
import * as web from '../../src/platform/web/samples.ts'
import type { Samples } from '../../src/slice.ts'
import { slices } from '../../src/slices.ts'
import * as letter from '../../src/ui/letter/samples.tsx'
import * as ui from '../../src/ui/samples.tsx'

const ofSlices = Object.entries(slices).map(async ([folder, slice]) =>
  'samples' in slice ? [[folder, await slice.samples()]] : [],
)

/** By their folder in src/. */
export const sampled: Record<string, Samples> = {
  ...Object.fromEntries((await Promise.all(ofSlices)).flat()),
  ui,
  'ui/letter': letter,
  'platform/web': web,
}

/** `slug`: the name as it stands in addresses and in names of files. */
type Named<Make> = { slice: string; name: string; slug: string; make: Make }

const slugOf = (name: string): string =>
  name
    .replaceAll(/[^\w-]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .toLowerCase()

function named<Make>(pick: (samples: Samples) => Record<string, Make>, prefix = ''): Named<Make>[] {
  return Object.entries(sampled).flatMap(([slice, own]) =>
    Object.entries(pick(own)).map(([name, make]) => ({ slice, name, slug: slugOf(prefix + name), make })),
  )
}

export const pageSamples = named(({ pages = {} }) => pages)
export const letterSamples = named(({ letters = {} }) => letters, 'letter ')
export const messageSamples = named(({ messages = {} }) => messages, 'message ')
