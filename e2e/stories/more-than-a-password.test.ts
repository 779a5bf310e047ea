/** The stories of people who prove more than a password. All in one process: a stage takes seconds to set. */
import './passkeys.ts'
