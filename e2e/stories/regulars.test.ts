/** The stories of people who have an account, or lost their way. All in one process: a stage takes seconds to set. */
import './sign-in.ts'
import './one-account.ts'
import './reset.ts'
import './passwords.ts'
import './language.ts'
import './bad-paths.ts'
import './leaving.ts'
