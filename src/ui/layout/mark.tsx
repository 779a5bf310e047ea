/** The mark, a footbridge, and the tiles of products: SVG, since the pages' policy allows no inline style. */

/** The product that waits at the end of the way: its tile stands on top of every page until then. */
export type WaitingProduct = { name: string; colour?: string }

const bridge = 'M3 23h26M5 23C8 12 24 12 27 23M11 23v-6.6M16 23v-8.2M21 23v-6.6'

/** The mark as a file, for the tab of the browser; it has one colour that does on light and dark. */
export const markFile = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#2f9c84" stroke-width="3" stroke-linecap="round"><path d="${bridge}"/></svg>`

/** The mark in the header, in the accent. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <path d={bridge} />
  </svg>
)

/** Calm, with white on them and on a dark sheet: a contrast of 4.5 and of 3 at least. */
export const tileColours = ['#5c6bbc', '#9559a4', '#8e6b2f', '#327896', '#597a42', '#b34e73'] as const

/** The product's own colour; without one, always the same for a name. */
function colourOf({ name, colour = '' }: WaitingProduct): string {
  if (/^#[0-9a-f]{6}$/i.test(colour)) return colour
  const sum = [...name].reduce((hash, sign) => (hash * 129 + (sign.codePointAt(0) ?? 0)) % 65_521, 0)
  return tileColours[sum % tileColours.length] ?? tileColours[0]
}

/** Black or white, whichever is easier to read on a colour (its luma by ITU-R BT.601). */
function inkOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? '#111' : '#fff'
}

/** A product's colour and initial; its name always stands beside it. */
export const Tile = ({ product }: { product: WaitingProduct }) => (
  <svg class="tile" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="8" fill={colourOf(product)} />
    <text x="16" y="21.5" fill={inkOn(colourOf(product))}>
      {[...product.name.trim()][0]?.toUpperCase()}
    </text>
  </svg>
)
