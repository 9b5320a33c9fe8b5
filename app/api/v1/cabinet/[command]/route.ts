import { csvForm } from "@/lib/clinics/forms/listing";
import { importPrices } from "@/lib/clinics/import-prices";
import { explainSheetFault } from "@/lib/clinics/explain-sheet-fault";
import { apiRoute, type ApiCall } from "@/lib/infra/api";
import { Problem } from "@/lib/infra/problem";
import { type ReadSheet, readSheet } from "@/lib/records/read-sheet";
import words from "@/locales/en/sheets.json";

/** The one command whose name has a colon, which a folder cannot have on every system: "prices:import". */
export const POST = apiRoute(async (call) => {
  const manager = call.as("clinic_manager");
  if (decodeURIComponent(call.text("command")) !== "prices:import") throw new Problem(404, "not_found");
  const wish = new URL(call.request.url).searchParams.get("dryRun");
  const dryRun = wish !== null && wish !== "false" && wish !== "0";
  const sheet = await sheetOf(call);
  if (!("text" in sheet)) return refusalOf({ dryRun, ...NOTHING_READ, errors: [faultOf(sheet)] });
  const { faults, ...read } = call.value(await importPrices(manager, sheet.text, dryRun));
  const isRefused = faults.length > 0 && !dryRun;
  const answer = {
    dryRun,
    ...read,
    errors: faults.map((fault) => {
      const { row, column, code } = fault;
      return { path: `${row}.${column}`, row, column, code, message: explainSheetFault("en", fault) };
    }),
  };
  return isRefused ? refusalOf(answer) : call.json(answer);
});

/** A problem like any other, with the whole report beside it. */
function refusalOf(report: object): Response {
  const problem = new Problem(422, "invalid_sheet");
  const body = {
    type: "https://valvia.example/problems/invalid_sheet",
    title: "Invalid sheet",
    status: 422,
    detail: problem.detail,
    code: problem.code,
  };
  return new Response(JSON.stringify({ ...body, ...report }), {
    status: 422,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}

const NOTHING_READ = { rows: 0, changes: [], revisionId: null };

function faultOf({ trouble, place }: Exclude<ReadSheet, { text: string }>) {
  return { path: "0.", row: 0, column: place, code: trouble, message: words.trouble[trouble] };
}

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The sheet as text/csv or XLSX, as a field `file` of a form, or as `{"csv": "…"}`. */
async function sheetOf(call: ApiCall): Promise<ReadSheet> {
  const type = call.request.headers.get("content-type") ?? "";
  if ([XLSX, "text/csv", "text/plain"].some((known) => type.startsWith(known)))
    return readSheet(call.rawBytes);
  if (type.startsWith("multipart/form-data")) return fileOf(call.rawBytes, type);
  if (!type.includes("json")) throw new Problem(415, "unsupported_media_type");
  return { text: call.body(csvForm).csv };
}

async function fileOf(body: Buffer, type: string): Promise<ReadSheet> {
  const asked = new Response(new Uint8Array(body), { headers: { "content-type": type } });
  const form = await asked.formData().catch(() => null);
  const file = form?.get("file") ?? null;
  if (file === null)
    throw new Problem(422, "invalid", undefined, [
      { path: "file", message: "Send the sheet as the field “file”." },
    ]);
  return typeof file === "string" ? { text: file } : readSheet(new Uint8Array(await file.arrayBuffer()));
}
