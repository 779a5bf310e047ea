/**
 * Reads TypeScript without a compiler: good enough to find imports, strings and words in code.
 * Everything keeps its offset, so that a place found in the blanked text is a place in the file.
 */

const COMMENT = /\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/y
const STRING = /'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?/y
const REGEX = /\/(?![*/>])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y
const TEMPLATE_TEXT = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*/y
const BEFORE_A_REGEX = /(?:^|[(,=:[!&|?{};+*%~^-]|=>|\b(?:return|case|typeof|in|of))\s*$/

const blanked = (text) => text.replace(/[^\n]/g, ' ')

/**
 * @returns `code`, the text with comments, strings and regular expressions blanked (their quotes stay), and
 *   `strings`, what the strings and templates say: `{ start, text, isTemplate }`, an expression in a template as `?`;
 *   `expressions`, the regular expressions, and `comments`: `{ start, text }`
 */
export function scan(text) {
  let code = ''
  const strings = []
  const expressions = []
  const comments = []
  const templates = [] // the open ones; `depth` counts the braces open inside its expression

  const match = (pattern) => {
    pattern.lastIndex = code.length
    return pattern.exec(text)?.[0]
  }
  const readTemplateText = (template) => {
    const said = match(TEMPLATE_TEXT)
    template.text += said
    code += blanked(said)
    if (text[code.length] === '`') {
      code += '`'
      strings.push(templates.pop())
    } else if (code.length < text.length) {
      code += '${'
      template.text += '?'
      template.depth = 0
    } else templates.pop()
  }

  while (code.length < text.length) {
    const char = text[code.length]
    const open = templates.at(-1)
    if (char === '`') {
      templates.push({ start: code.length, text: '', isTemplate: true, depth: 0 })
      code += char
      readTemplateText(templates.at(-1))
    } else if (open && char === '}' && open.depth === 0) {
      code += char
      readTemplateText(open)
    } else if (char === "'" || char === '"') {
      const said = match(STRING)
      strings.push({ start: code.length, text: said.slice(1, -1), isTemplate: false })
      code += said.length > 1 ? char + blanked(said.slice(1, -1)) + said.at(-1) : char
    } else if (char === '/') {
      const comment = match(COMMENT)
      const expression = !comment && BEFORE_A_REGEX.test(code.slice(-40)) ? match(REGEX) : undefined
      if (comment) comments.push({ start: code.length, text: comment })
      if (expression) expressions.push({ start: code.length, text: expression })
      code += comment || expression ? blanked(comment ?? expression) : char
    } else {
      if (open && char === '{') open.depth++
      if (open && char === '}') open.depth--
      code += char
    }
  }
  return { code, strings, expressions, comments }
}

const FROM = /\b(?:import|export)(\s+type\b)?\s*([\w$*{},\s]+?)\s*\bfrom\s*(?=['"])/g
const SIDE_EFFECT = /\bimport\s*(?=['"])/g
const CALL = /(\btypeof\s+)?\bimport\s*\(\s*(?=['"])/g
const MEMBER_TYPE = /^['"]\s*\)\s*\.\s*[A-Z]/

const isTypeOnly = (clause) => {
  const names = clause
    .match(/^\{([^}]*)\}$/)?.[1]
    .split(',')
    .filter((name) => name.trim())
  return names?.every((name) => /^\s*type\s/.test(name)) ?? false
}

/** @returns `{ specifier, kind, clause, start, end }` of every import and re-export; kind: value, type or dynamic */
export function importsIn(text, code) {
  const found = []
  const add = (match, kindOf, clause = '') => {
    const quote = match.index + match[0].length
    const end = text.indexOf(text[quote], quote + 1)
    found.push({ specifier: text.slice(quote + 1, end), kind: kindOf(end), clause, start: match.index, end })
  }
  for (const m of code.matchAll(FROM)) add(m, () => (m[1] || isTypeOnly(m[2]) ? 'type' : 'value'), m[2])
  for (const m of code.matchAll(SIDE_EFFECT)) add(m, () => 'value')
  for (const m of code.matchAll(CALL)) add(m, (end) => (m[1] || MEMBER_TYPE.test(code.slice(end)) ? 'type' : 'dynamic'))
  return found.sort((a, b) => a.start - b.start)
}
