/** What the service stands on: Node.js, its folder, the mail server, who carries texts, the proxy in front. */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { packageRoot } from '../../platform/package-root.ts'
import { reasonOf } from '../../platform/unavailable.ts'
import { type Settings, WrongSetting } from '../../settings.ts'
import { phoneProvider, smtpMailer } from '../installation/connections.ts'
import { adminTokenFile, masterKeyFile } from '../installation/secrets.ts'
import { type Finding, fine, wrong } from './finding.ts'

export function node(version: string = process.versions.node): Finding {
  const { engines } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))
  const [needed, is] = [String(engines.node).replace('>=', ''), version].map((text) => text.split('.').map(Number))
  const [[major = 0, minor = 0] = [], [isMajor = 0, isMinor = 0] = []] = [needed, is]
  if (isMajor > major || (isMajor === major && isMinor >= minor)) return fine('node', version)
  return wrong('node', `${version} is too old`, `Install Node.js ${engines.node}.`)
}

/** The service speaks http: where its URL is https, something stands in front of it. */
export function proxies({ https, values }: Settings): Finding {
  const { PASSERELLE_TRUSTED_PROXIES: trusted, PASSERELLE_FORWARDED_HEADER: header } = values
  const headers = { '': 'X-Forwarded-For or Forwarded', 'x-forwarded-for': 'X-Forwarded-For', forwarded: 'Forwarded' }
  if (trusted.length > 0) return fine('proxies', `${headers[header]} is believed from ${trusted.join(', ')}`)
  if (!https) return fine('proxies', 'none is trusted, and none is needed on http')
  return wrong(
    'proxies',
    'PASSERELLE_URL is https, so a proxy stands in front, but none is trusted: everybody seems to come from it',
    'Set PASSERELLE_TRUSTED_PROXIES to its address.',
  )
}

export function dataFolder({ values }: Settings): Finding[] {
  const folder = values.PASSERELLE_DATA
  if (values.DATABASE_URL && values.PASSERELLE_SECRET && values.PASSERELLE_ADMIN_TOKEN)
    return [fine('data folder', 'not needed: the database is elsewhere, and every secret is set')]
  try {
    accessSync(nearest(resolve(folder)), constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    return [wrong('data folder', reasonOf(error), `Let the service write to ${folder}, or set PASSERELLE_DATA.`)]
  }
  const open = [masterKeyFile(values), adminTokenFile(values)].filter(
    (file) => existsSync(file) && isOpenToOthers(file),
  )
  const found = fine('data folder', existsSync(folder) ? `${folder} can be written` : `${folder} can be made`)
  return [found, ...open.map((file) => wrong('data folder', `others can read ${file}`, `chmod 600 ${file}`))]
}

const nearest = (folder: string): string => (existsSync(folder) ? folder : nearest(dirname(folder)))
const isOpenToOthers = (file: string): boolean => (statSync(file).mode & 0o077) !== 0

export async function mail(settings: Settings): Promise<Finding> {
  try {
    const mailer = smtpMailer(settings)
    if (!mailer) return fine('mail', `goes to the development inbox, ${settings.url.origin}/dev/inbox`)
    await mailer.greet().finally(() => mailer.close())
  } catch (error) {
    if (error instanceof WrongSetting) throw error
    return wrong(
      'mail',
      `the mail server does not take us: ${reasonOf(error)}`,
      'Check SMTP_URL, and that the server runs.',
    )
  }
  const { MAIL_FROM: from } = settings.values
  if (!/@localhost>?$/.test(from)) return fine('mail', `the mail server takes letters from ${from}`)
  return wrong('mail', `letters come from ${from}, which nobody can answer`, 'Set MAIL_FROM.')
}

/** How texts and calls go out; nobody is asked, since what a provider is asked may cost. */
export function texts(settings: Settings): Finding {
  const provider = phoneProvider(settings)
  const { phoneCountries: served } = settings.figures
  const whose = served === 'any' ? 'any number' : `numbers of ${served.join(', ')}`
  const { development, url } = settings
  if (!provider && !development) return fine('texts', 'there are none, nor calls: SMS_URL is not set')
  if (!provider) return fine('texts', `to ${whose} go to the development inbox, ${url.origin}/dev/inbox, as do calls`)
  if (served.length > 0) return fine('texts', `to ${whose} go out by ${provider.about}, as do calls`)
  return wrong(
    'texts',
    `could go out by ${provider.about}, but to no country`,
    'Name the countries in PASSERELLE_PHONE_COUNTRIES.',
  )
}
