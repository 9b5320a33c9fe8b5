/** What was typed and has not arrived, kept in this browser until it has. */
export interface KeptTyping {
  parts: readonly string[];
  /** Names and values of the fields of these parts; an unticked box is not among them. */
  fields: [string, string][];
}

/** The part of a listing a field belongs to: "accreditations.0.body" is of "accreditations". */
export function partOf(name: string): string {
  return name.split(".")[0] ?? name;
}

function fieldsOf(form: HTMLFormElement, parts: readonly string[]): [string, string][] {
  return [...new FormData(form).entries()].flatMap(([name, value]): [string, string][] =>
    typeof value === "string" && parts.includes(partOf(name)) ? [[name, value]] : [],
  );
}

/** Whether what was kept says anything the form does not say already. */
export function isNews(form: HTMLFormElement, { parts, fields }: KeptTyping): boolean {
  const filled = (all: readonly [string, string][]) =>
    JSON.stringify(all.filter(([, value]) => value !== ""));
  return filled(fieldsOf(form, parts)) !== filled(fields);
}

export function keepTyping(key: string, form: HTMLFormElement, parts: readonly string[]): void {
  const fields = fieldsOf(form, parts);
  localStorage.setItem(key, JSON.stringify({ parts, fields } satisfies KeptTyping));
}

export function forgetTyping(key: string): void {
  localStorage.removeItem(key);
}

export function typingKept(key: string): KeptTyping | null {
  const text = localStorage.getItem(key);
  if (text === null) return null;
  const read: unknown = JSON.parse(text);
  if (typeof read !== "object" || read === null || !("parts" in read) || !("fields" in read)) return null;
  return read as KeptTyping;
}

/** Writes what was kept back into the form. */
export function restoreTyping(form: HTMLFormElement, { parts, fields }: KeptTyping): void {
  const values = new Map(fields);
  for (const control of form.elements) {
    if (!isControl(control) || !parts.includes(partOf(control.name))) continue;
    if (control instanceof HTMLInputElement && control.type === "checkbox") {
      control.checked = values.has(control.name);
    } else {
      control.value = values.get(control.name) ?? "";
    }
  }
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isControl(element: Element): element is Control {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  );
}
