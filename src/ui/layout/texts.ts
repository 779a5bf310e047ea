import { defineTexts } from '../../platform/languages/languages.ts'

/** What the frame of every page, and the fields they share, have to say. */
export const texts = defineTexts('ui', {
  toward: 'to continue to {product}',
  skip: 'Skip to the content',
  privacy: 'Privacy',
  problems:
    '{count, plural, =1 {One thing to put right} =2 {Two things to put right} other {{count} things to put right}}',
  show: 'Show',
  hide: 'Hide',
  copy: 'Copy',
  copied: 'Copied',
  tooShort: 'Too short: {atLeast, plural, one {# character} other {# characters}} at least',
  weak: 'Easy to guess',
  fair: 'Fair: one more word would make it strong',
  strong: 'Strong',
  checking: 'Checking your browser…',
  checked: 'Your browser is checked.',
  waitFirst:
    'There are unusually many requests at the moment. Wait {seconds, plural, one {# second} other {# seconds}} before you press the button.',
})
