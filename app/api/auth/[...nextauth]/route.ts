import NextAuth from "next-auth";
import { NextRequest, NextResponse } from "next/server";
import { partsOf } from "@/i18n/addresses";
import { isLocale, preferredLocale } from "@/i18n/locales";
import { ApiCall, refuseCrossSite } from "@/lib/infra/api";
import { authOptions } from "@/lib/infra/auth";
import { pendingCookieName, pendingCookieOptions } from "@/lib/infra/auth-cookies";
import { Problem } from "@/lib/infra/problem";
import { type OpenedDoor, openDoor } from "@/lib/people/open-door";
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
  return READS.includes(asked) ? handle(request, context, null) : notThere();
}

/** A link in a mail is used up by the button of the page it opens, never by being followed. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const asked = (await context.params).nextauth.join("/");
  if (asked === "signout") return handle(request, context, null);
  if (asked !== "callback/email") return notThere();
  try {
    refuseCrossSite(request);
    const { rawBody } = await ApiCall.of(request, {});
    const { origin, pathname } = request.nextUrl;
    const sent = new URLSearchParams(rawBody);
    // Next-auth reads links from the address of a GET; this one never leaves the process.
    const inside = new URL(`${pathname}?${sent}`, origin);
    const followed = new NextRequest(inside, { headers: request.headers });
    return await handle(followed, context, sent.get("callbackUrl"));
  } catch (error) {
    if (error instanceof Problem) return error.toResponse();
    throw error;
  }
}

async function handle(request: NextRequest, context: Context, next: string | null): Promise<Response> {
  const userAgent = request.headers.get("user-agent");
  const kept: { opened: OpenedDoor | null } = { opened: null };
  const door = {
    verified: (personId: string) => verifyAddress(personId, new Date()),
    open: async (personId: string, token: string) => {
      const opened = await openDoor(personId, { by: "link", userAgent, next, token }, new Date());
      if (!opened) throw new Error("An account was erased while a link to it was used.");
      kept.opened = opened;
      return opened.state === "open" ? opened.endsLatestAt : opened.heldUntil;
    },
  };
  const answer: Response = await NextAuth(authOptions(door))(request, context);
  return kept.opened?.state === "held" ? heldAnswer(kept.opened, request) : answer;
}

/** A link proves one thing only. Whoever has a second factor is sent on to it, with no session's cookie set. */
function heldAnswer(held: { token: string; heldUntil: Date }, request: NextRequest): Response {
  const location = `/${localeOf(request)}/signin/second`;
  const answer = new NextResponse(null, { status: 303, headers: { location } });
  answer.cookies.set(pendingCookieName(), held.token, pendingCookieOptions(held.heldUntil));
  answer.headers.set("cache-control", "no-store");
  return answer;
}

/** The language of the page whose button was pressed. */
function localeOf({ headers }: NextRequest): string {
  const from = headers.get("referer");
  const [locale] = partsOf(from !== null && URL.canParse(from) ? new URL(from).pathname : "/");
  return isLocale(locale) ? locale : preferredLocale(headers.get("accept-language"));
}

function notThere(): Response {
  return new Problem(404, "not_found").toResponse();
}
