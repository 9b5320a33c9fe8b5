import { billScores } from "@/lib/desk/queries/bill-scores";
import { currentIdentity, personAs } from "@/lib/infra/session";
import { leadBrowserToSignIn } from "@/lib/infra/way-to-sign-in";

const COLUMNS = "clinic,cases,median_bp,low_bp,high_bp\r\n";

/** Quoted versus paid as CSV, in basis points of the accepted estimate. For everybody but finance there is nothing. */
export async function GET(): Promise<Response> {
  await leadBrowserToSignIn();
  const identity = await currentIdentity();
  const finance = identity && personAs(identity, "finance");
  const headers = { "cache-control": "no-store" };
  if (!finance) return new Response("Not found.\n", { status: 404, headers });
  // Slugs hold letters, digits and hyphens alone: nothing needs quoting.
  const lines = (await billScores(finance)).map(
    ({ slug, cases, medianBp, lowBp, highBp }) =>
      `${slug},${cases},${medianBp ?? ""},${lowBp ?? ""},${highBp ?? ""}\r\n`,
  );
  return new Response(COLUMNS + lines.join(""), {
    headers: {
      ...headers,
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="quoted-versus-paid.csv"',
      "x-content-type-options": "nosniff",
    },
  });
}
