/** A plum band behind white cards with round corners. Contrast is at least 4.5 for words in both schemes. */
export const css = `:root {
  color-scheme: light dark;
  --paper: light-dark(#fdf3ee, #19111a);
  --band: light-dark(#7a1f4b, #4a1433);
  --on-band: #fff6f1;
  --soft-on-band: #f6d6e2;
  --sheet: light-dark(#ffffff, #261a27);
  --ink: light-dark(#2b1522, #f6eaf0);
  --soft: light-dark(#6d5662, #c4aebb);
  --line: light-dark(#f0dcd6, #45313f);
  --accent: light-dark(#8e2457, #ff9fc6);
  --on-accent: light-dark(#ffffff, #3b0a23);
  --sun: #ffcf9e;
  --on-sun: #3b0a23;
  --note: light-dark(#fdeede, #3b2630);
  font: 106.25%/1.5 ui-rounded, "SF Pro Rounded", "Nunito Sans", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; min-block-size: 100svh; display: grid; grid-template: auto 1fr auto / minmax(0, 1fr); background: linear-gradient(var(--band), var(--band)) top / 100% 17rem no-repeat var(--paper); color: var(--ink); overflow-wrap: break-word; }
h1 { font-size: clamp(1.875rem, 1.3rem + 3vw, 3.25rem); line-height: 1.08; letter-spacing: -.025em; font-weight: 800; margin: 0 0 1.25rem; text-wrap: balance; }
h2 { font-size: 1.125rem; font-weight: 700; margin: 0 0 1rem; }
p { margin: 0 0 1rem; text-wrap: pretty; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: .1875rem solid var(--accent); outline-offset: .1875rem; border-radius: .5rem; }
.soft, .foot { color: var(--soft); }
.lead { font-size: 1.125rem; }

.top { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; inline-size: min(100%, 64rem); margin-inline: auto; padding: 1rem 1.25rem; color: var(--on-band); }
.brand { display: inline-flex; gap: .625rem; align-items: center; min-block-size: 2.75rem; font-size: 1.25rem; font-weight: 800; letter-spacing: -.02em; color: inherit; text-decoration: none; }
.top :focus-visible { outline-color: var(--sun); }
.top form { margin: 0; }

.stage { inline-size: min(100%, 64rem); margin-inline: auto; padding: clamp(1rem, 4vw, 2.5rem) 1.25rem 3rem; }
.hero, .sheet { background: var(--sheet); border-radius: 1.75rem; padding: clamp(1.5rem, 5vw, 3.5rem); box-shadow: 0 24px 48px -28px rgb(70 10 40 / .5); margin-block-end: 1.75rem; }
.sheet { padding: clamp(1.25rem, 4vw, 2.25rem); }
.note { background: var(--note); border-radius: 1rem; padding: .875rem 1.125rem; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0; }
.sheet .actions { margin-block-end: 0; }

.button, button { display: inline-grid; place-items: center; min-block-size: 3rem; padding: .5rem 1.625rem; font: inherit; font-weight: 700; text-decoration: none; cursor: pointer; border: 2px solid transparent; border-radius: 3rem; background: var(--accent); color: var(--on-accent); }
.button.quiet { background: none; border-color: var(--accent); color: var(--accent); }
.top button.quiet { background: none; border-color: var(--soft-on-band); color: var(--on-band); min-block-size: 2.75rem; padding-inline: 1.125rem; }
.button:hover, button:hover { text-decoration: underline; text-underline-offset: .2em; }

.facts { margin: 0 0 1rem; display: grid; gap: 1rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); }
.facts dt { color: var(--soft); font-size: .875rem; }
.facts dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.elsewhere { display: flex; flex-wrap: wrap; gap: .25rem 2rem; list-style: none; margin: 0; padding: 0; }
.elsewhere a { display: inline-block; padding-block: .625rem; font-weight: 600; }

.figure { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; background: var(--sun); color: var(--on-sun); border-radius: 1.25rem; padding: 1rem 1.25rem; }
.figure strong { font-size: clamp(1.75rem, 1.2rem + 3vw, 2.75rem); letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
table { inline-size: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: start; font-weight: 700; padding-block: .75rem .5rem; }
th, td { padding: .75rem 0; border-block-start: 1px solid var(--line); text-align: start; font-weight: 400; }
td { text-align: end; padding-inline-start: 1rem; white-space: nowrap; }
tr:last-child > * { font-weight: 700; }

.foot { display: flex; flex-wrap: wrap; gap: .25rem 2rem; justify-content: space-between; align-items: center; inline-size: min(100%, 64rem); margin-inline: auto; padding: 1rem 1.25rem 1.5rem; font-size: .875rem; }
.foot p { margin: 0; }
.foot ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none; margin: 0; padding: 0; }
.foot a { display: inline-block; padding-block: .625rem; color: inherit; }
.foot [aria-current] { color: var(--ink); font-weight: 700; text-decoration: none; }
`
