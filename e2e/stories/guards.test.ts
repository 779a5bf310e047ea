/** The stories of people who guard their account, or need to. All in one process: a stage takes seconds to set. */
import './guarded.ts'
import './passkeys.ts'
import './sent-codes.ts'
