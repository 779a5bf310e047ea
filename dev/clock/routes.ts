/** `/dev/clock`: moves the service's clock, so that nobody has to wait for an expiry. Mounted in development only. */
import { Hono } from 'hono'
import { z } from 'zod'
import { days, inSeconds, type MovableClock, seconds } from '../../src/platform/clock.ts'
import { notFromElsewhere } from '../from-elsewhere.ts'

const TEN_YEARS = days(3_653)
const Move = z.object({ advanceSeconds: z.int().min(0).max(inSeconds(TEN_YEARS)) })

/** `onMoved` is called after every change: what waits for a time may be due now. */
export function clockRoutes(clock: MovableClock, onMoved: () => void): Hono {
  const app = new Hono()
  const moved = () => {
    onMoved()
    return { now: clock.now().toISOString() }
  }
  app.use('/dev/clock', notFromElsewhere)

  app.post('/dev/clock', async (c) => {
    const move = Move.safeParse(await c.req.json().catch(() => undefined))
    if (!move.success) return c.text('advanceSeconds must be a whole number of seconds, from 0 to ten years\n', 400)
    clock.advance(seconds(move.data.advanceSeconds))
    return c.json(moved())
  })
  app.delete('/dev/clock', (c) => {
    clock.reset()
    return c.json(moved())
  })
  return app
}
