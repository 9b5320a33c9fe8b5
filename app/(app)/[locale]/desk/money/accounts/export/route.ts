import { currentIdentity, personAs } from "@/lib/infra/session";
import { leadBrowserToSignIn } from "@/lib/infra/way-to-sign-in";
import { exportLedger } from "@/lib/payments/export-ledger";
import { ledgerPeriodForm } from "@/lib/payments/forms";

/** The entries of a period as CSV, sent while they are read. For everybody but finance there is nothing. */
export async function GET(request: Request): Promise<Response> {
  await leadBrowserToSignIn();
  const identity = await currentIdentity();
  const finance = identity && personAs(identity, "finance");
  const headers = { "cache-control": "no-store" };
  if (!finance) return new Response("Not found.\n", { status: 404, headers });
  const read = ledgerPeriodForm.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!read.success)
    return new Response("Name two days, the first not after the last.\n", { status: 400, headers });
  const { from, to } = read.data;
  const pages = exportLedger(finance, read.data);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pages.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      ...headers,
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="ledger-${from}-${to}.csv"`,
      "x-content-type-options": "nosniff",
    },
  });
}
