import { currentIdentity } from "@/lib/infra/session";

/** Whether this browser is still signed in: a form asks before it is sent, so that nothing typed is lost. */
export async function GET(): Promise<Response> {
  const isSignedIn = (await currentIdentity()) !== null;
  return Response.json({ isSignedIn }, { headers: { "cache-control": "no-store" } });
}
