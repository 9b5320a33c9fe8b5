import { zipSync } from "fflate";
import sharp from "sharp";
import { type DicomWish, makeDicom } from "@/prisma/seed/files/dicom";
import { drawEcho } from "@/prisma/seed/files/picture";

export { makeDicom, type DicomWish } from "@/prisma/seed/files/dicom";
export { makePdf } from "@/prisma/seed/files/pdf";

/** A study as a patient zips it from a disc. */
export async function makeStudyZip(count: number, wish: DicomWish = {}): Promise<Buffer> {
  const files: Record<string, Uint8Array> = { "README.txt": Buffer.from("Echo of today") };
  for (let instance = 1; instance <= count; instance += 1) {
    files[`DICOM/IM${instance}`] = await makeDicom({ ...wish, instance });
  }
  return Buffer.from(zipSync(files, { level: 6 }));
}

/** A photo as a phone takes it, with the place in its EXIF. */
export async function makePhoto(width = 640, height = 480): Promise<Buffer> {
  const { bytes } = drawEcho(width, height, 0.3);
  return sharp(bytes, { raw: { width, height, channels: 3 } })
    .withExif({ IFD0: { Copyright: "EXIF-MARKER", Make: "Phone" } })
    .jpeg()
    .toBuffer();
}
