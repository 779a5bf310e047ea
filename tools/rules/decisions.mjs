/** docs/decisions: each record says its title, date and status, and the index has a row of them. */
import { at } from './tree.mjs'

const RECORD = /^docs\/decisions\/(\d{4})-[a-z0-9-]+\.md$/
const HEAD = /^# (.+)\n\n(\d{4}-\d\d-\d\d) · (accepted.*|superseded by \d{4})\n\n/

export function* decisionsAreListed({ files }) {
  const index = files.find(({ path }) => path === 'docs/decisions/README.md')?.text ?? ''
  for (const file of files) {
    const [, number] = RECORD.exec(file.path) ?? []
    if (!number) continue
    const [, title, date, status] = HEAD.exec(file.text) ?? []
    const row = `| [${number}](${file.name}) | ${title} | ${date} | ${status} |`
    if (!title)
      yield at(file, 0, 'begins with `# Title`, an empty line, and `2026-01-31 · accepted` (or `superseded by 0042`)')
    else if (!index.includes(`\n${row}\n`)) yield at(file, 0, `its row is not in docs/decisions/README.md: ${row}`)
  }
}
