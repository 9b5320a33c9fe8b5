import "server-only";
import { cookies } from "next/headers";
import { RETURN_COOKIE, RETURN_SECONDS } from "@/lib/kernel/return-cookie";
import { isSecure } from "./auth-cookies";

/** Notes the language of the page somebody leaves for a payment page, so that they come back in it. */
export async function noteReturn(locale: string): Promise<void> {
  (await cookies()).set(RETURN_COOKIE, locale, {
    ...{ httpOnly: true, sameSite: "lax", secure: isSecure() },
    ...{ path: "/", maxAge: RETURN_SECONDS },
  });
}
