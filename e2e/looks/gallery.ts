/** The gallery behind the service's own front, with its own headers. */
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { galleryRoutes } from '../../dev/gallery/routes.tsx'
import { systemClock } from '../../src/platform/clock.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { systemRandom } from '../../src/platform/random.ts'
import { listen, makeServer } from '../../src/platform/web/server.ts'
import { assetRoutes } from '../../src/platform/web/static.ts'
import { loadAssets } from '../../src/ui/assets.ts'

export const widths = [320, 1280] as const

/** Starts the service's front with the gallery and nothing else behind it. */
export async function serveGallery(): Promise<{ origin: string; close(): void }> {
  const assets = loadAssets()
  const routes = new Hono().route('/', galleryRoutes(assets)).route('/', assetRoutes(assets))
  const server = makeServer({
    origin: 'http://localhost:3000',
    handlers: [{ serves: () => true, handle: getRequestListener(routes.fetch) }],
    log: silentLog,
    random: systemRandom,
    clock: systemClock,
    seen: () => {},
  })
  const port = await listen(server, 0, '127.0.0.1')
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { origin: `http://127.0.0.1:${port}`, close }
}
