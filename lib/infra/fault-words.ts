import "server-only";
import type { z } from "zod";
import { hasOwnWords, messagesOf } from "@/i18n/messages";
import type { Locale } from "@/i18n/locales";

type Issue = z.core.$ZodIssue;
type Words = ReturnType<typeof messagesOf>["faults"];

/** How the library's own sentences begin, which were written for programmers. */
const UNSAID = /^(Invalid |Too small: |Too big: |Unrecognized key)/;

/** The forms' own sentences that are said in other languages as exactly. */
const EXACT = Object.entries(messagesOf("en").faults.exact) as [keyof Words["exact"], string][];

/**
 * What is wrong with one field, in the reader's language. Forms write their own English sentence; where they wrote none,
 * and in a language of its own, the kind of the fault says it, less exactly but readably.
 */
export function faultWords(locale: Locale, issue: Issue): string {
  if (locale === "en" || !hasOwnWords(locale, "faults"))
    return UNSAID.test(issue.message) ? sentenceOf(messagesOf("en").faults, issue) : issue.message;
  const words = messagesOf(locale).faults;
  const exact = EXACT.find(([, sentence]) => sentence === issue.message)?.[0];
  return exact === undefined ? sentenceOf(words, issue) : words.exact[exact];
}

function sentenceOf(words: Words, issue: Issue): string {
  switch (issue.code) {
    case "too_small":
      return issue.origin === "number"
        ? fill(words.atLeast, issue.minimum)
        : Number(issue.minimum) <= 1
          ? words.required
          : fill(words.tooShort, issue.minimum);
    case "too_big":
      return fill(issue.origin === "number" ? words.atMost : words.tooLong, issue.maximum);
    case "invalid_type":
      return issue.expected === "number" ? words.number : words.required;
    case "invalid_format":
      return issue.format === "email" ? words.email : words.format;
    case "invalid_value":
    case "invalid_union":
      return words.choice;
    default:
      // A rule of its own: the exact sentence stands behind, kept apart so that it reads in its own direction.
      return `${words.other} \u2066(${issue.message})\u2069`;
  }
}

function fill(sentence: string, limit: number | bigint): string {
  return sentence.replace("{limit}", String(limit));
}
