/** The service for a real browser: it listens where it says it is, and can be stopped and started again there. */
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { after } from 'node:test'
import type { App } from '../app.ts'
import { seconds } from '../platform/clock.ts'
import { closeServer, listen } from '../platform/web/server.ts'
import { freePort } from './free-port.ts'
import { restarted, type TestWorld, testApp, testWorld } from './world.ts'

export type LiveService = TestWorld & {
  /** Carries out all that waits in the outbox, once no request is under way that could add to it. */
  post(): Promise<void>
  /** Another process in the place of this one, on the same database. */
  restart(): Promise<void>
}

/** Runs until the test file ends. */
export async function liveService(environment: Record<string, string> = {}): Promise<LiveService> {
  const port = await freePort()
  const world = await testWorld({ PASSERELLE_URL: `http://localhost:${port}`, ...environment })
  const underWay = new Set<ServerResponse>()
  const start = async (one: TestWorld): Promise<App> => {
    const app = await testApp(one)
    app.server.on('request', (_request, response) => {
      underWay.add(response)
      response.once('close', () => underWay.delete(response))
    })
    await listen(app.server, port, '127.0.0.1')
    return app
  }
  const stop = async (app: App): Promise<void> => {
    await closeServer(app.server, seconds(0))
    await app.stop()
  }
  let app = await start(world)
  after(() => stop(app))
  return {
    ...world,
    async post() {
      for (const response of underWay) await once(response, 'close')
      await app.dispatcher.drain()
    },
    async restart() {
      await stop(app)
      app = await start(restarted(world))
    },
  }
}
