/** Writes docs/settings.md from the list of the settings: `npm run docs`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../platform/package-root.ts'
import { listed } from './specs.ts'

export const settingsFile = join(packageRoot, 'docs/settings.md')

const rows = listed.map(({ name, byDefault, takes, about, secret }) => {
  const cells = [`\`${name}\``, byDefault && `\`${byDefault}\``, secret ? `${takes}, secret` : takes, about]
  return `| ${cells.join(' | ')} |`
})

export const settingsTable = `# Settings

This page is made from \`src/settings/specs.ts\` by \`npm run docs\`.

A value comes from the environment, else from the file \`passerelle.yaml\` (or the one that \`PASSERELLE_CONFIG\` names; lines of
\`NAME: value\`), else it is the default. \`NAME_FILE\`, in either place, names a file that holds the value: for secrets. A setting
that is unknown or wrong stops the start with one line that names it. \`passerelle doctor\` prints every setting and where it
comes from, secrets hidden.

| Setting | Default | Takes | What it is for |
|---|---|---|---|
${rows.join('\n')}
`

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(settingsFile, settingsTable)
