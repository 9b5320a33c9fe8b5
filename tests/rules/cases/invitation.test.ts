import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameForMail } from "@/lib/cases/invitation";

describe("a name in a mail to an address somebody typed", () => {
  it("is the name of a person, in any script", () => {
    for (const name of ["Amal Haddad", "J. R. Smith", "Zoë O’Neill-Núñez", "محمد بن علي الهاشمي", "王小明"])
      expect(nameForMail(name)).toBe(name);
    expect(nameForMail("  Amal \n Haddad ")).toBe("Amal Haddad");
  });

  it("is nothing where it could be a link, a number, an address or a sentence", () => {
    for (const name of [
      "evil.example",
      "Amal www.evil.example",
      "http://evil",
      "me@evil",
      "Call +49 30 1234",
      "Amal <b>",
      "Pay now!",
      "{acts}",
      "a".repeat(61),
      "",
    ])
      expect(nameForMail(name)).toBeNull();
  });

  it("never carries what a mail reader makes a link of, or a turn of direction", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        expect(nameForMail(name) ?? "").not.toMatch(/[\d/:@<>{}\u202a-\u202e\u2066-\u2069]|\.\p{L}{2}/u);
      }),
    );
  });
});
