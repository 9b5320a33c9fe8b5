import "server-only";
import path from "node:path";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { log } from "./log";

const FONTS = "node_modules/@expo-google-fonts";
const LATIN_AND_ARABIC = [
  "noto-sans/400Regular",
  "noto-sans/600SemiBold",
  "noto-sans/700Bold",
  "ibm-plex-sans-arabic/400Regular",
  "ibm-plex-sans-arabic/600SemiBold",
];
const CHINESE = ["noto-sans-sc/400Regular", "noto-sans-sc/700Bold"];

const shared = globalThis as typeof globalThis & { valviaTypst?: Map<string, NodeCompiler> };

/** A compiler keeps its fonts in memory; the Chinese ones are twenty times the others, so they have their own. */
function compilerFor(kind: "chinese" | "usual"): NodeCompiler {
  shared.valviaTypst ??= new Map();
  const kept = shared.valviaTypst.get(kind);
  if (kept) return kept;
  const root = process.cwd();
  const folders = kind === "chinese" ? [...LATIN_AND_ARABIC, ...CHINESE] : LATIN_AND_ARABIC;
  const fontPaths = folders.map((folder) => path.join(/* turbopackIgnore: true */ root, FONTS, folder));
  const workspace = path.join(/* turbopackIgnore: true */ root, "lib/infra/pdf");
  const made = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths }] });
  shared.valviaTypst.set(kind, made);
  return made;
}

/** Files of lib/infra/pdf. */
export type PdfTemplate = "paper";

/**
 * Sets a paper as an accessible PDF (PDF/UA-1). The data goes in as JSON beside the template and is never read as
 * markup. Throws with the compiler's own words when the template does not fit the data.
 */
export function renderPdf(template: PdfTemplate, data: { lang: string }, at: Date): Buffer {
  const words = JSON.stringify(data);
  // A Chinese name may stand in a paper of any language.
  const compiler = compilerFor(data.lang === "zh" || /\p{Script=Han}/u.test(words) ? "chinese" : "usual");
  const mainFilePath = path.join(
    /* turbopackIgnore: true */ process.cwd(),
    "lib/infra/pdf",
    `${template}.typ`,
  );
  const compiled = compiler.compile({ mainFilePath, inputs: { data: words } });
  const document = compiled.result;
  if (!document) throw new Error(`The paper could not be set: ${complaintOf(compiler, compiled)}`);
  const pdf = accessible(compiler, document, Math.floor(at.getTime() / 1000));
  // What one paper left in the compiler's memory is of no use for the next.
  compiler.evictCache(10);
  return pdf;
}

/**
 * PDF/UA forbids letters no font can show. A name in such letters must not keep somebody from their paper: it is set
 * without the seal of the standard then, with the letters as boxes.
 */
function accessible(
  compiler: NodeCompiler,
  document: Parameters<NodeCompiler["pdf"]>[0],
  creationTimestamp: number,
): Buffer {
  try {
    return compiler.pdf(document, { pdfStandard: "ua-1", pdfTags: true, creationTimestamp });
  } catch (error) {
    if (!/could not be displayed/.test(`${String(error)} ${codeOf(error)}`)) throw error;
    log.warn("a paper holds letters no font here can show");
    return compiler.pdf(document, { pdfTags: true, creationTimestamp });
  }
}

/** The compiler tells its complaint in the code of its error. */
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function complaintOf(compiler: NodeCompiler, compiled: ReturnType<NodeCompiler["compile"]>): string {
  const error = compiled.takeDiagnostics();
  if (!error) return "no diagnostics";
  const found = compiler.fetchDiagnostics(error) as { message?: string }[];
  return found
    .map((one) => one.message ?? "")
    .join("; ")
    .slice(0, 500);
}
