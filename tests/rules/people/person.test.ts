import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { homeOf, isPatientsPage, normalEmail, safeNext } from "@/lib/people/person";

describe("an e-mail address", () => {
  it.each([
    ["Anna@Example.ORG", "anna@example.org"],
    ["  anna@example.org ", "anna@example.org"],
    ["anna@bücher.example", "anna@xn--bcher-kva.example"],
    ["ａnna@example.org", "anna@example.org"],
  ])("has one spelling: %s", (given, wanted) => {
    expect(normalEmail(given)).toBe(wanted);
  });

  it.each([
    "",
    "anna",
    "a@b@c.org",
    "anna@",
    "@example.org",
    "anna@127.0.0.1",
    "anna@localhost",
    "an na@example.org",
    "anna@exаmple.org",
    '"a,b"@example.org',
  ])("is refused: %s", (given) => {
    expect(normalEmail(given)).toBeNull();
  });

  it("stays the same when normalised again, whatever was typed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string()), (text) => {
        const once = normalEmail(text);
        expect(once === null || normalEmail(once) === once).toBe(true);
      }),
    );
  });
});

describe("where a sign-in leads", () => {
  it("never leaves the site", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.constantFrom("//evil.test", "/\\evil.test", "https://evil.test"),
        ),
        (next) => {
          const target = safeNext(next, "/en/my");
          expect(new URL(target, "http://valvia.test").origin).toBe("http://valvia.test");
        },
      ),
    );
  });

  it("keeps a path of ours", () => {
    expect(safeNext("/ar/my/cases/1?tab=2", "/en/my")).toBe("/ar/my/cases/1?tab=2");
  });

  it("brings everybody to their own rooms", () => {
    expect(homeOf(["patient"], "ar")).toBe("/ar/my");
    expect(homeOf(["coordinator"], "en")).toBe("/en/desk");
    expect(homeOf(["clinic_manager"], "en")).toBe("/en/cabinet");
  });
});

it("knows by the address alone that staff asked for a patient's page", () => {
  for (const path of ["/en/my", "/ar/my/cases/0197", "/en/my/no-such-page"]) {
    expect(isPatientsPage(path, homeOf(["finance"], "en"))).toBe(true);
    expect(isPatientsPage(path, homeOf(["clinic_manager"], "ar"))).toBe(true);
    expect(isPatientsPage(path, homeOf(["patient"], "en"))).toBe(false);
  }
  for (const path of ["/en/desk/my", "/en/mystery", "/en", "/"])
    expect(isPatientsPage(path, homeOf(["finance"], "en"))).toBe(false);
});
