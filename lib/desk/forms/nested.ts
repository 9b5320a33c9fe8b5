export type Nested = { [key: string]: string | Nested | (string | Nested)[] };

/**
 * The fields of a form by their dotted names: "lines.0.low" stands in the first object of the list "lines".
 * What was left empty was not said; gaps in a list, from removed rows, close.
 */
export function nestedForm(form: FormData): Nested {
  const root: Nested = {};
  for (const [name, value] of form.entries()) {
    if (typeof value === "string" && value.trim() !== "" && !name.startsWith("$"))
      put(root, name.split("."), value);
  }
  return closeLists(root) as Nested;
}

function put(root: Nested, path: readonly string[], value: string): void {
  const [key, ...rest] = path;
  // An address such as "__proto__.x" must never reach a prototype.
  if (key === undefined || !/^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/.test(key)) return;
  if (rest.length === 0) {
    root[key] = value;
    return;
  }
  const inner = root[key];
  const next: Nested = typeof inner === "object" && !Array.isArray(inner) ? inner : {};
  root[key] = next;
  put(next, rest, value);
}

function closeLists(value: Nested | string): Nested | string | (Nested | string)[] {
  if (typeof value === "string") return value;
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, closeLists(inner as Nested | string)] as const,
  );
  const isList = entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key));
  if (!isList) return Object.fromEntries<Nested[string]>(entries);
  return entries
    .toSorted(([one], [other]) => Number(one) - Number(other))
    .map(([, inner]) => inner as Nested | string);
}

/** A field of one line of a list: which line of those that were sent, at which place of the form's names. */
export interface LineField {
  list: string;
  /** As a person counts the lines: the first is 1. */
  nth: number;
  place: number;
  field: string;
}

/** The field a path of the nested form means: the third line of a list may have been typed as the fifth, when rows were removed. */
export function typedAt(
  path: readonly PropertyKey[],
  form: FormData,
): { name: string; line: LineField | null } {
  const [list, index, ...rest] = path.map(String);
  if (list === undefined || index === undefined || !/^\d+$/.test(index))
    return { name: path.map(String).join("."), line: null };
  const places = new Set<number>();
  for (const [name, value] of form.entries()) {
    const [first, place] = name.split(".");
    const isTyped = typeof value === "string" && value.trim() !== "";
    if (first === list && /^\d+$/.test(place ?? "") && isTyped) places.add(Number(place));
  }
  const nth = Number(index) + 1;
  const place = [...places].toSorted((one, other) => one - other)[Number(index)] ?? Number(index);
  const field = rest.join(".");
  return { name: [list, place, ...rest].join("."), line: { list, nth, place, field } };
}

export type SearchParams = Record<string, string | string[] | undefined>;

/** The first value of each parameter of an address; empty ones are left out. */
export function paramsOf(params: SearchParams): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      return first === undefined || first.trim() === "" ? [] : [[name, first] as const];
    }),
  );
}
