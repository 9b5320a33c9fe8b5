import "server-only";
import { type StoredFile, readHead } from "@/lib/infra/record-store";
import { finding } from "./finding";
import type { Expected, Inspection } from "./inspection";
import type { Media } from "./media";

export const PIXELS_MAX = 50_000_000;
export const PICTURE_BYTES_MAX = 64 * 1024 ** 2;
const PICTURES_OF_REPORTS = ["tte_loops", "tee_loops", "ct_gated"];

/** Opens a picture once, within a pixel cap, to know that it is one. */
export async function inspectImage(file: StoredFile, media: Media, { item }: Expected): Promise<Inspection> {
  const { kind, mediaType } = media;
  if (file.sizeBytes > PICTURE_BYTES_MAX) return { kind, mediaType, findings: [finding("huge_image")] };
  const notes = item && PICTURES_OF_REPORTS.includes(item) ? [finding("photo_of_report")] : [];
  // HEIC needs a decoder nobody may ship freely: it is taken, but shown only where the reader's own machine can.
  if (mediaType?.startsWith("image/hei"))
    return { kind, mediaType, findings: [...notes, finding("no_preview")] };
  const fault = await openPicture(await readHead(file, PICTURE_BYTES_MAX));
  return { kind, mediaType, findings: fault ? [finding(fault)] : notes, ...(fault ? {} : { pageCount: 1 }) };
}

async function openPicture(bytes: Buffer): Promise<"huge_image" | "broken_image" | null> {
  try {
    const { default: sharp } = await import("sharp");
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (width * height > PIXELS_MAX) return "huge_image";
    await sharp(bytes, { limitInputPixels: PIXELS_MAX }).resize(16, 16, { fit: "inside" }).raw().toBuffer();
    return null;
  } catch {
    // The library says in many words what the patient needs to hear in one sentence.
    return "broken_image";
  }
}
