import { beforeEach, expect, it, vi } from "vitest";
import { RETURN_COOKIE } from "@/lib/kernel/return-cookie";
import { TAKEN_COOKIE } from "@/lib/kernel/taken-cookie";

const browser = vi.hoisted(() => ({ set: new Map<string, object>(), url: "" }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ referer: "https://valvia.test/en/cabinet" }),
  cookies: async () => ({
    set: (name: string, _value: string, options: object) => browser.set.set(name, options),
    delete: () => undefined,
  }),
}));
vi.mock("next/navigation", () => ({ redirect: () => undefined }));
vi.mock("@/i18n/action-locale", () => ({ actionLocale: async () => "en" }));
vi.mock("@/lib/infra/env", async (original) => ({
  ...(await original<object>()),
  env: () => ({ APP_URL: browser.url }),
}));
vi.mock("@/lib/infra/session", () => ({
  ...{ refuseForeignPost: async () => undefined, currentOwner: async () => null },
  requireOwner: () => Promise.reject(new Error("Nobody is there.")),
}));

const { LEFT_COOKIE } = await import("@/components/shell/left-cookie");
const { noteReturn } = await import("@/lib/infra/return-language");
const { noteTaken } = await import("@/lib/infra/taken-words");
const { signOutAction } = await import("@/app/(app)/[locale]/account/actions");

beforeEach(() => browser.set.clear());

it("keeps what one page tells the next from leaving on a line that is not safe, where ours is", async () => {
  for (const [url, secure] of [
    ["https://valvia.test", true],
    ["http://127.0.0.1:3000", false],
  ] as const) {
    browser.url = url;
    await noteTaken();
    await noteReturn("ar");
    await signOutAction();
    expect([...browser.set.keys()]).toEqual([TAKEN_COOKIE, RETURN_COOKIE, LEFT_COOKIE]);
    for (const options of browser.set.values())
      expect(options).toMatchObject({ secure, sameSite: "lax", path: "/" });
    browser.set.clear();
  }
});
