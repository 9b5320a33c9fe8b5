import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FONT_FILES } from "@/components/shell/font-files";
import { FIRST_FONTS } from "@/components/shell/fonts";

const FOLDER = path.join(process.cwd(), "public", "fonts");
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".woff2"))
  .toSorted();
const sheet = readFileSync(path.join(process.cwd(), "app", "fonts.css"), "utf8");
const sizeOf = (address: string) => readFileSync(path.join(process.cwd(), "public", address)).length;

describe("the fonts", () => {
  it("are named by their content, so that a browser may keep them for ever", () => {
    const named = files.map((file) => {
      const [name] = file.split(".");
      const print = createHash("sha256")
        .update(readFileSync(path.join(FOLDER, file)))
        .digest("hex");
      return `${name}.${print.slice(0, 8)}.woff2`;
    });
    expect(named).toEqual(files);
  });

  it("are all asked for by the style sheet, and nothing else is", () => {
    const asked = [...sheet.matchAll(/url\("\/fonts\/([^"]+)"\)/g)].map(([, file]) => file);
    expect(asked.toSorted()).toEqual(files);
    expect(Object.values(FONT_FILES).toSorted()).toEqual(files.map((file) => `/fonts/${file}`));
  });

  it("come ahead as two files at most, and 50 kB at most, in every language", () => {
    for (const first of Object.values(FIRST_FONTS)) {
      expect(first.length).toBeLessThanOrEqual(2);
      expect(first.reduce((sum, address) => sum + sizeOf(address), 0)).toBeLessThanOrEqual(50_000);
    }
  });
});
