/** Writes docs/settings.md from the list of the settings: `npm run docs`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LIMITS } from '../core/limits/counters/limits.ts'
import { packageRoot } from '../platform/package-root.ts'
import { limitSpecs, listed } from './specs.ts'

export const settingsFile = join(packageRoot, 'docs/settings.md')

const settings = listed.filter(({ name }) => !Object.hasOwn(limitSpecs, name))
const rows = settings.map(({ name, byDefault, takes, about, secret }) => {
  const cells = [`\`${name}\``, byDefault && `\`${byDefault}\``, secret ? `${takes}, secret` : takes, about]
  return `| ${cells.join(' | ')} |`
})

const limits = Object.values(LIMITS).map(({ setting, most, range: [least, greatest], counts, per, window, past }) => {
  const cells = [`\`${setting}\``, `\`${most}\``, `${least} to ${greatest}`, counts, per, window, past]
  return `| ${cells.join(' | ')} |`
})

export const settingsTable = `# Settings

This page is made from \`src/settings/specs.ts\` and \`src/core/limits/counters/limits.ts\` by \`npm run docs\`.

A value comes from the environment, else from the file \`passerelle.yaml\` (or the one that \`PASSERELLE_CONFIG\` names; lines of
\`NAME: value\`), else it is the default. \`NAME_FILE\`, in either place, names a file that holds the value: for secrets. A setting
that is unknown or wrong stops the start with one line that names it. \`passerelle doctor\` prints every setting and where it
comes from, secrets hidden.

| Setting | Default | Takes | What it is for |
|---|---|---|---|
${rows.join('\n')}

## Limits

Every limit there is: how many of what, for each what, in what time, and what happens past it. What a stranger can feed never
refuses an owner. A network is an IPv4 address or an IPv6 /64, a site an IPv4 address or an IPv6 /48; a site has as much as 20 of
its networks. Where two that are set contradict each other, as an hour with more letters than its day, the service does not start.

| Setting | Default | Takes | What is counted | For each | In what time | Past it |
|---|---|---|---|---|---|---|
${limits.join('\n')}
`

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(settingsFile, settingsTable)
