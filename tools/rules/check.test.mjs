/** Every rule of the house sees what it is for, and lets honest code pass. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { suite, test } from 'node:test'
import { check, RULES } from './check.mjs'

/** Writes the files into an empty folder and checks it: what the rules say, as `rule file:line`. */
function checked(files) {
  const root = mkdtempSync(join(tmpdir(), 'passerelle-rules-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return check(root).map(({ rule, file, line }) => `${rule} ${file}:${line}`)
  } finally {
    rmSync(root, { recursive: true })
  }
}

const RULES_FILE = 'src/portal/email/rules.ts'
const PAGES_FILE = 'src/portal/email/pages.tsx'
const MANIFEST = 'src/portal/email/slice.ts'
const LIST = "import { email } from './portal/email/slice.ts'\nexport const slices = {\n  'portal/email': email,\n}"
const RECORD = 'docs/decisions/0001-a-title.md'
const ROW = '| [0001](0001-a-title.md) | A title | 2026-11-22 | accepted |'
const KINDS = 'src/core/model/factor/kinds.ts'
const kinds = "const kinds = {\n  text: { proof: 'sent-code' },\n  voice: {\n  },\n  email: {},\n}"
const DEPENDENCIES = 'docs/decisions/0012-dependencies.md'
const STORE = 'src/core/account/store.ts'
const lines = (count, line) => `${line}\n`.repeat(count)
/** In pieces, or this very file would break the rule. */
const machinePath = (...folders) => ['', ...folders, ''].join('/')
const registry = ['registry', 'npmjs', 'org'].join('.')

const importing = (ways) =>
  Object.fromEntries(Object.entries(ways).map(([from, to]) => [`src/${from}.ts`, `import { x } from '${to}.ts'`]))

/** By rule: trees with one violation each, and the place where it is reported. */
const planted = {
  'arrows-point-down': [
    ['src/platform/db.ts:1', { 'src/platform/db.ts': "import type { A } from '../core/a/store.ts'" }],
    [`${STORE}:2`, { [STORE]: "import x from 'x'\nimport { Page } from '../../ui/page.tsx'" }],
    ['src/oidc/bridge.ts:1', { 'src/oidc/bridge.ts': "import { frame } from '../sign-in/frame.tsx'" }],
    ['src/ui/page.tsx:1', { 'src/ui/page.tsx': "export { x } from '../core/a/store.ts'" }],
    ['src/journey/store.ts:1', { 'src/journey/store.ts': "import type { Settings } from '../settings.ts'" }],
    ['src/journey/next.ts:1', { 'src/journey/next.ts': "import { Page } from '../ui/page.tsx'" }],
    ['src/portal/frame.tsx:2', { 'src/portal/frame.tsx': "\nconst app = await import('../app.ts')" }],
    ['src/portal/email/routes.tsx:1', { 'src/portal/email/routes.tsx': "import { world } from '../../world.ts'" }],
    ['src/lib/a.ts:1', { 'src/lib/a.ts': '' }],
    ['src/core/model/a.ts:1', { 'src/core/model/a.ts': "import type { A } from '../limits/a.ts'" }],
    ['src/core/limits/a.ts:1', { 'src/core/limits/a.ts': "import { emit } from '../events/emit.ts'" }],
    ['src/core/events/a.ts:1', { 'src/core/events/a.ts': "import { close } from '../operations/b/close.ts'" }],
  ],
  'src-stands-alone': [
    ['src/app.ts:1', { 'src/app.ts': "import { inbox } from '../dev/inbox.ts'" }],
    ['src/app.ts:1', { 'src/app.ts': "const { inbox } = await import('../dev/inbox.ts')" }],
    [`${MANIFEST}:1`, { [MANIFEST]: "import { pages } from './samples.tsx'" }],
    ['src/cli/demo.ts:1', { 'src/cli/demo.ts': "import { inbox } from '../../dev/inbox.ts'" }],
    ['src/cli/bench.ts:1', { 'src/cli/bench.ts': "const bench = await import('../../bench/main.ts')" }],
    [`${STORE}:1`, { [STORE]: "import { testWorld } from '../../testing/world.ts'" }],
  ],
  'slices-are-islands': [
    [`${RULES_FILE}:1`, { [RULES_FILE]: "import { change } from '../password/rules.ts'" }],
    ['src/app.ts:1', { 'src/app.ts': "import { find } from './portal/email/store.ts'" }],
    ['src/portal/frame.tsx:1', { 'src/portal/frame.tsx': "import { find } from './email/store.ts'" }],
  ],
  'slices-are-listed': ['', LIST.replace("email'", "mail'"), LIST.replace(/(.+\n)}$/, '$1$1}')].map((list) => [
    'src/slices.ts:1',
    { 'src/slices.ts': list, [MANIFEST]: '' },
  ]),
  'rules-know-no-web': [
    [`${RULES_FILE}:1`, { [RULES_FILE]: "import type { Context } from 'hono'" }],
    [`${RULES_FILE}:1`, { [RULES_FILE]: "import { texts } from './texts.ts'" }],
    [`${RULES_FILE}:1`, { [RULES_FILE]: "import { field } from '../../platform/web/form.ts'" }],
  ],
  'pages-are-pure': [
    [`${PAGES_FILE}:1`, { [PAGES_FILE]: "import { LIMIT } from './rules.ts'" }],
    [`${PAGES_FILE}:1`, { [PAGES_FILE]: "import { systemClock } from '../../platform/clock.ts'" }],
    ['src/portal/email/letters.tsx:1', { 'src/portal/email/letters.tsx': "import { sql } from 'kysely'" }],
  ],
  'no-cycles': [
    ['src/core/a/b.ts:1', importing({ 'core/a/a': './b', 'core/a/b': './a' })],
    [
      'src/core/a/b.ts:1',
      { 'src/core/a/a.ts': "import type { B } from './b.ts'", 'src/core/a/b.ts': "import type { A } from './a.ts'" },
    ],
  ],
  'no-folder-cycles': [
    ['src/core/a/b.ts:1', importing({ 'core/a/b': '../c/c', 'core/c/c': './d/d', 'core/c/d/d': '../../a/a' })],
    ['src/core/a/a.ts:1', importing({ 'core/a/a': './b/b', 'core/a/b/b': '../c' })],
    ['src/cli/a.ts:1', importing({ 'cli/a': './b/b', 'cli/b/b': '../c' })],
  ],
  'entities-stand-alone': [
    ['src/core/model/grant/store.ts:1', importing({ 'core/model/grant/store': '../account/store' })],
    ['src/core/model/account/store.ts:1', importing({ 'core/model/account/store': '../password/store' })],
  ],
  'a-table-has-one-owner': [
    "db.selectFrom('accounts')",
    "db.selectFrom('x').innerJoin('accounts as a', 'a.id')",
    'sql<number>`select 1 from accounts`',
  ].map((query) => [
    'src/core/event/store.ts:2',
    {
      'db/migrations/0001.sql': 'create table accounts (id text);',
      [STORE]: 'declare module "db" { interface Tables { accounts: A } }',
      'src/core/event/store.ts': `// x\nexport const find = (db: Db) => ${query}`,
    },
  ]),
  'writers-are-asked-by-one': [
    [RULES_FILE, '{ insertLinked, pastOf }', 'events/audit-log/store'],
    [RULES_FILE, '{ insertLinked as link }', 'events/audit-log/store'],
    [RULES_FILE, '{\n  holdNotice,\n  notify,\n}', 'events/notice'],
    [RULES_FILE, '* as changes', 'events/product-events'],
    [RULES_FILE, '{ countUnder }', 'limits/counters/store'],
    ['src/app/expiring.ts', '{ countUnder }', 'limits/counters/store'],
    ['src/core/limits/admission.ts', '{ deleteExpiredTries }', 'limits/counters/store'],
  ].map(([file, clause, from]) => [
    `${file}:1`,
    { [file]: `import ${clause} from '${'../'.repeat(file.split('/').length - 2)}core/${from}.ts'` },
  ]),
  'queries-are-awaited': [
    [`${STORE}:2`, { [STORE]: 'async function f(tx: Tx) {\n  tx.deleteFrom(x).execute()\n}' }],
    [
      `${STORE}:3`,
      { [STORE]: 'async function f(tx: Tx) {\n  const a = 1\n  tx\n    .deleteFrom(x)\n    .execute()\n}' },
    ],
  ],
  'nothing-ambient': [
    'new Date()',
    'Date.now()',
    'Math.random()',
    'process.env.HOME',
    'performance.now()',
    'crypto.randomUUID()',
    'after(60 * 1000)',
    'sql`select now()`',
  ].map((found) => [`${STORE}:1`, { [STORE]: `export const x = ${found}` }]),
  'length-comes-first': [
    "typed.normalize('NFC')",
    'typed?.normalize()',
    'names.map(String.prototype.normalize.call)',
    'JSON.parse(answer)',
    'JSON.parse(field(c, "answer"))',
    'parsePhoneNumber(typed)',
    'Bowser.parse(agent)',
    'domainToASCII(domain)',
  ].map((found) => [`${STORE}:1`, { [STORE]: `export const x = ${found}` }]),
  'expressions-are-linear': [
    '/^(a+)+$/',
    '/^(\\w+\\s?)*$/',
    '/\\s+$/',
    '/[\\d\\p{P} ]+$/u',
    '/^(.+)\\1$/u',
    '/\\S+@\\S+/g',
    '/<(.*)>/g',
    '/\\u2068([^\\u2069]*)\\u2069/',
    '/^\\s*"?([^"<]*?)"?\\s*</',
  ].map((found) => [`${STORE}:2`, { [STORE]: `\nexport const x = ${found}.exec(y)` }]),
  'casts-only-brand': ['Row', 'unknown', '{ a: string }', "'a'", 'Email | Row', 'any'].map((target) => [
    `${STORE}:2`,
    {
      'src/core/model/account/email.ts':
        'declare const brand: unique symbol\nexport type Email = string & { [brand]: 1 }',
      [STORE]: `\nexport const x = y as ${target}`,
    },
  ]),
  'factor-kinds-are-one-table': [
    "const isPhone = kind === 'text'",
    "const isMail = (way !== 'email')",
    "switch (kind) { case 'email': return 1 }",
    "const byPhone = new Set(['text', 'voice'])",
    "type Done = 'added' | 'text'\n  | 'voice' | 'email'",
  ].map((code) => [`${PAGES_FILE}:1`, { [KINDS]: kinds, [PAGES_FILE]: code }]),
  'files-are-short': [['bench/main.ts:1', { 'bench/main.ts': lines(251, '//') }]],
  'folders-are-short': [
    ['src/core/a:1', Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`src/core/a/file${i}.ts`, '']))],
  ],
  'names-say-something': [
    ['src/platform/utils:1', { 'src/platform/utils/a.ts': '' }],
    ['src/platform/session-manager.ts:1', { 'src/platform/session-manager.ts': '' }],
  ],
  'slices-use-the-file-names': [['src/operator/case/service.ts:1', { 'src/operator/case/service.ts': '' }]],
  'repository-is-clean': [
    ['docs/operate.md:1', { 'docs/operate.md': `cd ${machinePath('work', 'main')}` }],
    ['.npmrc:1', { '.npmrc': `//${registry}/` }],
    ['package-lock.json:2', { 'package-lock.json': `{\n"resolved": "https://${registry}/x", "packages": {} }` }],
    [
      'package-lock.json:1',
      { 'package-lock.json': '{ "packages": { "a": { "optionalDependencies": { "b": "1" } } } }' },
    ],
    ['db/x.sql:1', { 'db/x.sql': `-- ${'TO'}${'DO'} later` }],
    ['src/a.test.ts:1', { 'src/a.test.ts': "test.only('x', () => {})" }],
    ['src/a.test.ts:1', { 'src/a.test.ts': "test('x', { skip: true }, () => {})" }],
  ],
  'promises-are-written': [
    ['src/a.test.ts:1', { 'src/a.test.ts': "test('A1: x', () => {})" }],
    ['e2e/a.ts:2', { 'e2e/a.ts': 'story(\n`B8 Z2: x`)', 'docs/behaviour.md': '- **Z2** One.\nB8' }],
    [`${STORE}:1`, { [STORE]: '/** As said (K4). */' }],
  ],
  'dependencies-are-recorded': [
    ['package.json:2', { 'package.json': '{ "name": "x", "dependencies": {\n"left-pad": "1.0.0" } }' }],
  ],
  'comments-have-one-reading': [
    [`${STORE}:1`, { [STORE]: '// Whoever asks waits.' }],
    [`${STORE}:1`, { [STORE]: '/** The same of a link. */' }],
    [`${STORE}:2`, { [STORE]: '/**\n * As in nowhere.ts.\n */' }],
  ],
  'glossary-is-true': [
    ['docs/glossary.md:2', { 'docs/glossary.md': '# Words\n| `Nobody` | person | who is not there |\n' }],
  ],
  'decisions-are-listed': [
    [`${RECORD}:1`, { [RECORD]: '# A title\n\nNo date.\n', 'docs/decisions/README.md': `\n${ROW}\n` }],
    [
      `${RECORD}:1`,
      { [RECORD]: '# Another\n\n2026-11-22 · accepted\n\nSo.\n', 'docs/decisions/README.md': `\n${ROW}\n` },
    ],
    [`${RECORD}:1`, { [RECORD]: '# A title\n\n2026-11-22 · superseded by 0002\n\nSo.\n' }],
  ],
}

