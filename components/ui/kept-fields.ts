import { type Control, firstValueOf, isBox, isEarly } from "@/components/ui/early-values";

/** Values of a form by field name, as they are kept between two visits; a box that is not ticked has none. */
export type KeptFields = Readonly<Record<string, readonly string[]>>;

const NEVER_KEPT = new Set(["password", "file", "hidden", "submit", "button"]);

function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (one): one is Control =>
      (one instanceof HTMLInputElement ||
        one instanceof HTMLTextAreaElement ||
        one instanceof HTMLSelectElement) &&
      one.name !== "" &&
      !one.name.startsWith("$") &&
      !NEVER_KEPT.has(one.type),
  );
}

/** What stands in a form now: never a password, a file, or what the page itself put in. */
export function fieldsOf(form: HTMLFormElement): KeptFields {
  const fields: Record<string, string[]> = {};
  for (const one of controlsOf(form)) {
    const values = (fields[one.name] ??= []);
    if (!isBox(one) || one.checked) values.push(one.value);
  }
  return fields;
}

/** What stood in a form before anybody typed, while its page still was as the server sent it. */
export function firstFieldsOf(form: HTMLFormElement): KeptFields {
  const fields: Record<string, string[]> = {};
  for (const one of controlsOf(form)) {
    const values = (fields[one.name] ??= []);
    if (!isBox(one)) values.push(firstValueOf(one));
    else if (one.defaultChecked) values.push(one.value);
  }
  return fields;
}

/** The kept values of those fields nobody has typed into meanwhile: newer words are not written over, newer ticks stay. */
export function besideEarly(form: HTMLFormElement, fields: KeptFields): KeptFields {
  const left = new Map(Object.entries(fields));
  for (const one of controlsOf(form).filter(isEarly)) {
    const kept = left.get(one.name);
    if (kept === undefined) continue;
    if (one.type !== "checkbox") left.delete(one.name);
    else left.set(one.name, withTick(one as HTMLInputElement, kept));
  }
  return Object.fromEntries(left);
}

/** Of the boxes of one name each stands for itself. */
function withTick({ value, checked }: HTMLInputElement, kept: readonly string[]): readonly string[] {
  const others = kept.filter((each) => each !== value);
  return checked ? [...others, value] : others;
}

/** Puts kept values back where they stood; a field that is not there any more is passed over. */
export function putFields(form: HTMLFormElement, fields: KeptFields): void {
  const place = new Map<string, number>();
  for (const one of controlsOf(form)) {
    const values = fields[one.name];
    if (values === undefined) continue;
    if (isBox(one)) one.checked = values.includes(one.value);
    else {
      const at = place.get(one.name) ?? 0;
      place.set(one.name, at + 1);
      one.value = values[at] ?? "";
    }
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Says to the leaves of a form which fields are about to be put back, so that rows can be made for them. */
export const FIELDS_COME = "valvia:fields-come";

const PREFIX = "valvia:kept:";

/** Under which name a form's words are kept: whose they are, of which page, of which form on it. */
export function keptKey(owner: string, path: string, form: string): string {
  return `${PREFIX}${owner}:${path}:${form}`;
}

interface Kept {
  at: number;
  fields: KeptFields;
}

export function readKept(key: string): Kept | null {
  const text = sessionStorage.getItem(key);
  if (text === null) return null;
  const told: unknown = JSON.parse(text);
  const isKept = typeof told === "object" && told !== null && "at" in told && "fields" in told;
  return isKept ? (told as Kept) : null;
}

export function writeKept(key: string, fields: KeptFields, at: number): void {
  sessionStorage.setItem(key, JSON.stringify({ at, fields } satisfies Kept));
}

export function forgetKept(key: string): void {
  sessionStorage.removeItem(key);
}

/** Forgets everything kept in this browser but what is this person's; without a person, everything. */
export function forgetOthers(owner: string | null): void {
  const own = owner === null ? null : `${PREFIX}${owner}:`;
  for (const store of [sessionStorage, localStorage])
    for (const key of Object.keys(store))
      if (key.startsWith(PREFIX) && (own === null || !key.startsWith(own))) store.removeItem(key);
}

/** Forgets what this tab keeps of the forms of a page. */
export function forgetPath(path: string): void {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(PREFIX) && key.slice(PREFIX.length).split(":")[1] === path)
      sessionStorage.removeItem(key);
}
