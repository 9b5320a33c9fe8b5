import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";
import { partsOf, SIGNED_IN } from "@/i18n/addresses";
import { isLocale, preferredLocale } from "@/i18n/locales";
import { checkoutOrigin } from "@/lib/infra/env";
import { isReturn, RETURN_COOKIE } from "@/lib/kernel/return-cookie";

const dev = process.env.NODE_ENV !== "production";

/**
 * Language of an address without one, and the policy of signed-in pages. It decides nothing about who may see
 * what: each page and action asks that itself.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname } = request.nextUrl;
  const [locale, area] = partsOf(pathname);
  if (!isLocale(locale)) return toLanguage(request);
  if (!SIGNED_IN.some((name) => name === area)) return NextResponse.next();
  const left = request.cookies.get(RETURN_COOKIE)?.value;
  const comesBack = isLocale(left) && isReturn(pathname, request.nextUrl.search);
  if (comesBack && left !== locale) return backTo(left, request);
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString("base64");
  const policy = policyWith(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-valvia-locale", locale);
  headers.set("x-valvia-path", `${pathname}${request.nextUrl.search}`);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("cache-control", "no-store");
  if (comesBack) response.cookies.delete(RETURN_COOKIE);
  return response;
}

/** Once: the next page in another language is one they chose themselves. */
function backTo(locale: string, request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const [, , ...rest] = pathname.split("/");
  const response = NextResponse.redirect(
    new URL(`/${[locale, ...rest].join("/")}${search}`, request.nextUrl),
  );
  response.headers.set("cache-control", "no-store");
  response.cookies.delete(RETURN_COOKIE);
  return response;
}

function toLanguage(request: NextRequest): NextResponse {
  const locale = preferredLocale(request.headers.get("accept-language"));
  const { pathname, search } = request.nextUrl;
  const path = pathname === "/" ? "" : pathname;
  // Next sends it as a relative address: behind another server our own idea of the host may be wrong.
  const response = NextResponse.redirect(new URL(`/${locale}${path}${search}`, request.nextUrl));
  response.headers.set("vary", "accept-language");
  response.headers.set("cache-control", "no-store");
  return response;
}

function policyWith(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${dev ? " 'unsafe-eval'" : ""}`,
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action 'self' ${checkoutOrigin()}`,
    "frame-ancestors 'none'",
    ...(dev ? [] : ["require-trusted-types-for 'script'", "trusted-types nextjs nextjs#bundler default"]),
  ].join("; ");
}

// Uploads, record bytes, webhooks and files never pass here: a proxied body is cut at 10 MB without an error.
export const config = {
  matcher: [
    "/",
    "/:locale(en|de|zh|ru|ar)/:area(my|desk|cabinet|account|signin|start|job|mailbox|dev)/:path*",
    "/((?!(?:api|_next|fonts|calendar|en|de|zh|ru|ar)(?:/|$)|.*\\..*).+)",
  ],
};
