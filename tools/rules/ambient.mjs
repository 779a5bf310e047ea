/** Time, chance and environment are passed in; three files may reach for them. */
import { at, eachMatch } from './tree.mjs'

const CLOCK = 'src/platform/clock.ts'
const RANDOM = 'src/platform/random.ts'
const SETTINGS = 'src/settings.ts'

const AMBIENT = [
  [
    /\bnew Date\b(?!\s*\(\s*[^\s)])|\bDate\.now\b|\bperformance\.now\b|\bhrtime\b/g,
    CLOCK,
    'ask the clock you are given: clock.now()',
  ],
  [
    /\bMath\.random\b|\b(?:randomBytes|randomInt|randomUUID|getRandomValues)\b/g,
    RANDOM,
    'ask the Random you are given',
  ],
  [/\bprocess\.env\b/g, SETTINGS, 'only settings.ts reads the environment'],
  [
    /\*\s*(?:1_?000|60_?000|3_?600|3_?600_?000|86_?400|86_?400_?000)\b/g,
    CLOCK,
    'a unit hidden in a product: use seconds(), minutes(), hours(), days(), inSeconds() of platform/clock.ts',
  ],
]

/** No ambient time, chance or environment; durations carry their unit. */
export function* nothingAmbient({ files }) {
  for (const file of files.filter(({ isProduct }) => isProduct)) {
    for (const [pattern, home, advice] of AMBIENT) {
      if (file.path !== home) yield* eachMatch(file, pattern, ([found]) => `\`${found.trim()}\`: ${advice}`)
    }
    for (const { start, text, isTemplate } of file.strings) {
      const found =
        isTemplate && text.match(/\bnow\(\)|\bcurrent_(?:timestamp|time|date)\b|\bgen_random_uuid\(\)/i)?.[0]
      if (found)
        yield at(
          file,
          start,
          `\`${found}\` in SQL: pass clock.now() or an id as a parameter, so that a moved clock moves it too`,
        )
    }
  }
}
