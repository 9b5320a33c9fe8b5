// Makes the kept pictures small after they were renewed: sixteen colours each are enough to tell two looks apart.
//   node tests/support/pack-pictures.mjs
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

const FOLDER = join(import.meta.dirname, "..", "journeys", "pictures");

for (const name of readdirSync(FOLDER).filter((one) => one.endsWith(".png"))) {
  const before = readFileSync(join(FOLDER, name));
  const packed = await sharp(before).png({ palette: true, colours: 16, dither: 0, effort: 10 }).toBuffer();
  if (packed.length < before.length) writeFileSync(join(FOLDER, name), packed);
}
