/** `passerelle serve` and `passerelle demo`: the service in the foreground, until it is told to stop. */
import { movableClock, seconds, systemClock } from '../../platform/clock.ts'
import { makeWritable } from '../../platform/database/embedded/folder.ts'
import { makeLog } from '../../platform/log/log.ts'
import { readSettings, WrongSetting } from '../../settings.ts'
import { type Options, patiently, print } from '../client/output.ts'
import { type Running, type Options as StartOptions, start } from './start.ts'

const STOPS_WITHIN = seconds(25)

export async function serve(options: Options): Promise<void> {
  await untilStopped(patiently('Starting', startService(options)))
}

/** The service with two sample products beside it. */
export async function demo(options: Options): Promise<void> {
  if (!readSettings().development) throw new WrongSetting('PASSERELLE_MODE is production: the demo is for development')
  await untilStopped(startBoth(options))
}

async function startBoth(options: Options): Promise<Running> {
  const { placesOf, startDemo } = await import('../../../dev/demo.ts')
  const port = readSettings().values.PORT
  const running = await patiently(
    'Starting',
    startService(options, (world) => startDemo(world, port)),
  )
  const places = placesOf(running.world, port)
  const longest = Math.max(...places.map(({ name }) => name.length))
  const rows = places.map(({ name, url }) => `  ${name.padEnd(longest)}  ${url}`)
  const text = `\nPasserelle is ready. Open a product and create an account:\n\n${rows.join('\n')}\n\nCtrl-C stops it.\n`
  print(options, { data: { places }, text })
  return running
}

/** Starts the service; with the aids of development where the settings say so. */
async function startService({ json }: Options, beside?: StartOptions['beside']): Promise<Running> {
  const settings = readSettings()
  const { values, development } = settings
  const forPeople = values.PASSERELLE_LOG === 'pretty' || (values.PASSERELLE_LOG === '' && !!process.stdout.isTTY)
  const log = makeLog({ forPeople: forPeople && !json })
  if (!development) return start({ settings, log, clock: systemClock })
  makeWritable(values.PASSERELLE_DATA) // the inbox is kept there
  const { makeAids } = await import('../../../dev/aids.ts')
  const clock = movableClock()
  const aids = makeAids(values.PASSERELLE_DATA, clock)
  return start({ settings, log, clock, inbox: aids.inbox, extra: aids.handlers, beside })
}

/**
 * Stops in good order at the first signal: requests under way end, messages under way end or go back. A signal that
 * comes while it starts is kept until it has started.
 */
async function untilStopped(starting: Promise<Running>): Promise<void> {
  let stopping = false
  const stop = (signal: string) => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), STOPS_WITHIN.ms).unref()
    starting
      .then((running) => {
        running.world.log.info({ signal }, 'stopping')
        return running.stop()
      })
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  await starting
}
