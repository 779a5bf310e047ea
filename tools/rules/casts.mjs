/** `as` only to brand: a cast to anything else is a promise nobody checks. (Biome finds `any` and `!`.) */
import { at } from './tree.mjs'

const CAST = /(?<![.\w$])as\s+(?!const\b)(?=[\w$({['"`])/g
const RENAMING = /\bexport\s*(?:type\s*)?\{[^}]*\}/g
const KEY_REMAPPING = /\[\s*\w+\s+in\s[^\]]*$/
const TARGET = /^(?:readonly\s+)?([\w$.]+(?:\[\])*(?:\s*\|\s*[\w$.]+(?:\[\])*)*)/
const ABSENT = new Set(['undefined', 'null'])
const TYPE = /\btype\s+(\w+)\s*(?:<[^=]*>)?\s*=\s*([^\n]*(?:\n[ \t]+[^\n]*)*)/g

/** The names of all branded types: those that carry a `unique symbol`, or are made by a type that does. */
function brandsIn(files) {
  const symbols = files.flatMap(({ code }) => [...code.matchAll(/\b(\w+)\s*:\s*unique symbol/g)].map((m) => m[1]))
  const types = files.flatMap(({ code }) => [...code.matchAll(TYPE)].map(([, name, body]) => ({ name, body })))
  const brands = new Set()
  const isBrand = ({ body }) =>
    symbols.some((symbol) => body.includes(`[${symbol}]`)) ||
    [...body.matchAll(/(?:^|&)\s*(\w+)\s*(?=<|&|$)/g)].some((m) => brands.has(m[1]))
  for (let before = -1; before !== brands.size; ) {
    before = brands.size
    for (const type of types) if (isBrand(type)) brands.add(type.name)
  }
  return brands
}

/** `import { a as b }`, `export { a as b }`, `{ [K in T as U]: … }`: not every `as` is a cast. */
function isRenaming({ code, imports }, offset) {
  const clauses = [
    ...imports,
    ...[...code.matchAll(RENAMING)].map((m) => ({ start: m.index, end: m.index + m[0].length })),
  ]
  const before = code.slice(Math.max(0, offset - 200), offset)
  return KEY_REMAPPING.test(before) || clauses.some(({ start, end }) => start <= offset && offset < end)
}

/** The names in `as Email | undefined`; empty when the target is more than names. */
const namesIn = (target) =>
  (target.match(TARGET)?.[1] ?? '').split('|').map((name) => name.trim().replace(/(\[\])+$/, ''))

export function* castsOnlyBrand({ files }) {
  const product = files.filter(({ isProduct }) => isProduct)
  const brands = brandsIn(product)
  for (const file of product) {
    const isHomeOfABrand = /:\s*unique symbol/.test(file.code)
    for (const { 0: found, index } of file.code.matchAll(CAST)) {
      if (isRenaming(file, index)) continue
      const offset = index + found.length
      const names = namesIn(file.code.slice(offset))
      const isBrand =
        names.some((name) => brands.has(name)) && names.every((name) => brands.has(name) || ABSENT.has(name))
      if (isBrand || (isHomeOfABrand && !names.includes('unknown'))) continue
      const [target] = file.text.slice(offset).match(/^[^\n,;)]*/)
      yield at(file, index, `\`as ${target.trim()}\`: check the value or let the type follow; \`as\` is for brands`)
    }
  }
}
