import { reasonOf } from '../../unavailable.ts'
import { openDatabase } from '../open.ts'

/** Opens the database in the folder that is its argument, says so or why not, and holds it until its input ends. */
const [, , folder = ''] = process.argv
try {
  const { close } = await openDatabase({ kind: 'embedded', folder })
  process.stdout.write('open\n')
  process.stdin.resume().once('end', close)
} catch (error) {
  process.stdout.write(`${reasonOf(error)}\n`)
}
