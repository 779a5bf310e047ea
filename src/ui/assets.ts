/** The stylesheet, the script and the icon of every page: read once, named by their content, compressed ahead. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { packageRoot } from '../platform/package-root.ts'
import { markFile } from './layout/mark.tsx'

export type Asset = { body: Buffer; gzip: Buffer; type: string }

/** A path changes whenever its content does: what it leads to may be kept for ever. */
export type Assets = {
  cssPath: string
  scriptPath: string
  /** Only where a proof of work is asked for. */
  proofPath: string
  /** Only where a passkey may be used or made. */
  passkeyPath: string
  iconPath: string
  get(path: string): Asset | undefined
}

/** A stylesheet without its comments and its layout. */
const dense = (css: Buffer): Buffer => Buffer.from(`${css}`.replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' '))

/** A script without the comments that stand on lines of their own. */
const terse = (script: Buffer): Buffer => Buffer.from(`${script}`.replace(/^[ \t]*(?:\/\/.*|\/\*[\s\S]*?\*\/)\n/gm, ''))

/** Reads what the pages need from src/ui/ of the package. */
export function loadAssets(): Assets {
  const published = new Map<string, Asset>()
  const publish = (name: string, type: string, body: Buffer): string => {
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
    const path = `/assets/${name.replace('.', `.${hash}.`)}`
    published.set(path, { body, gzip: gzipSync(body, { level: 9 }), type })
    return path
  }
  const read = (file: string): Buffer => readFileSync(join(packageRoot, 'src/ui', file))
  return {
    cssPath: publish('style.css', 'text/css; charset=utf-8', dense(read('style.css'))),
    scriptPath: publish('fields.js', 'text/javascript; charset=utf-8', terse(read('islands/fields.js'))),
    proofPath: publish('proof.js', 'text/javascript; charset=utf-8', terse(read('islands/proof.js'))),
    passkeyPath: publish('passkey.js', 'text/javascript; charset=utf-8', terse(read('islands/passkey.js'))),
    iconPath: publish('mark.svg', 'image/svg+xml', Buffer.from(markFile)),
    get: (path) => published.get(path),
  }
}
