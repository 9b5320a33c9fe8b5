import { describe, expect, it } from "vitest";
import { isStrangersName } from "@/lib/bookings/signature";

describe("a typed name", () => {
  it.each([
    ["Samira Haddad", ["Samira Haddad"]],
    ["S. HADDAD", ["Samira Haddad"]],
    ["Jose Muller-Grosz", ["José Müller"]],
    ["Anna Strasse", ["Anna Straße"]],
    ["Haddad Samira", ["Layla Nasser", "Samira Haddad"]],
    ["王小明", ["王明"]],
    ["سميرة حداد", ["سميرة حداد"]],
  ])("may sign where it shares a word with a name we know: %s", (typed, known) => {
    expect(isStrangersName(typed, known)).toBe(false);
  });

  it.each([
    ["John Smith", ["Samira Haddad"]],
    ["S H", ["Samira Haddad"]],
    ["Иван Петров", ["Анна Иванова"]],
    ["李华", ["王明"]],
  ])("is a stranger's where it shares none: %s", (typed, known) => {
    expect(isStrangersName(typed, known)).toBe(true);
  });

  it("in another script may be the same name", () => {
    expect(isStrangersName("سميرة حداد", ["Samira Haddad"])).toBe(false);
    expect(isStrangersName("Wang Xiaoming", ["王小明"])).toBe(false);
    expect(isStrangersName("Anyone At All", [])).toBe(false);
  });
});
