import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const dynamic = "force-static";
export const dynamicParams = false;

const SHEET = "noto-sans-sc.css";
const folder = () => join(process.cwd(), "node_modules/@fontsource-variable/noto-sans-sc");

/** The sheet and its slices, written out once at build time. */
export function generateStaticParams() {
  const slices = readdirSync(join(folder(), "files")).filter((name) => name.endsWith("-wght-normal.woff2"));
  return [SHEET, ...slices].map((file) => ({ file }));
}

export async function GET(_request: Request, { params }: { params: Promise<{ file: string }> }) {
  const { file } = await params;
  const lasting = { "cache-control": "public, max-age=31536000, immutable" };
  if (file === SHEET) {
    const sheet = readFileSync(join(folder(), "wght.css"), "utf8").replaceAll("./files/", "/fonts/");
    return new Response(sheet, { headers: { ...lasting, "content-type": "text/css; charset=utf-8" } });
  }
  const bytes = readFileSync(join(folder(), "files", file));
  return new Response(bytes, { headers: { ...lasting, "content-type": "font/woff2" } });
}
