/**
 * The rules of the house (ARCHITECTURE.md), checked: `node tools/rules/check.mjs [--json]`.
 * One line for each violation, with the place, the rule and what to do; exit code 1 if there is any.
 */
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nothingAmbient } from './ambient.mjs'
import {
  arrowsPointDown,
  entitiesStandAlone,
  noCycles,
  noFolderCycles,
  pagesArePure,
  rulesKnowNoWeb,
  slicesAreIslands,
  slicesAreListed,
  srcStandsAlone,
} from './arrows.mjs'
import { expressionsAreLinear, lengthComesFirst } from './bounds.mjs'
import { castsOnlyBrand } from './casts.mjs'
import {
  commentsHaveOneReading,
  decisionsAreListed,
  dependenciesAreRecorded,
  glossaryIsTrue,
  promisesAreWritten,
} from './documents.mjs'
import { repositoryIsClean } from './hygiene.mjs'
import { filesAreShort, foldersAreShort, namesSaySomething, slicesUseTheFileNames } from './sizes.mjs'
import { aTableHasOneOwner, factorKindsAreOneTable, queriesAreAwaited, writersAreAskedByOne } from './tables.mjs'
import { readTree } from './tree.mjs'

export const RULES = {
  'arrows-point-down': arrowsPointDown,
  'src-stands-alone': srcStandsAlone,
  'slices-are-islands': slicesAreIslands,
  'slices-are-listed': slicesAreListed,
  'rules-know-no-web': rulesKnowNoWeb,
  'pages-are-pure': pagesArePure,
  'no-cycles': noCycles,
  'no-folder-cycles': noFolderCycles,
  'entities-stand-alone': entitiesStandAlone,
  'a-table-has-one-owner': aTableHasOneOwner,
  'writers-are-asked-by-one': writersAreAskedByOne,
  'queries-are-awaited': queriesAreAwaited,
  'nothing-ambient': nothingAmbient,
  'length-comes-first': lengthComesFirst,
  'expressions-are-linear': expressionsAreLinear,
  'casts-only-brand': castsOnlyBrand,
  'factor-kinds-are-one-table': factorKindsAreOneTable,
  'files-are-short': filesAreShort,
  'folders-are-short': foldersAreShort,
  'names-say-something': namesSaySomething,
  'slices-use-the-file-names': slicesUseTheFileNames,
  'repository-is-clean': repositoryIsClean,
  'promises-are-written': promisesAreWritten,
  'decisions-are-listed': decisionsAreListed,
  'glossary-is-true': glossaryIsTrue,
  'comments-have-one-reading': commentsHaveOneReading,
  'dependencies-are-recorded': dependenciesAreRecorded,
}

/** @returns every violation in the tree under `root`: `{ rule, file, line, message }` */
export function check(root) {
  const tree = readTree(root)
  return Object.entries(RULES).flatMap(([rule, find]) => [...find(tree)].map((violation) => ({ rule, ...violation })))
}

const thisFile = fileURLToPath(import.meta.url)
if (process.argv[1] === thisFile) {
  const violations = check(dirname(dirname(dirname(thisFile))))
  if (process.argv.includes('--json')) console.log(JSON.stringify(violations, null, 2))
  else for (const { file, line, rule, message } of violations) console.log(`${file}:${line}  ${rule}  ${message}`)
  process.exitCode = violations.length ? 1 : 0
}
