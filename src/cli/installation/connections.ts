/** The database, the mail server and the provider of texts that the settings name. */
import { type Hooks, type OpenDatabase, openDatabase } from '../../platform/database/open.ts'
import { makeSmtpMailer, type SmtpMailer } from '../../platform/mail/smtp.ts'
import { makeProvider, type Provider } from '../../platform/phone/provider.ts'
import { reasonOf } from '../../platform/unavailable.ts'
import { type Settings, type Values, WrongSetting } from '../../settings.ts'

/** @throws {DatabaseUnavailable} one line: it is away, or another process has it */
export const openOurs = (values: Values, hooks?: Hooks): Promise<OpenDatabase> =>
  openDatabase(
    values.DATABASE_URL
      ? { kind: 'postgres', url: values.DATABASE_URL, poolSize: values.DATABASE_POOL }
      : { kind: 'embedded', folder: values.PASSERELLE_DATA },
    hooks,
  )

/** Undefined where no mail server is set. @throws {WrongSetting} */
export function smtpMailer({ values, url }: Settings): SmtpMailer | undefined {
  if (!values.SMTP_URL) return undefined
  try {
    return makeSmtpMailer({ url: values.SMTP_URL, from: values.MAIL_FROM, origin: url.origin })
  } catch (error) {
    throw new WrongSetting(reasonOf(error))
  }
}

/** Who carries texts and calls; undefined where nobody is set. @throws {WrongSetting} */
export function phoneProvider({ values }: Settings): Provider | undefined {
  if (!values.SMS_URL) return undefined
  try {
    return makeProvider(values.SMS_URL)
  } catch (error) {
    throw new WrongSetting(reasonOf(error))
  }
}
