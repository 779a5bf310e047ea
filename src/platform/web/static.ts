/** The stylesheet, the scripts and the mark: named by their content, so that a browser may keep them for good. */
import { Hono } from 'hono'

type Assets = { get(path: string): { body: Buffer; gzip: Buffer; type: string } | undefined }

export const assetRoutes = (assets: Assets) =>
  new Hono().get('/assets/:name', (c) => {
    const asset = assets.get(c.req.path)
    if (!asset) return c.notFound()
    const zipped = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
    c.header('Cache-Control', 'public, max-age=31536000, immutable')
    c.header('Content-Type', asset.type)
    c.header('Vary', 'Accept-Encoding')
    if (zipped) c.header('Content-Encoding', 'gzip')
    return c.body(new Uint8Array(zipped ? asset.gzip : asset.body))
  })
