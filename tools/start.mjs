/** `npm start`: installs and builds what is missing, then runs the demo in this very process until Ctrl-C. */
import './node-version.mjs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { endWithNpm } from './end-with-npm.mjs'
import { root } from './install.mjs'

endWithNpm()
if (!(await build({ checked: false }))) process.exit(1)

const program = join(root, 'dist/src/main.js')
process.setSourceMapsEnabled(true)
process.chdir(root)
process.argv = [process.execPath, program, 'demo', ...process.argv.slice(2)]
await import(pathToFileURL(program).href)
