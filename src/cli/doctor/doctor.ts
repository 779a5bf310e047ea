/** `passerelle doctor`: looks at everything the service needs, changes nothing, and says what to do. */
import { type GivenSetting, givenSettings, readSettings, WrongSetting } from '../../settings.ts'
import { type Options, patiently, print, table } from '../client/output.ts'
import { database } from './database.ts'
import { type Finding, fine, wrong } from './finding.ts'
import { dataFolder, mail, node, proxies, texts } from './surroundings.ts'

export async function doctor(options: Options): Promise<void> {
  const { findings, given } = await patiently('Looking', examine())
  const ok = findings.every((finding) => finding.ok)
  const settings = given.map(({ name, from, ...setting }) => ({ name, value: shown(setting), from }))
  print(options, { data: { ok, findings, settings }, text: inWords(findings, settings) })
  if (!ok) process.exitCode = 1
}

async function examine(): Promise<{ findings: Finding[]; given: GivenSetting[] }> {
  const findings = [node()]
  let given: GivenSetting[] = []
  try {
    given = givenSettings()
    const settings = readSettings()
    const set = given.filter(({ from }) => from !== 'default')
    findings.push(fine('settings', `${set.length} are set, ${given.length - set.length} are the default`))
    findings.push(proxies(settings), ...dataFolder(settings), await mail(settings), texts(settings))
    findings.push(...(await database(settings)))
  } catch (error) {
    if (!(error instanceof WrongSetting)) throw error
    findings.push(wrong('settings', error.message, 'Set it right; the rest was not looked at.'))
  }
  return { findings, given }
}

/** Null for a secret that is not set. */
const shown = ({ secret, text }: Pick<GivenSetting, 'secret' | 'text'>): string | null => {
  if (secret) return text === '' ? null : '(hidden)'
  return text
}

function inWords(
  findings: readonly Finding[],
  settings: { name: string; value: string | null; from: string }[],
): string {
  const rows = findings.map(({ about, ok, says, todo }) => [
    ok ? 'ok' : 'look at this',
    about,
    todo === undefined ? says : `${says}. ${todo}`,
  ])
  const list = settings.map(({ name, value, from }) => [name, value || '-', from])
  return `${table(rows)}\n\n${table([['SETTING', 'VALUE', 'FROM'], ...list])}`
}
