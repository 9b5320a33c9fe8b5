import NextAuth from "next-auth";
import { NextRequest } from "next/server";
import { ApiCall, refuseCrossSite } from "@/lib/infra/api";
import { authOptions } from "@/lib/infra/auth";
import { Problem } from "@/lib/infra/problem";
import { noteLinkSignIn } from "@/lib/people/note-link-sign-in";
import { verifyAddress } from "@/lib/people/verify-address";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

/**
 * What may be asked here. Links are asked for on our own page: next-auth's would answer differently for an address
 * with and one without an account.
 */
const READS = ["session", "csrf", "error"];

export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const asked = (await context.params).nextauth.join("/");
  return READS.includes(asked) ? handle(request, context) : notThere();
}

/** A link in a mail is used up by the button of the page it opens, never by being followed. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const asked = (await context.params).nextauth.join("/");
  if (asked === "signout") return handle(request, context);
  if (asked !== "callback/email") return notThere();
  try {
    refuseCrossSite(request);
    const { rawBody } = await ApiCall.of(request, {});
    const { origin, pathname } = request.nextUrl;
    // Next-auth reads links from the address of a GET; this one never leaves the process.
    const inside = new URL(`${pathname}?${new URLSearchParams(rawBody)}`, origin);
    return await handle(new NextRequest(inside, { headers: request.headers }), context);
  } catch (error) {
    if (error instanceof Problem) return error.toResponse();
    throw error;
  }
}

function handle(request: NextRequest, context: Context): Promise<Response> {
  const events = { signIn: ({ user }: { user: { id: string } }) => noteLinkSignIn(user.id) };
  const door = {
    userAgent: request.headers.get("user-agent"),
    verified: (personId: string) => verifyAddress(personId, new Date()),
  };
  return NextAuth({ ...authOptions(door), events })(request, context);
}

function notThere(): Response {
  return new Problem(404, "not_found").toResponse();
}
