import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { messagesOf } from "@/i18n/messages";
import { faultWords } from "@/lib/infra/fault-words";

const form = z.object({
  name: z.string().min(1, "Please fill this in."),
  age: z.number("A number.").min(18, "Too young."),
  mail: z.email("A mail address."),
  way: z.enum(["car", "train"]),
  word: z.string().refine((text) => text !== "no", "Say something else."),
});

function sentences(locale: "en" | "ar" | "de") {
  const read = form.safeParse({ name: "", age: 3, mail: "x", way: "boat", word: "no" });
  return read.success
    ? {}
    : Object.fromEntries(read.error.issues.map((issue) => [issue.path.join("."), faultWords(locale, issue)]));
}

describe("what is wrong with a field", () => {
  it("is the form's own sentence in English, and where a language has no words yet", () => {
    expect(sentences("en")).toMatchObject({ name: "Please fill this in.", age: "Too young." });
    expect(sentences("de")).toEqual(sentences("en"));
  });

  it("never is a sentence for programmers, where a form wrote none", () => {
    const bare = z.object({
      code: z.string().min(1),
      way: z.enum(["car"]),
      day: z.string(),
      note: z.string().min(3),
    });
    const read = bare.safeParse({ code: "", way: "boat", note: "x" });
    expect(read.error?.issues.map((issue) => faultWords("en", issue))).toEqual([
      "Please fill this in.",
      "Please choose one of the answers offered.",
      "Please fill this in.",
      "At least 3 characters.",
    ]);
  });

  it("is told in Arabic as exactly, where the form's own sentence is known there", () => {
    const mail = z.string().refine((text) => text.includes("@"), messagesOf("en").faults.exact.emailAddress);
    const [issue] = mail.safeParse("").error?.issues ?? [];
    expect(issue && faultWords("ar", issue)).toBe("اكتب عنوان بريد إلكتروني مثل name@example.org.");
  });

  it("knows in other languages only sentences the forms still say", () => {
    const forms = globSync("lib/**/*.ts").map((path) => readFileSync(path, "utf8"));
    const gone = Object.values(messagesOf("en").faults.exact).filter(
      (sentence) => !forms.some((text) => text.includes(`"${sentence}"`)),
    );
    expect(gone).toEqual([]);
  });

  it("is told in Arabic by its kind, with the limit", () => {
    const said = sentences("ar");
    expect(said).toMatchObject({ name: "يُرجى ملء هذا الحقل.", age: "ليس أقل من 18." });
    expect(said.mail).toContain("name@example.org");
    expect(said.way).toBe("يُرجى اختيار إحدى الإجابات المعروضة.");
    expect(said.word).toContain("Say something else.");
  });
});
