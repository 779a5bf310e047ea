/**
 * The only reader of the environment. A value comes from the environment, else from the file (`passerelle.yaml`, or
 * the one PASSERELLE_CONFIG names), else it is the default; NAME_FILE reads the value of NAME from a file. A setting
 * that is unknown or wrong stops the start with one line that names it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type yaml from 'yaml'
import { z } from 'zod'
import { IN_ORDER, LIMITS, type LimitName, limitNames } from './core/limits/counters/limits.ts'
import { type Duration, days, hours, minutes, seconds } from './platform/clock.ts'
import type { Country } from './platform/phone/number.ts'
import { type Listed, limitSpecs, listed, specs } from './settings/specs.ts'

/** A setting that is wrong: one line, fit for a terminal. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting'
}

const everySetting = z.object(specs)
export type Values = z.output<typeof everySetting>
const everyLimit = z.object(limitSpecs)
const limits = z.record(z.enum(limitNames), z.number())
export type Limits = z.output<typeof limits>

export type Settings = {
  values: Values
  url: URL
  https: boolean
  development: boolean
  figures: {
    passwordMin: number
    codeLives: Duration
    resetLives: Duration
    coolingOff: Duration
    signUpLives: Duration
    signUpsKept: number
    strangersKept: Duration
    sessionIdle: Duration
    sessionMax: Duration
    firstWait: Duration
    longestWait: Duration
    firstBlock: Duration
    longestBlock: Duration
    challengeCost: number
    limits: Limits
    /** Whose numbers get texts and calls; none where nobody carries them. */
    phoneCountries: 'any' | readonly Country[]
  }
}

type Environment = Record<string, string | undefined>
export type GivenSetting = Listed & { text: string; from: string }

/** The settings of a service. @throws {WrongSetting} also where they do not fit together */
export const readSettings = (environment?: Environment): Settings =>
  checkTogether(readValues(environment), readLimits(environment))

/** Each setting by itself: enough for a tool that only talks to the service. @throws {WrongSetting} */
export const readValues = (environment?: Environment): Values => readAs(everySetting, givenSettings(environment))

/** The figure of every limit. @throws {WrongSetting} also where an operator sets two that contradict each other */
function readLimits(environment?: Environment): Limits {
  const given = givenSettings(environment)
  const values = readAs(everyLimit, given)
  const isGiven = (name: LimitName) => given.some((one) => one.name === LIMITS[name].setting && one.from !== 'default')
  const figures = limits.parse(Object.fromEntries(limitNames.map((name) => [name, values[LIMITS[name].setting]])))
  for (const [lower, upper] of IN_ORDER)
    if (isGiven(lower) && isGiven(upper) && figures[lower] > figures[upper])
      throw new WrongSetting(`${LIMITS[lower].setting} must not be above ${LIMITS[upper].setting}`)
  return figures
}

function readAs<Shape>(schema: z.ZodType<Shape>, given: readonly GivenSetting[]): Shape {
  const result = schema.safeParse(Object.fromEntries(given.map(({ name, text }) => [name, text])))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new WrongSetting(`${issue?.path.join()} ${issue?.message}`)
}

/** What holds for every setting, unread, and where it comes from. @throws {WrongSetting} when one is unknown */
export function givenSettings(environment: Environment = process.env): GivenSetting[] {
  const file = environment.PASSERELLE_CONFIG || 'passerelle.yaml'
  const inFile = readConfiguration(file, !!environment.PASSERELLE_CONFIG)
  const unknown = [...Object.keys(inFile), ...Object.keys(environment).filter(isOurs)].find((name) => !isKnown(name))
  if (unknown) throw new WrongSetting(`${unknown} is not a setting; docs/settings.md lists them all`)
  const given = new Map(
    listed.map(({ name }) => [name, lookUp(name, environment, 'environment') ?? lookUp(name, inFile, file)]),
  )
  return listed.map((setting) => ({
    ...setting,
    ...(given.get(setting.name) ?? { text: byDefault(setting, (name) => given.get(name)?.text), from: 'default' }),
  }))
}

/** The address follows PORT, unless that is 0, any free port; the mode follows the address. */
function byDefault({ name, byDefault: text }: Listed, given: (name: keyof Values) => string | undefined): string {
  const { data: port } = specs.PORT.safeParse(given('PORT'))
  const url = given('PASSERELLE_URL')
  if (name === 'PASSERELLE_URL' && port) return new URL(`http://localhost:${port}`).origin
  if (name === 'PASSERELLE_MODE' && (!url || URL.canParse(url)))
    return url && !isLoopback(new URL(url)) ? 'production' : 'development'
  if (name === 'PASSERELLE_AUDIT_CHECKPOINTS')
    return join(given('PASSERELLE_DATA') ?? '.data', 'audit-checkpoints.jsonl')
  return text
}

