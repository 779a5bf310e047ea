import { randomBytes } from 'node:crypto'
import type { Pending, SignedIn } from './account-service.ts'
import type { Logout } from './logout-token.ts'

/** What the product remembers of one browser. */
export type Session = {
  /** Sign-ins under way, one for each tab, by their `state`. */
  pending: Map<string, Pending>
  signedIn: SignedIn | undefined
  /** The account service ended the session: the page says so. */
  ended: boolean
  /** A refresh under way; a second click waits for it, because a refresh token works once. */
  refreshing: Promise<void> | undefined
}

/** Sessions in memory: a sample product forgets everybody when it stops, and the oldest when there are too many. */
export type Sessions = {
  find(id: string | undefined): Session | undefined
  open(): { id: string; session: Session }
  /** A new id for the session: what was known before the sign-in opens nothing after it. */
  rename(id: string): string
  forget(id: string | undefined): void
  /** Ends the sessions that a logout token names: the one of its `sid`, or all of its `sub`. */
  end(logout: Logout): void
}

const MOST_SESSIONS = 10_000
const MOST_PENDING = 20

/** A store of its own for one running product. */
export function sessionsInMemory(): Sessions {
  const sessions = new Map<string, Session>()
  const keep = (session: Session): string => {
    const id = randomBytes(32).toString('base64url')
    sessions.set(id, session)
    dropOldest(sessions, MOST_SESSIONS)
    return id
  }
  return {
    find: (id) => sessions.get(id ?? ''),
    open: () => {
      const session: Session = { pending: new Map(), signedIn: undefined, ended: false, refreshing: undefined }
      return { id: keep(session), session }
    },
    rename: (id) => {
      const session = sessions.get(id)
      sessions.delete(id)
      return session ? keep(session) : id
    },
    forget: (id) => {
      sessions.delete(id ?? '')
    },
    end: (logout) => {
      for (const session of sessions.values()) if (isMeant(logout, session.signedIn)) endSession(session)
    },
  }
}

/** Signs the browser out and remembers that it was not the person's own click. */
export function endSession(session: Session): void {
  session.signedIn = undefined
  session.ended = true
}

/** Keeps what the callback will need; a browser with very many open tabs loses the oldest attempt. */
export function remember(session: Session, pending: Pending): void {
  session.pending.set(pending.state, pending)
  dropOldest(session.pending, MOST_PENDING)
}

function isMeant({ sub, sid }: Logout, person: SignedIn | undefined): boolean {
  if (!person) return false
  return (sid === undefined || sid === person.sid) && (sub === undefined || sub === person.sub)
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return
    map.delete(key)
  }
}
