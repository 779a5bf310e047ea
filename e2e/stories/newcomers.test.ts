/** The stories of people who are new. All in one process: a stage takes seconds to set. */
import './sign-up.ts'
import './pending.ts'
import './correcting.ts'
import './typing.ts'
import './taken.ts'
import './keyboard.ts'
