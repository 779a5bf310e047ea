import { createAdaptorServer, type ServerType } from '@hono/node-server'
import { Hono } from 'hono'
import { productApp } from './party/app.tsx'
import { newSite, type ProductSettings } from './party/site.ts'

/** Where the product is, and how to stop it. */
export type RunningProduct = { url: string; close(): Promise<void> }

/** Starts a sample product for this machine only. The account service may start later. */
export async function startProduct(settings: ProductSettings): Promise<RunningProduct> {
  let app = new Hono()
  const server = createAdaptorServer({ fetch: (request) => app.fetch(request) })
  const url = `http://localhost:${await listen(server, settings.port)}`
  app = productApp(newSite(settings, url))
  return { url, close: () => close(server) }
}

function listen(server: ServerType, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}
