/** biome.json watches over what needs a parser: this plants what it must see. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const inRoot = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** The rules that object to `text`, standing in src/ under `name`. */
function objections(text, name = 'planted.ts') {
  const root = mkdtempSync(join(tmpdir(), 'passerelle-biome-'))
  try {
    mkdirSync(join(root, 'src'))
    cpSync(inRoot('biome.json'), join(root, 'biome.json'))
    writeFileSync(join(root, 'src', name), text)
    const biome = inRoot('node_modules/@biomejs/biome/bin/biome')
    const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', 'src'], {
      cwd: root,
      encoding: 'utf8',
    })
    return [...new Set(JSON.parse(stdout).diagnostics.map(({ category }) => category.split('/').at(-1)))]
  } finally {
    rmSync(root, { recursive: true })
  }
}

const save = 'async function save(): Promise<void> {\n  await null\n}\n'
const planted = {
  noExplicitAny: 'export const x: any = 1\n',
  noNonNullAssertion: 'export const first = (list: string[]) => list.at(0)!.length\n',
  noFloatingPromises: `${save}export const f = () => {\n  save()\n}\n`,
  noMisusedPromises: `${save}export const f = () => (save() ? 1 : 2)\n`,
  useImportType: "import { Kysely } from 'kysely'\nexport type Db = Kysely<unknown>\n",
  noUnusedImports: "import { x } from './x.ts'\n",
  noConsole: "console.log('x')\n",
  noExcessiveLinesPerFunction: `export function f(n: number) {\n${'  f(n)\n'.repeat(51)}}\n`,
}

suite('what biome watches over', () => {
  for (const [rule, text] of Object.entries(planted)) {
    test(`${rule} is seen when broken`, () => assert.deepEqual(objections(text), [rule]))
  }

  test('a function of 50 lines, and any in a test, may pass', () => {
    assert.deepEqual(objections(`export function f(n: number) {\n${'  f(n)\n'.repeat(48)}}\n`), [])
    assert.deepEqual(objections(planted.noExplicitAny, 'planted.test.ts'), [])
  })
})
