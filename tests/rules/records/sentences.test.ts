import { describe, expect, it } from "vitest";
import { cleared, finding, sentenceOf } from "@/lib/records/finding";

describe("what the check says of a file", () => {
  it("tells ages as a person tells them", () => {
    expect(sentenceOf(finding("too_old", { ageDays: 688, maxAgeDays: 183 }), false)).toBe(
      "This examination is 23 months old; the heart team asks for one of the last 6 months.",
    );
    expect(sentenceOf(finding("too_old", { ageDays: 9_466, maxAgeDays: 365 }), false)).toContain(
      "26 years old",
    );
    expect(sentenceOf(finding("too_old", { ageDays: 44, maxAgeDays: 42 }), false)).toContain("44 days old");
  });

  it("announces no look at a file that was accepted after it", () => {
    expect(sentenceOf(finding("may_show_name"), false)).toContain("A coordinator will look");
    expect(sentenceOf(finding("may_show_name"), true)).toBe("Names may be written into these images.");
    expect(sentenceOf(finding("single_frame"), true)).toBe(sentenceOf(finding("single_frame"), false));
  });

  it("announces no check that a coordinator has made", () => {
    const open = finding("birth_date_mismatch");
    expect(sentenceOf(open, false)).toContain("A coordinator will check");
    const [checked] = cleared([open], "somebody", new Date());
    expect(checked && sentenceOf(checked, false)).toBe(
      "The birth date in this file is not the one of this case.",
    );
  });
});
