import { type Done, done, type Refused } from "@/lib/kernel/outcome";

/** What the fields of one line hold, by field name, as they are shown. */
export type LineTexts = Readonly<Record<string, string>>;

export interface Line {
  /** What names the line in its form; empty where a form is about one line. */
  key: string;
  /** What the names of its fields begin with. */
  prefix: string;
  now: LineTexts;
}

/** A line this person changed and somebody else saved meanwhile: nothing is saved before this person has seen it. */
export interface Overtaken extends Refused<"overtaken"> {
  /** The fields somebody else changed: what was saved, and whether this person typed there too. */
  fields: Readonly<Record<string, { text: string; isTyped: boolean }>>;
  /** These lines as they are now, to be shown and sent along with the next try. */
  lines: readonly Line[];
}

/** The name of the hidden field with what a line showed when its form was opened. */
export function seenName(key: string): string {
  return key === "" ? "was" : `was.${key}`;
}

export function seenValue(texts: LineTexts): string {
  return new URLSearchParams(texts).toString();
}

/**
 * What a form would save now: in a line this person did not touch, what stands there now; in one nobody else touched, what
 * was typed. A line both changed differently is refused.
 */
export function mergeTyped(form: FormData, lines: readonly Line[]): Done<FormData> | Overtaken {
  const merged = new FormData();
  for (const [name, value] of form.entries()) merged.append(name, value);
  const fields: Record<string, { text: string; isTyped: boolean }> = {};
  const asked: Line[] = [];
  for (const line of lines) {
    const compared = compareLine(form, line);
    const moved = compared.filter(({ was, now }) => now !== was);
    const typed = compared.filter((field) => field.typed !== field.was);
    if (moved.length === 0 || typed.every((field) => field.typed === field.now)) {
      for (const field of compared) if (!typed.includes(field)) merged.set(field.name, field.now);
      continue;
    }
    asked.push(line);
    for (const field of moved)
      fields[field.name] = { text: field.now, isTyped: typed.includes(field) && field.typed !== field.now };
  }
  if (asked.length === 0) return done(merged);
  return { ok: false, reason: "overtaken", detail: {}, fields, lines: asked };
}

/** Every field of a line three times: as it was shown, as it was sent, as it is now. One that was not sent was not touched. */
function compareLine(form: FormData, { key, prefix, now }: Line) {
  const was = new URLSearchParams(textIn(form, seenName(key)));
  const isField = (name: string) =>
    name.startsWith(prefix) && !name.startsWith("$") && name !== seenName(key);
  const names = new Set([...[...form.keys()].filter(isField), ...Object.keys(now), ...was.keys()]);
  return [...names].map((name) => {
    const shown = plain(was.get(name) ?? "");
    return {
      name,
      was: shown,
      typed: form.has(name) ? textIn(form, name) : shown,
      now: plain(now[name] ?? ""),
    };
  });
}

function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? plain(value) : "";
}

/** A browser sends a new line its own way. */
function plain(text: string): string {
  return text.replaceAll("\r\n", "\n").trim();
}
