import { beforeEach, describe, expect, it, vi } from "vitest";
import type * as Env from "@/lib/infra/env";
import { currentOwner, requireAnyOf, requireOwner } from "@/lib/infra/session";
import { openBrowser, switchOnApp } from "../../support/factors";
import { makeCoordinator, makePatient } from "../../support/people";

const asked = vi.hoisted(() => ({ demo: true, token: "", path: "/en/desk" }));
vi.mock("@/lib/infra/env", async (original) => ({
  ...(await original<typeof Env>()),
  isDemo: () => asked.demo,
}));
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => ({ value: asked.token }) }),
  headers: async () => new Headers({ "x-valvia-path": asked.path }),
}));
vi.mock("next/navigation", () => ({
  redirect: (path: string) => {
    throw new Error(`redirect ${path}`);
  },
  notFound: () => {
    throw new Error("not found");
  },
}));

const desk = () => requireAnyOf("coordinator", "admin");

beforeEach(() => {
  Object.assign(asked, { demo: true, path: "/en/desk" });
});

describe("a page asked for by staff who owe a second factor", () => {
  it("leads to where one is set up, in the language of the page, and nowhere else", async () => {
    const clara = await makeCoordinator();
    asked.token = (await openBrowser(clara)).token;
    expect((await desk()).personId).toBe(clara.personId);
    asked.demo = false;
    await expect(desk()).rejects.toThrow("redirect /en/account/second-factor");
    asked.path = "/ar/desk/cases";
    await expect(desk()).rejects.toThrow("redirect /ar/account/second-factor");
  });

  it("is their own account alone, which knows that they owe", async () => {
    asked.token = (await openBrowser(await makeCoordinator())).token;
    asked.demo = false;
    expect((await requireOwner()).identity.owesFactor).toBe(true);
    expect((await currentOwner())?.owner.role).toBe("coordinator");
  });

  it("opens once they have one, and a patient is never sent away", async () => {
    const clara = await makeCoordinator();
    asked.demo = false;
    asked.token = (await switchOnApp(clara, new Date())).browser.token;
    expect((await desk()).personId).toBe(clara.personId);
    const anna = await makePatient();
    asked.token = (await openBrowser(anna)).token;
    expect((await requireAnyOf("patient")).personId).toBe(anna.personId);
  });
});
