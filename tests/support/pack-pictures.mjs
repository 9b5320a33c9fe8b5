// Makes the kept pictures small after they were renewed: with 256 colours each they still look alike to a point.
//   node tests/support/pack-pictures.mjs
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

const FOLDER = join(import.meta.dirname, "..", "journeys", "pictures");

for (const name of readdirSync(FOLDER).filter((one) => one.endsWith(".png"))) {
  const before = readFileSync(join(FOLDER, name));
  // Packed before: once more would only blur it.
  if ((await sharp(before).metadata()).isPalette) continue;
  const packed = await sharp(before).png({ palette: true, colours: 256, dither: 0, effort: 10 }).toBuffer();
  if (packed.length < before.length) writeFileSync(join(FOLDER, name), packed);
}