/** Everything here comes near a rule and keeps it. */
const honest = {
  [RECORD]: '# A title\n\n2026-11-22 · accepted\n\nSo.\n',
  'docs/decisions/README.md': `# Decisions\n\n${ROW}\n| [0012](0012-dependencies.md) | Dependencies | 2026-11-22 | accepted |\n`,
  'docs/behaviour.md': '## A\n- **A1** One.\n- **B12** Two.\n',
  'e2e/a.ts': "story('A1, B12: x', () => match('Z9', /Z9/)) // B12 (U+1C80, RFC 9106, TLS1.3, A1)",
  'db/migrations/0001.sql': 'create table accounts (id text);',
  'dev/inbox.ts': "import { world } from '../src/world.ts'\nexport const inbox = new Date()",
  'src/main.ts': "import './cli/demo.ts'",
  'src/cli/demo.ts':
    "const { inbox } = await import('../../dev/inbox.ts')\nimport type { Settings } from '../settings.ts'",
  'src/app.ts': "import { world } from './world.ts'\nimport { email } from './portal/email/routes.tsx'",
  'src/world.ts': "import { readSettings } from './settings.ts'",
  'src/settings.ts': 'export const readSettings = () => process.env',
  'src/urls.ts': "export const urls = { email: '/account/root/email' }",
  'src/platform/clock.ts':
    'export const seconds = (n: number) => ({ ms: n * 1_000 })\nexport const now = () => new Date()',
  'src/ui/page.tsx': "import { urls } from '../urls.ts'\n// not new Date(), not Math.random()",
  'src/core/model/account/email.ts':
    'declare const brand: unique symbol\nexport type Brand<T> = string & { [brand]: T }\nexport type Email = Brand<1>',
  [STORE]: [
    "import type { Email } from './email.ts'",
    "import * as kysely from 'kysely'",
    'export { a as b }',
    "export const find = async (db: Db) =>\n  db.selectFrom('accounts').select((eb) => eb.fn.countAll().as('n'))",
    'export const parse = (x: string) => [x as Email, x as Email | undefined, [1] as const]',
    'export type Keys<T> = { [K in keyof T as Uppercase<K>]: T[K] }',
    `export const at = (x: string) => [new Date(x), sql\`select \${clock.now()} from accounts\`]`,
    'export async function remove(tx: Tx) {\n  await tx.deleteFrom("accounts").execute()\n  return tx.x\n}',
  ].join('\n'),
  'src/portal/frame.tsx': "import { Page } from '../ui/page.tsx'",
  'src/platform/text.ts':
    "export const normalForm = (text) => text.normalize('NFC')\nexport const readJson = (text) => JSON.parse(text)",
  'src/core/model/account/name.ts': [
    "import { normalForm } from '../../platform/text.ts'",
    "export const x = [JSON.parse(keyring.open(y, 'offer')), JSON.parse(facts), JSON.parse(JSON.stringify(y))]",
    '// .normalize() and /^(a+)+$/ in a comment',
    String.raw`export const z = y.replace(/^\/+/, '').replaceAll(/\s+/g, ' ').split(/[^\p{L}\p{N}]+/u) / 2 / x`,
    String.raw`export const w = /^[\w.-]{1,64}$/.test(y) && /^(?!\.)[a-z]+(-[a-z]+)*$/.test(y) && /(?<!\S)\S+@\S+/g.test(y)`,
  ].join('\n'),
  'src/core/events/emit.ts':
    "import { insertLinked } from './audit-log/store.ts'\nimport { notify } from './notice.ts'",
  'src/core/events/attempts.ts': "import { countUnder } from '../limits/counters/store.ts'",
  'src/app/expiring.ts': "import { deleteExpiredTries } from '../core/limits/counters/store.ts'",
  'src/portal/email/rules-history.ts': "import { pastOf, type Linked } from '../../core/events/audit-log/store.ts'",
  [RULES_FILE]: "import { find } from '../../core/model/account/store.ts'\nimport { pending } from './store.ts'",
  'src/portal/email/store.ts': "export const pending = 'we remove it from accounts'",
  [KINDS]: kinds,
  'src/ui/field.tsx':
    "type Type = 'text' | 'email' | 'tel' // not kind === 'text'\nconst isText = type === 'text' && kind === 'odd'",
  [PAGES_FILE]:
    "import type { Outcome } from './rules.ts'\nimport { minutes } from '../../platform/clock.ts'\nimport { texts } from './texts.ts'",
  'src/portal/email/texts.ts':
    "import type { Outcome } from './rules.ts'\nexport const texts = { a: 'Insert into accounts' }",
  'src/portal/email/routes.tsx': "import { portal } from '../frame.tsx'\nimport { Page } from './pages.tsx'",
  'src/portal/email/rules.test.ts': "import { testWorld } from '../../testing/world.ts'\nconst x = y as unknown as Z",
  [MANIFEST]: "import type { Slice } from '../../slice.ts'\nimport { routes } from './routes.tsx'",
  'src/slice.ts': "import type { Letter } from './ui/letter/letter.tsx'",
  'src/slices.ts': LIST,
  'src/portal/email/golden/ask.html': '<p>',
  'src/testing/world.ts': "import { world } from '../world.ts'\nDate.now()",
  'package.json': '{ "dependencies": { "b": "1.0.0", "@a/c": "1.0.0" } }',
  [DEPENDENCIES]: '# Dependencies\n\n2026-11-22 · accepted\n\n| b, @a/c | everything |\n',
  'package-lock.json': '{ "packages": { "a": { "optionalDependencies": { "b": "1" } }, "node_modules/b": {} } }',
}

suite('the rules of the house', () => {
  test('let honest code pass', () => assert.deepEqual(checked(honest), []))

  for (const rule of Object.keys(RULES)) {
    test(`${rule} is seen when broken`, () => {
      assert.ok(planted[rule]?.length, 'plant a violation')
      for (const [place, files] of planted[rule]) assert.deepEqual(checked(files), [`${rule} ${place}`])
    })
  }
})
