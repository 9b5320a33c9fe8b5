/** The payment page's style: quiet, large enough to touch, light and dark. */
export const style = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #556270; --line: #8895a3; --paper: #fff; --ground: #f4f6f8;
  --act: #0b5c6b; --on-act: #fff; --bad: #a1260d; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf2; --soft: #b3bec9; --line: #78869a; --paper: #1b232c; --ground: #12181f;
    --act: #7fd0de; --on-act: #06262c; --bad: #ffb4a3; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif; }
main { max-width: 30rem; margin: 2rem auto; padding: 1.5rem; background: var(--paper); border-radius: .75rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
h2, caption, summary { font-size: 1.0625rem; font-weight: 600; text-align: start; }
table { width: 100%; margin-block-end: 1.5rem; border-collapse: collapse; }
th, td { padding: .5rem 0; border-block-end: 1px solid var(--line); text-align: start; font-weight: 400;
  vertical-align: top; overflow-wrap: anywhere; }
td { text-align: end; white-space: nowrap; padding-inline-start: 1rem; }
tfoot th, tfoot td { border: 0; font-weight: 600; }
label { display: block; margin-block: .75rem .25rem; }
input { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--paper); color: inherit; font: inherit; }
input[aria-invalid] { border: 2px solid var(--bad); }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; align-items: end; }
button { width: 100%; min-height: 3rem; margin-block-start: 1.25rem; border: 2px solid var(--act); border-radius: .5rem;
  background: var(--act); color: var(--on-act); font: inherit; font-weight: 600; cursor: pointer; }
button.quiet { background: transparent; color: var(--act); }
.back { display: inline-block; min-height: 2.75rem; padding-block: .625rem; color: var(--act); }
.error { padding: .75rem; border: 2px solid var(--bad); border-radius: .5rem; color: var(--bad); }
.note, details p { color: var(--soft); }
.note { margin-block: 0 1.25rem; }
details { margin-block-start: 1rem; }
summary { min-height: 2.75rem; padding-block: .625rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
`;
