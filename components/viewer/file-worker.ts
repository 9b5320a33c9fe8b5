import { decoded, textOf } from "@/lib/records/dicom";
import { type CodecName, openCodecs } from "@/lib/records/pixel-codecs";
import { type Drawing, openDrawing } from "@/lib/records/pixel-drawing";
import { FrameError, type MarkedFrame } from "@/lib/records/pixel-samples";
import { firstLight } from "@/lib/records/pixel-window";
import type { Answer, Ask, AskedFile, FileFacts } from "./messages";
import { rangeSource } from "./range-source";

// Runs beside the page: fetches, parses and decodes what nobody trusts, and hands finished points over.

const WASM: Readonly<Record<CodecName, URL>> = {
  jpeg: new URL("@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm", import.meta.url),
  jpeg_ls: new URL("@cornerstonejs/codec-charls/decodewasm", import.meta.url),
  jpeg_2000: new URL("@cornerstonejs/codec-openjpeg/decodewasm", import.meta.url),
};
const codecs = openCodecs((codec) => WASM[codec].href);

/** Open files cost memory: their bytes are kept for the next frame. */
const OPEN_MAX = 6;
const open = new Map<string, Promise<Drawing>>();
const dropped = new Set<number>();

/** Room for a header before the first frame, and what is worth fetching unseen. */
const HEADER_BYTES = 32 * 1024;
const FIRST_BYTES_MAX = 3 * 1024 ** 2;

/** Who wants the first frame gets it with the header, in one answer: another would take its time again. */
function firstBytesOf({ sizeBytes, images }: AskedFile, at: number | null): number | null {
  const bytes = Math.ceil(sizeBytes / Math.max(1, images)) + HEADER_BYTES;
  return at === 0 && bytes <= FIRST_BYTES_MAX ? bytes : null;
}

function openFile(file: AskedFile, at: number | null): Promise<Drawing> {
  const { id, sizeBytes } = file;
  const found = open.get(id);
  open.delete(id);
  const address = new URL(`/api/v1/records/${id}/content`, globalThis.location.origin);
  const firstBytes = firstBytesOf(file, at);
  const source = { ...rangeSource(address.href, sizeBytes), ...(firstBytes ? { firstBytes } : {}) };
  const drawing = found ?? openDrawing(source, codecs);
  open.set(id, drawing);
  // What did not come may come when asked again.
  drawing.catch(() => open.delete(id));
  for (const [oldest] of open) if (open.size > OPEN_MAX) open.delete(oldest);
  return drawing;
}

/** What came too late to be dropped is forgotten some day. */
const DROPPED_MAX = 500;

function drop(task: number): void {
  if (dropped.size >= DROPPED_MAX) dropped.clear();
  dropped.add(task);
}

async function answer(ask: Extract<Ask, { file: AskedFile }>): Promise<Answer> {
  const drawing = await openFile(ask.file, ask.act === "frame" ? ask.at : null);
  const facts = factsOf(drawing);
  if (ask.act === "facts") return { act: "facts", task: ask.task, facts };
  if (dropped.delete(ask.task)) return { act: "fault", task: ask.task, fault: "not_here" };
  const frame = await drawing.frame(ask.at);
  // A single image is not asked for twice soon; a film stays open.
  if (drawing.image?.frames === 1) open.delete(ask.file.id);
  return { act: "frame", task: ask.task, frame, facts };
}

function factsOf({ image, waveforms, overlays, set }: Drawing): FileFacts {
  const charset = textOf(set, "x00080005");
  const name = decoded(set, "x00100010", charset);
  return {
    images: image?.frames ?? 0,
    width: image?.columns ?? 0,
    height: image?.rows ?? 0,
    modality: textOf(set, "x00080060"),
    patientName:
      name?.split("=")[0]?.replaceAll("^", " ").replaceAll(/\s+/g, " ").trim().slice(0, 80) || null,
    examOn: dayIn(textOf(set, "x00080020")),
    description:
      (decoded(set, "x0008103e", charset) ?? decoded(set, "x00081030", charset))?.slice(0, 80) ?? null,
    isGrey: image !== null && image.samples === 1 && image.palette === null,
    hasMarks: overlays.length > 0,
    shading: {
      isInverted: image?.isInverted ?? false,
      voiTable: image?.voiTable ?? null,
      padding: image?.padding ?? null,
    },
    windows: image?.windows ?? [],
    frameLights: image?.perFrame ? image.perFrame.map((_, at) => firstLight(image, at)) : null,
    frameMs: image?.frameMs ?? null,
    calibration: image?.calibration ?? { spacing: null, regions: [] },
    aspect: image?.aspect ?? 1,
    waveforms,
  };
}

function dayIn(text: string | null): string | null {
  const found = /^(\d{4})\.?(\d{2})\.?(\d{2})/.exec(text ?? "");
  return found ? `${found[1]}-${found[2]}-${found[3]}` : null;
}

/** The points themselves go over, not a copy. */
function pointsOf(frame: MarkedFrame): Transferable[] {
  const points = frame.kind === "grey" ? frame.values : frame.rgba;
  return [points, ...(frame.marks ? [frame.marks] : [])].map(({ buffer }) => buffer as ArrayBuffer);
}

interface Scope {
  onmessage: ((event: MessageEvent<Ask>) => void) | null;
  postMessage(message: Answer, transfer?: Transferable[]): void;
}
const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data: ask }) => {
  if (ask.act === "ping") return scope.postMessage({ act: "pong" });
  if (ask.act === "drop") return drop(ask.task);
  answer(ask).then(
    (said) => scope.postMessage(said, said.act === "frame" ? pointsOf(said.frame) : []),
    (error: unknown) => {
      const fault = error instanceof FrameError ? error.fault : "unreadable";
      scope.postMessage({ act: "fault", task: ask.task, fault });
    },
  );
};
