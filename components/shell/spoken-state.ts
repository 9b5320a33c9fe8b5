import { stateWords } from "@/components/shell/state-words";
import { partsOf } from "@/i18n/addresses";
import { directionOf, isLocale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";

const safe = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/**
 * The words of a page that is not there (404) or failed (500) as plain HTML in the language of its address, for browsers
 * that run no script: the page itself is made by one.
 */
export function spokenState(address: string, status: 404 | 500): string {
  const [asked] = partsOf(address.split(/[?#]/)[0] ?? "/");
  const locale = isLocale(asked) ? asked : "en";
  const { problem, common } = messagesOf(locale);
  const state =
    status === 404
      ? { ...problem.missing, title: common.notFound.title }
      : { ...problem.error, todo: problem.error.plain };
  const { labels, ...words } = stateWords(problem, state);
  const line = (label: string, text: string) =>
    `<dt style="margin-block-start:0.75rem;font-weight:600">${safe(label)}</dt><dd>${safe(text)}</dd>`;
  const link = (href: string, text: string) => `<a class="link" href="${href}">${safe(text)}</a>`;
  return [
    `<main lang="${locale}" dir="${directionOf(locale)}" style="max-width:36rem;margin-inline:auto;padding:4rem 1rem">`,
    `<h1 style="font-size:1.5rem">${safe(words.title)}</h1><dl style="margin-block:1.5rem">`,
    line(labels.happened, words.happened),
    line(labels.kept, words.kept),
    line(labels.todo, words.todo),
    "</dl><p>",
    link(`/${locale}`, common.notFound.home),
    " · ",
    link(`/${locale}/clinics`, common.notFound.clinics),
    "</p></main>",
  ].join("");
}
