/** Ruled paper with a red margin; navy ink. Contrast is at least 4.5 for words in both schemes. */
export const css = `:root {
  color-scheme: light dark;
  --paper: light-dark(#f6f2e7, #13161f);
  --sheet: light-dark(#fffdf6, #1a1e2a);
  --ink: light-dark(#1b2236, #eceadf);
  --soft: light-dark(#585f72, #a9adbd);
  --rule: light-dark(#dcd5c0, #353b4d);
  --margin: light-dark(#c7574b, #b0605a);
  --accent: light-dark(#2c3f99, #aebaff);
  --on-accent: light-dark(#ffffff, #12193d);
  --note: light-dark(#e7e9f7, #242b4a);
  font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; min-block-size: 100svh; display: grid; grid-template: auto 1fr auto / minmax(0, 1fr); background: var(--paper); color: var(--ink); overflow-wrap: break-word; }
h1, h2, .brand { font-family: Charter, "Iowan Old Style", "Palatino Linotype", Georgia, "DejaVu Serif", serif; }
h1 { font-size: clamp(1.75rem, 1.3rem + 2.2vw, 2.75rem); line-height: 1.15; font-weight: 600; margin: 0 0 1rem; text-wrap: balance; }
h2 { font-size: 1.25rem; font-weight: 600; margin: 0 0 1rem; }
p { margin: 0 0 1rem; text-wrap: pretty; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: .1875rem solid var(--accent); outline-offset: .1875rem; border-radius: .125rem; }
.soft, .foot { color: var(--soft); }
.lead { font-size: 1.125rem; }

.top { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; padding: .75rem 1.25rem; border-block-end: 3px double var(--rule); background: var(--sheet); }
.brand { display: inline-flex; gap: .75rem; align-items: center; min-block-size: 2.75rem; font-size: 1.25rem; font-weight: 600; color: inherit; text-decoration: none; }
.top form { margin: 0; }

.stage { inline-size: min(100%, 46rem); margin-inline: auto; padding: clamp(2rem, 1rem + 5vw, 4.5rem) 1.25rem; }
.hero { margin-block-end: 1.75rem; padding-inline-start: clamp(1.25rem, 4vw, 2.5rem); border-inline-start: 2px solid var(--margin); }
.sheet { background: var(--sheet); border: 1px solid var(--rule); border-block-start: .375rem solid var(--accent); padding: 1.5rem clamp(1rem, 4vw, 2.25rem); margin-block-end: 1.75rem; }
.note { background: var(--note); border-inline-start: .25rem solid var(--accent); padding: .75rem 1rem; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0; }
.sheet .actions { margin-block-end: 0; }

.button, button { display: inline-grid; place-items: center; min-block-size: 2.75rem; padding: .5rem 1.375rem; font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; border: 1px solid var(--accent); border-radius: .1875rem; background: var(--accent); color: var(--on-accent); }
.button.quiet, button.quiet { background: none; color: var(--accent); }
.button:hover, button:hover { text-decoration: underline; text-underline-offset: .2em; }

.facts { margin: 0 0 1rem; }
.facts div { display: grid; gap: 0 1rem; padding-block: .625rem; border-block-end: 1px solid var(--rule); }
.facts dt { color: var(--soft); font-size: .9375rem; }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; min-inline-size: 0; overflow-wrap: anywhere; }
@media (min-width: 36rem) { .facts div { grid-template-columns: 10rem 1fr; align-items: baseline; } }
.elsewhere { display: flex; flex-wrap: wrap; gap: .25rem 2rem; list-style: none; margin: 0; padding: 0; }
.elsewhere a { display: inline-block; padding-block: .625rem; }

table { inline-size: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .625rem 0; border-block-end: 1px solid var(--rule); text-align: start; font-weight: 400; }
th + th, td { text-align: end; padding-inline-start: 1rem; white-space: nowrap; }
thead th { color: var(--soft); font-size: .9375rem; border-block-end: 2px solid var(--margin); }
tfoot tr:last-child > * { font-weight: 700; border-block-start: 1px solid var(--ink); border-block-end: 3px double var(--ink); }

.foot { display: flex; flex-wrap: wrap; gap: .25rem 2rem; justify-content: space-between; align-items: center; padding: 1rem 1.25rem; font-size: .875rem; border-block-start: 1px solid var(--rule); }
.foot p { margin: 0; }
.foot ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none; margin: 0; padding: 0; }
.foot a { display: inline-block; padding-block: .625rem; color: inherit; }
.foot [aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
`
