/** The aids of development, on loopback only: the inbox, the clock, the gallery of every page state. */
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { MovableClock } from '../src/platform/clock.ts'
import type { World } from '../src/world.ts'
import { clockRoutes } from './clock/routes.ts'
import { galleryRoutes } from './gallery/routes.tsx'
import { makeInbox } from './inbox/inbox.ts'
import { inboxRoutes } from './inbox/routes.tsx'

/** `folder`: where the inbox keeps what it takes. */
export function makeAids(folder: string, clock: MovableClock) {
  const inbox = makeInbox(folder, clock)
  const handlers = (world: World) => {
    const moved = () => world.log.info({ now: clock.now().toISOString() }, 'the clock was moved')
    const routes = new Hono()
      .route('/', inboxRoutes(inbox, world.assets))
      .route('/', clockRoutes(clock, moved))
      .route('/', galleryRoutes(world.assets))
    return [{ serves: (path: string) => path.startsWith('/dev/'), handle: getRequestListener(routes.fetch) }]
  }
  return { inbox, handlers }
}
