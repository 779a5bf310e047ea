/** Who may import whom. */
import { at } from './tree.mjs'

const SURFACES = ['oidc', 'sign-in', 'portal', 'operator']

/** The floors of the house: an import goes to a lower floor, or stays in its own room. */
const FLOOR = {
  cli: 9,
  app: 8,
  slices: 7,
  world: 6,
  ...Object.fromEntries(SURFACES.map((surface) => [surface, 5])),
  journey: 4,
  settings: 4,
  core: 3,
  slice: 3,
  ui: 2,
  urls: 1,
  platform: 0,
}

/** The floors of core, in the same way. */
const CORE_FLOOR = { operations: 3, events: 2, limits: 1, model: 0 }
const coreFloorOf = (path) => CORE_FLOOR[path.match(/^src\/core\/([\w-]+)\//)?.[1]] ?? 0

/** The room of a file: `src/core/model/account/store.ts` is in core, `src/urls.ts` in urls; main.ts belongs to the cli. */
export function roomOf(path) {
  const room = path.match(/^src\/([\w-]+)/)?.[1]
  return room === 'main' ? 'cli' : room
}

export const sliceOf = (path) => path.match(/^src\/(?:sign-in|portal|operator)\/[^/]+(?=\/)/)?.[0]

/** Every import between files of the product. */
function* arrows({ files }) {
  for (const from of files) {
    if (from.isProduct) for (const one of from.imports) if (one.to?.startsWith('src/')) yield { from, to: one.to, one }
  }
}

/** main, cli → app → slices → world → surfaces → journey → core → platform; ui serves pages. In core: operations → events → limits → model. */
export function* arrowsPointDown(tree) {
  for (const file of tree.files) {
    if (file.isProduct && !(roomOf(file.path) in FLOOR))
      yield at(file, 0, `${file.folder} is no room of the house (see ARCHITECTURE.md)`)
  }
  for (const { from, to, one } of arrows(tree)) {
    const [here, there] = [roomOf(from.path), roomOf(to)]
    if (coreFloorOf(from.path) < coreFloorOf(to) && here === 'core' && there === 'core')
      yield at(from, one.start, `${from.folder} may not import ${to}: in core operations → events → limits → model`)
    if (here === there || !(here in FLOOR) || !(there in FLOOR)) continue
    const wrong = (advice) => at(from, one.start, `${here} may not import ${to}: ${advice}`)
    if (FLOOR[here] === FLOOR[there])
      yield wrong('neighbours do not know each other; what both need belongs in core/ or ui/')
    else if (FLOOR[here] < FLOOR[there])
      yield wrong('arrows point down; move what is shared down, or pass it as an argument')
    else if (here === 'core' && there === 'ui') yield wrong('core knows no surface')
    else if (there === 'settings' && !['cli', 'app', 'world'].includes(here))
      yield wrong('pass the value as an argument; world.ts reads the settings')
    else if (
      there === 'ui' &&
      !/\.tsx$|\/(letters|frame)\.ts$|^src\/(app|app\/[\w-]+|slice|world)\.ts$/.test(from.path)
    )
      yield wrong('only pages, letters, samples, routes, frames and the type of a slice use the ui')
  }
}

const IS_SAMPLES = /\/samples\.tsx?$/

// Only the cli may load dev, when it is asked to; samples are loaded when somebody asks a slice for them.
/** src knows neither dev, e2e, bench, tools nor its own samples; src and dev import no tests. */
export function* srcStandsAlone({ files }) {
  for (const file of files) {
    if (file.isTest) continue
    for (const { to, kind, start } of file.imports) {
      if (!to) continue
      if (/^(src|dev)\//.test(file.path) && /\.test\.tsx?$|\/testing(\/|\.tsx?$)/.test(to))
        yield at(file, start, `imports test code (${to})`)
      if (file.isProduct && kind === 'value' && IS_SAMPLES.test(to) && !IS_SAMPLES.test(file.path))
        yield at(file, start, 'samples are not a part of the service: `samples: () => import(…)`')
      const lazilyByCli = kind === 'dynamic' && to.startsWith('dev/') && roomOf(file.path) === 'cli'
      const outside = to.match(/^(?:dev|e2e|bench|tools)(?=\/)/)?.[0]
      if (file.isProduct && outside && !lazilyByCli) {
        yield at(
          file,
          start,
          `src may not import ${outside}/ (${to}): only src/cli may, with \`await import()\`, and only dev/`,
        )
      }
    }
  }
}

/** A slice imports no other slice, and its store is its own. */
export function* slicesAreIslands(tree) {
  for (const { from, to, one } of arrows(tree)) {
    const [here, there] = [sliceOf(from.path), sliceOf(to)]
    if (!there || here === there) continue
    if (here)
      yield at(from, one.start, `${here} may not import ${to}: shared facts go down to core/, shared pieces to ui/`)
    else if (to.endsWith('/store.ts')) yield at(from, one.start, `${to} is private to its slice: ask its rules.ts`)
  }
}

/** Every slice has a manifest, and src/slices.ts names it once, by its folder. */
export function* slicesAreListed({ files, folders }) {
  const list = files.find(({ path }) => path === 'src/slices.ts')
  for (const folder of list ? folders.filter((path) => sliceOf(`${path}/`) === path) : []) {
    const manifest = list.imports.find(({ to }) => to === `${folder}/slice.ts`)
    const name = manifest?.clause.match(/^\{ (\w+) \}$/)?.[1]
    const entry = `'${folder.slice('src/'.length)}': ${name},`
    if (list.text.split(entry).length !== 2)
      yield at(
        list,
        manifest?.start ?? 0,
        `${folder} is to be imported from its slice.ts and listed once, by its folder`,
      )
  }
}

/** rules.ts decides; it never sees HTTP, HTML or wording. */
export function* rulesKnowNoWeb({ files }) {
  for (const file of files) {
    if (!file.isProduct || !/^rules(-[a-z-]+)?\.ts$/.test(file.name)) continue
    for (const { specifier, to, start } of file.imports) {
      const isWeb =
        /^(@?hono\b|node:http)/.test(specifier) ||
        /^src\/(ui\/|platform\/(web|csrf|headers)\b)|\/(texts|routes|pages|letters|samples|frame)\.tsx?$/.test(to ?? '')
      if (isWeb)
        yield at(
          file,
          start,
          `rules.ts may not import ${to ?? specifier}: answer Done or Refused<'reason'>; routes and texts do the rest`,
        )
    }
  }
}

/** A page or a letter is a function of its props. */
export function* pagesArePure({ files }) {
  for (const file of files) {
    if (!file.isProduct || !/^(pages\.tsx|letters\.tsx?)$/.test(file.name)) continue
    for (const { specifier, to, kind, clause, start } of file.imports) {
      const isPure = to
        ? /^src\/(ui\/|urls\.ts$|core\/model\/factor\/kinds\.ts$|platform\/(languages\b|clock\.ts$))|\/texts\.ts$/.test(
            to,
          ) ||
          to.startsWith(`${file.folder}/pages.`) ||
          to.startsWith(`${file.folder}/letters.`)
        : /^hono\/(jsx|html)\b/.test(specifier)
      const readsTheClock = /\b(system|movable)Clock\b/.test(clause)
      if (kind !== 'type' && (!isPure || readsTheClock)) {
        yield at(
          file,
          start,
          `${file.name} may not import ${to ?? specifier}: pages and letters are functions of their props (types are fine)`,
        )
      }
    }
  }
}

/** No file needs itself, by however many steps. Types count too: what two files of a circle share belongs in a third one. */
export function* noCycles({ files }) {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const finished = new Set()
  const path = []
  function* visit(file) {
    path.push(file.path)
    for (const { to, start } of file.imports) {
      if (finished.has(to) || !byPath.has(to)) continue
      const back = path.indexOf(to)
      if (back >= 0) yield at(file, start, `a cycle: ${[...path.slice(back), to].join(' → ')}`)
      else yield* visit(byPath.get(to))
    }
    finished.add(path.pop())
  }
  for (const file of files) if (!finished.has(file.path)) yield* visit(file)
}

/**
 * Whose rows an entity reads or ends in statements of its own, since two statements would be two moments: a session is found with
 * the state of its account, its password, factors and grants. Everything else that touches several entities is an operation.
 */
const ENTITY_READS = {
  factor: ['one-time'],
  password: ['account'],
  session: ['account', 'factor', 'grant', 'password'],
  'sign-up': ['account'],
  'support-request': ['account'],
}
const entityOf = (path) => path.match(/^src\/core\/model\/([\w-]+)\//)?.[1]

/** An entity knows the ids of others (types), and of no other the rows, but for those above. */
export function* entitiesStandAlone(tree) {
  for (const { from, to, one } of arrows(tree)) {
    const [here, there] = [entityOf(from.path), entityOf(to)]
    if (!here || !there || here === there || one.kind === 'type') continue
    if (!ENTITY_READS[here]?.includes(there))
      yield at(from, one.start, `${from.folder} may not import ${to}: what touches several entities is an operation`)
  }
}

/** What counts as one folder: at the top of src each file does, since it is a room of its own. */
const folderOf = (path) => (path.split('/').length === 2 ? path : path.slice(0, path.lastIndexOf('/')))

/** Folders that are one with what lies in them: the surface of the protocol needs its bridge, as the bridge needs the surface. */
const WHOLE = ['src/oidc']

/** An import by which one folder needs another. A folder and what lies in it are two, but for those above. */
function isBetweenFolders(from, to) {
  const isPart = WHOLE.some((whole) => [from, to].includes(whole) && [from, to].every((path) => path.startsWith(whole)))
  return from !== to && to.startsWith('src/') && !isPart
}

/** No folder needs itself, by however many steps: reported once, with the imports that make the shortest way round. */
export function* noFolderCycles(tree) {
  const needs = new Map()
  for (const { from, to, one } of arrows(tree)) {
    const [here, there] = [folderOf(from.path), folderOf(to)]
    if (one.kind !== 'value' || !isBetweenFolders(here, there)) continue
    const imports = needs.get(here) ?? new Map()
    if (!imports.has(there)) imports.set(there, { from, one, to, there })
    needs.set(here, imports)
  }
  const reported = new Set()
  for (const start of needs.keys()) {
    const way = wayRound(needs, start)
    if (!way || way.some(({ there }) => reported.has(there))) continue
    for (const { there } of way) reported.add(there)
    const steps = way.map(({ from, to }) => `${from.path} imports ${to}`)
    yield at(way[0].from, way[0].one.start, `a cycle of folders: ${steps.join(', ')}`)
  }
}

/** The fewest imports that lead from a folder back to itself; undefined where none do. */
function wayRound(needs, start) {
  const seen = new Set()
  const ways = [[]]
  for (const way of ways) {
    for (const step of needs.get(way.at(-1)?.there ?? start)?.values() ?? []) {
      if (step.there === start) return [...way, step]
      if (!seen.has(step.there)) ways.push([...way, step])
      seen.add(step.there)
    }
  }
  return undefined
}
