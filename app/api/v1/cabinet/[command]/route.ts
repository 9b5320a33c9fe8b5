import { csvForm } from "@/lib/clinics/forms/listing";
import { importPrices } from "@/lib/clinics/import-prices";
import { apiRoute, type ApiCall } from "@/lib/infra/api";
import { Problem } from "@/lib/infra/problem";

/** The one command whose name has a colon, which a folder cannot have on every system: "prices:import". */
export const POST = apiRoute(async (call) => {
  const manager = call.as("clinic_manager");
  if (decodeURIComponent(call.text("command")) !== "prices:import") throw new Problem(404, "not_found");
  const wish = new URL(call.request.url).searchParams.get("dryRun");
  const dryRun = wish !== null && wish !== "false" && wish !== "0";
  const { faults, ...read } = call.value(await importPrices(manager, await sheetOf(call), dryRun));
  const isRefused = faults.length > 0 && !dryRun;
  const answer = {
    dryRun,
    ...read,
    errors: faults.map((fault) => ({ path: `${fault.row}.${fault.column}`, ...fault })),
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

/** The sheet as text/csv, as a field `file` of a form, or as `{"csv": "…"}`. */
async function sheetOf(call: ApiCall): Promise<string> {
  const type = call.request.headers.get("content-type") ?? "";
  if (type.startsWith("text/csv") || type.startsWith("text/plain")) return call.rawBody;
  if (type.startsWith("multipart/form-data")) return fileOf(call.rawBody, type);
  if (!type.includes("json")) throw new Problem(415, "unsupported_media_type");
  return call.body(csvForm).csv;
}

async function fileOf(body: string, type: string): Promise<string> {
  const form = await new Response(body, { headers: { "content-type": type } }).formData().catch(() => null);
  const file = form?.get("file") ?? null;
  if (file === null)
    throw new Problem(422, "invalid", undefined, [
      { path: "file", message: "Send the sheet as the field “file”." },
    ]);
  return typeof file === "string" ? file : file.text();
}