// Variables of the tests and the tools start with PASSERELLE_ too: they are no settings.
const isOurs = (name: string): boolean => /^PASSERELLE_(?!TEST_|CHROMIUM$)/.test(name)
const isKnown = (name: string): boolean =>
  name === 'PASSERELLE_CONFIG' || listed.some((one) => one.name === name.replace(/_FILE$/, ''))

/** What is empty is not given. */
function lookUp(name: string, given: Environment, from: string): { text: string; from: string } | undefined {
  const file = given[`${name}_FILE`]
  if (file) return { text: readSecretFile(name, file), from: file }
  const text = given[name]
  return text ? { text, from } : undefined
}

function readSecretFile(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    throw new WrongSetting(`${name}_FILE names ${path}, which cannot be read`)
  }
}

function readConfiguration(path: string, isNamed: boolean): Environment {
  if (!existsSync(path) && !isNamed) return {}
  const result = z.record(z.string(), z.union([z.string(), z.number()])).safeParse(parseFile(path) ?? {})
  if (!result.success) throw new WrongSetting(`${path} must be a list of NAME: value`)
  return Object.fromEntries(Object.entries(result.data).map(([name, value]) => [name, String(value)]))
}

function parseFile(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new WrongSetting(`PASSERELLE_CONFIG names ${path}, which cannot be read`)
  }
  try {
    const { parse }: typeof yaml = createRequire(import.meta.url)('yaml') // most have no such file: every command starts sooner
    return parse(text, { prettyErrors: true, logLevel: 'error' })
  } catch (error) {
    const [line] = error instanceof Error ? error.message.split(/:?\n/) : [] // the next lines show what is in the file
    throw new WrongSetting(`${path} is not YAML: ${line}`)
  }
}

const isLoopback = ({ hostname }: URL): boolean => /^(([\w-]+\.)*localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

function checkTogether(values: Values, limits: Limits): Settings {
  const url = new URL(values.PASSERELLE_URL)
  const development = values.PASSERELLE_MODE === 'development'
  const https = url.protocol === 'https:'
  if (development && !isLoopback(url))
    throw new WrongSetting('PASSERELLE_MODE is development, which needs a loopback PASSERELLE_URL')
  if (!development && !https) throw new WrongSetting('PASSERELLE_URL must be https in production')
  if (!development && !values.SMTP_URL)
    throw new WrongSetting('SMTP_URL is needed in production: people must get their mail')
  if (values.DATABASE_URL && !values.PASSERELLE_SECRET)
    throw new WrongSetting('PASSERELLE_SECRET is needed with DATABASE_URL')
  const figures = {
    passwordMin: values.PASSERELLE_PASSWORD_MIN,
    codeLives: minutes(values.PASSERELLE_CODE_MINUTES),
    resetLives: minutes(values.PASSERELLE_RESET_MINUTES),
    coolingOff: hours(values.PASSERELLE_COOLING_OFF_HOURS),
    signUpLives: days(values.PASSERELLE_SIGN_UP_DAYS),
    signUpsKept: values.PASSERELLE_UNFINISHED_SIGN_UPS,
    strangersKept: days(values.PASSERELLE_STRANGERS_DAYS),
    sessionIdle: hours(values.PASSERELLE_SESSION_IDLE_HOURS),
    sessionMax: days(values.PASSERELLE_SESSION_DAYS),
    firstWait: seconds(values.PASSERELLE_WAIT_SECONDS),
    longestWait: minutes(values.PASSERELLE_WAIT_LONGEST_MINUTES),
    firstBlock: minutes(values.PASSERELLE_BLOCK_MINUTES),
    longestBlock: hours(values.PASSERELLE_BLOCK_LONGEST_HOURS),
    challengeCost: values.PASSERELLE_CHALLENGE_COST,
    limits,
    phoneCountries: phoneCountries(values, development),
  }
  if (figures.firstWait.ms > figures.longestWait.ms)
    throw new WrongSetting('PASSERELLE_WAIT_SECONDS must not be longer than PASSERELLE_WAIT_LONGEST_MINUTES')
  if (figures.firstBlock.ms > figures.longestBlock.ms)
    throw new WrongSetting('PASSERELLE_BLOCK_MINUTES must not be longer than PASSERELLE_BLOCK_LONGEST_HOURS')
  return { values, url, https, development, figures }
}

/** A provider costs money by the message, so that its countries are named; the inbox of development costs nothing. */
function phoneCountries(values: Values, development: boolean): Settings['figures']['phoneCountries'] {
  const { SMS_URL, PASSERELLE_PHONE_COUNTRIES: named } = values
  if (SMS_URL) return named
  if (!development) return []
  return named.length > 0 ? named : 'any'
}
