/** What stands in one place: a table of the database in the folder whose store names it, who writes it, the kinds of factor. */
import { at } from './tree.mjs'

const CREATE_TABLE = /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?"?(\w+)/gi
const DECLARED = /\binterface\s+Tables\s*\{([^}]*)\}/g
const KYSELY =
  /\b(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto|\w+Join(?:Lateral)?|using|from|table)\(\s*(\[[^\]]*\]|'[^']*'|"[^"]*")/g
const SQL = /\b(?:from|into|update|join|table|truncate)\s+(?:only\s+)?"?(\w+)/gi
const IS_SQL = /^\s*(?:select|insert into|update \w+ set|delete from|with \w+ as|truncate|lock|copy)\s/

export function* aTableHasOneOwner({ files }) {
  const tables = new Set()
  for (const { path, text } of files) {
    if (/^db\/migrations\/.*\.sql$/.test(path)) for (const m of text.matchAll(CREATE_TABLE)) tables.add(m[1])
  }
  const owners = new Map()
  const uses = new Map([...tables].map((table) => [table, []]))
  for (const file of files.filter(({ isProduct }) => isProduct)) {
    for (const { table, offset } of declaredIn(file, tables)) {
      const owner = owners.get(table)
      if (owner && owner !== file.folder)
        yield at(file, offset, `table ${table} is declared here and in ${owner}: it has one owner`)
      owners.set(table, owner ?? file.folder)
    }
    for (const { table, offset } of namedIn(file)) uses.get(table)?.push({ file, offset })
  }
  for (const [table, places] of uses) {
    const owner = owners.get(table)
    const folders = [...new Set(places.map(({ file }) => file.folder))]
    if (folders.length < 2 && (!owner || !folders.length || folders[0] === owner)) continue
    const whose = owner
      ? `belongs to ${owner}: call a function of its store`
      : `is named in ${folders.join(' and ')}: give it one owner`
    for (const { file, offset } of places) if (file.folder !== owner) yield at(file, offset, `table ${table} ${whose}`)
  }
}

/** The tables in `interface Tables { accounts: AccountsTable }`. */
function* declaredIn({ code }, tables) {
  for (const { 1: body, index } of code.matchAll(DECLARED)) {
    for (const m of body.matchAll(/(\w+)\s*:/g)) if (tables.has(m[1])) yield { table: m[1], offset: index }
  }
}

/** The tables in calls of Kysely and in SQL. */
function* namedIn({ text, code, strings }) {
  for (const { 0: call, 1: names, index } of text.matchAll(KYSELY)) {
    if (code[index] !== text[index]) continue // in a comment or a string
    for (const m of names.matchAll(/['"](\w+)/g))
      yield { table: m[1], offset: index + call.length - names.length + m.index }
  }
  for (const { start, text: said, isTemplate } of strings) {
    const isTagged = isTemplate && /\bsql(<[^`]*>)?$/.test(code.slice(Math.max(0, start - 200), start))
    if (isTagged || IS_SQL.test(said)) for (const m of said.matchAll(SQL)) yield { table: m[1], offset: start }
  }
}

const QUERY = /(?<=(\S)\s*\n[ \t]*)(?:[\w.]+\.)?(?:db|tx)(?:\.|\n\s*\.)(?=[a-z])/g

/** A query that nobody waits for may run after its transaction. (Biome sees this only where it knows the type.) */
export function* queriesAreAwaited({ files }) {
  for (const file of files.filter(({ isProduct }) => isProduct)) {
    for (const m of file.code.matchAll(QUERY)) {
      const isStatement = /[^\s(=,[>?:&|!+]/.test(m[1]) && !/\b(?:return|await)\s*$/.test(file.code.slice(0, m.index))
      if (isStatement) yield at(file, m.index, 'a query that is not awaited: await it, or return it')
    }
  }
}

const EMIT = 'src/core/events/emit.ts'
const TELLS = { only: [EMIT], instead: `emit an event (${EMIT}); the catalogue says what follows from it` }
/** Who alone may import what writes: by its file, and there by its name, or all that is not named. A folder ends with a slash. */
const WRITERS = {
  'src/core/events/audit-log/store.ts': { insertLinked: TELLS },
  'src/core/events/notice.ts': { notify: TELLS },
  'src/core/events/product-events.ts': { insertForEveryProduct: TELLS },
  'src/core/limits/counters/store.ts': {
    '': {
      // attempts.ts counts to know which number an attempt has, and refuses nobody: that is no limit.
      only: ['src/core/limits/', 'src/core/events/attempts.ts'],
      instead: 'count under a limit (src/core/limits/counters/count.ts)',
    },
    // The list of all that expires asks every store.
    deleteExpiredTries: { only: ['src/app/expiring.ts'], instead: 'src/app/expiring.ts deletes what has expired' },
  },
}

/** Nothing is written past the function that decides what else has to be: an import of everything counts as one of each name. */
export function* writersAreAskedByOne({ files }) {
  for (const file of files.filter(({ isProduct }) => isProduct)) {
    for (const { to, start, kind, clause } of file.imports) {
      if (kind === 'type' || !Object.hasOwn(WRITERS, to ?? '')) continue
      const { '': rest, ...named } = WRITERS[to]
      const names = /^\{/.test(clause) ? clause.match(/\w+(?=\s*(?:,|\}|\bas\b))/g) : Object.keys(WRITERS[to])
      for (const name of names) {
        const writer = Object.hasOwn(named, name) ? named[name] : rest
        if (
          writer &&
          !writer.only.some((path) => file.path === path || (path.endsWith('/') && file.path.startsWith(path)))
        )
          yield at(file, start, `${file.path} may not import ${name || 'that'} from ${to}: ${writer.instead}`)
      }
    }
  }
}

const REGISTRATION = 'src/core/model/factor/kinds.ts'
const ROW = /^ {2}(\w+): \{/gm
const COMPARED = /\b(?:kind|way|factor|done)\s*[!=]==?\s*'(\w+)'|\bcase\s+'(\w+)'/g
/** Words of a union, or of a list, one after the other. */
const LIST = /'[\w-]+'(?:\s*[|,]\s*'[\w-]+')+/g

/** No file tells kinds apart by their names, nor lists them again: three of them, or two and nothing else. */
export function* factorKindsAreOneTable({ files }) {
  const registration = files.find(({ path }) => path === REGISTRATION)
  const kinds = new Set([...(registration?.text ?? '').matchAll(ROW)].map(([, kind]) => kind))
  for (const file of files) {
    if (!file.isProduct || file === registration || file.name === 'samples.tsx') continue
    for (const { index, 1: compared, 2: chosen } of found(file, COMPARED))
      if (kinds.has(compared ?? chosen))
        yield at(file, index, `'${compared ?? chosen}': ask a property of the kind (${REGISTRATION})`)
    for (const { index, 0: list } of found(file, LIST)) {
      const words = [...list.matchAll(/'([\w-]+)'/g)].map(([, word]) => word)
      const named = words.filter((word) => kinds.has(word)).length
      if (named > 2 || (named === 2 && words.length === 2))
        yield at(file, index, `${list}: kinds of factor are listed in ${REGISTRATION} alone`)
    }
  }
}

/** What is in the code, and not in a comment. */
const found = ({ text, code }, pattern) =>
  [...text.matchAll(pattern)].filter(({ index }) => code[index] === text[index])
