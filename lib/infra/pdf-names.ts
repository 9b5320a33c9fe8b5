import "server-only";
import { inflateSync, constants } from "node:zlib";

/** Names of what runs, opens, sends or hides something. A report that is read needs none of them. */
const ACTIVE = [
  "JavaScript",
  "Launch",
  "EmbeddedFiles?",
  "RichMedia",
  "XFA",
  "SubmitForm",
  "ImportData",
  "GoToE",
];
/** Any letter of a name may be written as #4A. */
const ACTIVE_NAME = new RegExp(`/(?:${ACTIVE.map(spelled).join("|")})(?=[\\x00\\s/<>()\\[\\]{}%]|$)`);
const OBJECT_STREAM = new RegExp(`/${spelled("ObjStm")}(?=[\\x00\\s/<>]|$)`, "g");
const ENCRYPTED = new RegExp(`/${spelled("Encrypt")}(?=[\\x00\\s/<>]|$)`);

/** An object stream is some kilobytes; together they never weigh more than this in an honest file. */
const STREAMS_MAX = 20_000;
const PLAIN_BYTES_MAX = 128 * 1024 ** 2;
const DICTIONARY_BYTES = 2_048;

export type PdfSight = "quiet" | "active" | "unreadable";

/**
 * Looks for active names in a whole PDF, also in the objects it keeps compressed. A stream of objects packed in an
 * unusual way is taken for hidden.
 */
export function sightOf(bytes: Buffer): PdfSight {
  const text = bytes.toString("latin1");
  if (ACTIVE_NAME.test(text)) return "active";
  // Sealed with an empty password its streams say nothing to us; the parser, which opens them, is asked then.
  if (ENCRYPTED.test(text)) return "quiet";
  let [streams, room] = [0, PLAIN_BYTES_MAX];
  for (const { index } of text.matchAll(OBJECT_STREAM)) {
    streams += 1;
    const plain = streams > STREAMS_MAX ? "unreadable" : unfolded(bytes, text, index, room);
    if (typeof plain === "string") return plain;
    room -= plain.length;
    if (ACTIVE_NAME.test(plain.toString("latin1"))) return "active";
  }
  return "quiet";
}

/** The objects inside a stream whose dictionary holds this place. */
function unfolded(
  bytes: Buffer,
  text: string,
  place: number,
  room: number,
): Buffer | "active" | "unreadable" {
  const begins = text.lastIndexOf("obj", place);
  const opens = text.indexOf("stream", place);
  if (begins < 0 || opens < 0 || opens - begins > DICTIONARY_BYTES) return Buffer.alloc(0);
  const dictionary = text.slice(begins, opens);
  const from = opens + 6 + (text.startsWith("\r\n", opens + 6) ? 2 : 1);
  const packed = bytes.subarray(from, Math.max(from, text.indexOf("endstream", from)));
  if (!/\/(?:Filter|F)(?=[\s/[])/.test(dictionary)) return packed;
  const isPlainFlate = /\/Filter\s*\[?\s*\/(?:FlateDecode|Fl)\s*(?:\]|\/|>>)/.test(dictionary);
  if (!isPlainFlate || /\/Predictor\s+(?!1\b)\d/.test(dictionary)) return "active";
  try {
    return inflateSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: Math.max(1, room) });
  } catch {
    // Damaged, or far larger unfolded than any honest one.
    return "unreadable";
  }
}

function spelled(name: string): string {
  return [...name]
    .map((letter) => {
      if (!/[a-z]/i.test(letter)) return letter;
      const code = letter.charCodeAt(0).toString(16);
      return `(?:${letter}|#${code.replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`)})`;
    })
    .join("");
}
