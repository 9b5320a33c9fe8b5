/** A file by its content. */
export interface FileMark {
  sha256: string;
  size: number;
}

/** What the server knows of a file: here whole, or begun and to be gone on with at this address. */
export type Known = { state: "here" } | { state: "begun"; upload: string };

/** Marks are the same for the same content. */
export const markOf = ({ sha256, size }: FileMark): string => `${sha256}:${size}`;

/**
 * Asks which files need not be sent, or not from their beginning. Throws when there is no line. An answer that is none
 * (the server is busy, the case takes no files) tells nothing: then they are simply sent, and the server says why not.
 */
export async function askKnown(
  endpoint: string,
  files: readonly FileMark[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Known>> {
  const asked = files.map(({ sha256, size }) => ({ sha256, sizeBytes: size }));
  const response = await fetch(`${endpoint}/known`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ files: asked }),
    signal,
  });
  const body: unknown = response.ok ? await response.json() : null;
  return new Map(itemsIn(body).flatMap((item) => knownOf(item)));
}

function itemsIn(body: unknown): readonly unknown[] {
  return typeof body === "object" && body !== null && "items" in body && Array.isArray(body.items)
    ? body.items
    : [];
}

function knownOf(item: unknown): [string, Known][] {
  if (typeof item !== "object" || item === null) return [];
  if (!("sha256" in item) || !("sizeBytes" in item) || !("state" in item)) return [];
  const mark = markOf({ sha256: String(item.sha256), size: Number(item.sizeBytes) });
  if (item.state === "here") return [[mark, { state: "here" }]];
  return "upload" in item && typeof item.upload === "string"
    ? [[mark, { state: "begun", upload: item.upload }]]
    : [];
}
