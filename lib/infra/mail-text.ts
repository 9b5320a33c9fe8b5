import english from "@/locales/en/mails.json";
import arabic from "@/locales/ar/mails.json";

export type MailTemplate = keyof typeof english.templates;

interface Words {
  subject: string;
  body: string;
  action: string;
  /** A line of its own that names what the mail confirms. */
  note?: string;
  /** What somebody is asked to help with, in the body where it says so. */
  acts?: Record<HelpAct, string>;
}

/** What a mail confirms: the number it has here, and when it came. */
interface Confirmed {
  number: string;
  at: Date;
}

/** Who asks somebody to help, by a name that is fit for a mail, and what they would let them do. */
interface HelpAsked {
  name: string;
  acts: readonly HelpAct[];
}
type HelpAct = "read" | "upload" | "message" | "pay";

/** All a mail carries besides the page it leads to; each belongs to one kind of mail. */
export interface MailFacts {
  /** Where the law wants a confirmation in writing. */
  confirmed?: Confirmed;
  asked?: HelpAsked;
}

interface Catalogue {
  greeting: string;
  footer: string;
  /** For those who work here: they have no case to write in. */
  staffFooter: string;
  templates: Partial<Record<MailTemplate, Words>>;
}

const CATALOGUES: Record<string, Catalogue> = { en: english, ar: arabic };

/** Who reads a mail: a patient or one of their helpers, or somebody who works for the operator or a centre. */
export type MailReader = "private" | "staff";

/** The finished mail: plain text and the same as HTML, in the person's language or in English where it is missing. */
export function mailOf(
  template: MailTemplate,
  locale: string,
  link: string,
  reader: MailReader,
  facts: MailFacts = {},
): { subject: string; text: string; html: string } {
  const given = CATALOGUES[locale];
  const catalogue = given?.templates[template] ? given : english;
  const words = catalogue.templates[template] ?? english.templates[template];
  const language = catalogue === english ? "en" : locale;
  const frame = {
    greeting: catalogue.greeting,
    footer: reader === "staff" ? catalogue.staffFooter : catalogue.footer,
  };
  const note = noteOf(words, language, facts.confirmed);
  const body = facts.asked ? bodyOf(words, language, facts.asked) : words.body;
  const told = note === null ? body : `${body}\n\n${note}`;
  const text = `${frame.greeting}\n\n${told}\n\n${words.action}:\n${link}\n\n${frame.footer}\n`;
  return { subject: words.subject, text, html: htmlOf(language, frame, { ...words, body: told }, link) };
}

function noteOf({ note }: Words, language: string, confirmed?: Confirmed): string | null {
  if (note === undefined || confirmed === undefined) return null;
  const format = new Intl.DateTimeFormat(language, {
    ...{ year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" },
    ...{ timeZone: "UTC", numberingSystem: "latn" },
  });
  return note.replace("{number}", confirmed.number).replace("{when}", format.format(confirmed.at));
}

/** In one go: a name is not read for places of its own. It keeps its direction, whatever the sentence's. */
function bodyOf({ body, acts }: Words, language: string, { name, acts: asked }: HelpAsked): string {
  const list = new Intl.ListFormat(language).format(asked.flatMap((act) => acts?.[act] ?? []));
  const values: Record<string, string> = { name: `\u2068${name}\u2069`, acts: list };
  return body.replaceAll(/\{(name|acts)\}/g, (whole, key: string) => values[key] ?? whole);
}

type Frame = Pick<Catalogue, "greeting" | "footer">;

function htmlOf(language: string, frame: Frame, words: Words, link: string): string {
  const direction = language === "ar" ? "rtl" : "ltr";
  const href = escapeHtml(link);
  return `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><title>${escapeHtml(words.subject)}</title></head>
<body style="margin:0;background:#fbfaf6;color:#14232b;font:17px/1.5 Georgia,serif"><div style="max-width:34rem;margin:0 auto;padding:32px 24px">
<p style="font-size:20px;color:#0e5a60;margin:0 0 24px">Valvia</p>
<p>${escapeHtml(frame.greeting)}</p>${words.body
    .split("\n\n")
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join("")}
<p style="margin:32px 0"><a href="${href}" style="background:#0e5a60;color:#fff;padding:12px 20px;border-radius:6px;text-decoration:none">${escapeHtml(words.action)}</a></p>
<p style="font-size:14px;color:#51626b">${escapeHtml(frame.footer)}</p></div></body></html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
