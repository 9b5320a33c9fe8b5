// Writes the pages nginx gives out when the product is not there to give any: node deploy/write-pages.mjs
// One file for each state and language, with its style and drawing inside: nothing else may be needed to show it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { LEAFLETS, leafletPath, RING } from "../components/ui/valve.ts";
import { OPERATOR } from "../lib/guides/operator.ts";

const STATES = {
  maintenance: { opening: 1, words: "maintenance" },
  crowded: { opening: 0.25, words: "tooMany" },
};
const LANGUAGES = { en: "ltr", ar: "rtl" };

const STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf6; --ink: #14232b; --soft: #51626b; --line: #dde3e1; --primary: #0e5a60; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #0f171b; --ink: #e8eeec; --soft: #a6b5b9; --line: #2b3a41; --primary: #7cc4c4; }
}
* { margin: 0; box-sizing: border-box; }
body { background: var(--paper); color: var(--ink); font: 1.125rem/1.5 Inter, system-ui, sans-serif; }
main { max-width: 52rem; margin-inline: auto; padding: 4rem 1rem; display: grid; gap: 2.5rem; }
@media (min-width: 48rem) { main { grid-template-columns: auto minmax(0, 1fr); } }
svg { width: 5rem; fill: none; stroke: var(--primary); stroke-width: 0.5; stroke-linecap: round; }
@media (min-width: 48rem) { svg { width: 9rem; } }
h1 { font: 500 1.9375rem/1.2 Newsreader, Georgia, serif; text-wrap: balance; }
[lang="ar"] h1 { font-family: inherit; font-weight: 600; line-height: 1.35; }
dl { margin-block: 1.5rem; border-block-end: 1px solid var(--line); }
dt { padding-block-start: 0.75rem; border-block-start: 1px solid var(--line); font-size: 0.875rem; font-weight: 600; color: var(--soft); }
dd { padding-block-end: 0.75rem; max-width: 70ch; }
a { color: var(--primary); text-underline-offset: 0.2em; display: inline-block; padding-block: 0.625rem; }
`;

/** @param {string} text */
const safe = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The files by name: "maintenance.en.html" to its text. */
export function statePages() {
  const pages = Object.entries(STATES).flatMap(([state, look]) =>
    Object.keys(LANGUAGES).map((language) => [`${state}.${language}.html`, pageOf(look, language)]),
  );
  return Object.fromEntries(pages);
}

/** @param {{ opening: number, words: string }} look @param {string} language */
function pageOf({ opening, words }, language) {
  const problem = JSON.parse(
    readFileSync(new URL(`../locales/${language}/problem.json`, import.meta.url), "utf8"),
  );
  const state = problem[words];
  const [before, after] = state.todo.split("{phone}");
  const call = `<a href="tel:${OPERATOR.phone.replaceAll(" ", "")}"><bdi dir="ltr">${OPERATOR.phone}</bdi></a>`;
  const leaflets = LEAFLETS.map((axis) => `<path d="${leafletPath(axis, opening)}"/>`).join("");
  return `<!doctype html>
<html lang="${language}" dir="${LANGUAGES[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${safe(state.title)} · Valvia</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="${RING.centre}" cy="${RING.centre}" r="${RING.radius}" stroke-dasharray="0.8 1.2" opacity="0.45"/>${leaflets}</svg>
<div>
<h1>${safe(state.title)}</h1>
<dl>
<dt>${safe(problem.happened)}</dt>
<dd>${safe(state.happened)}</dd>
<dt>${safe(problem.kept)}</dt>
<dd>${safe(state.kept)}</dd>
<dt>${safe(problem.todo)}</dt>
<dd>${safe(before)}${call}${safe(after)}</dd>
</dl>
<p><a href="">${safe(problem.retry)}</a></p>
</div>
</main>
</body>
</html>
`;
}

if (import.meta.main) {
  const folder = new URL("pages/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(statePages())) writeFileSync(new URL(name, folder), text);
}
