import "server-only";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { typedValues } from "@/lib/infra/action-answer";
import type { Done, Refused } from "@/lib/kernel/outcome";
import { answerForm, refuseFields } from "./answer-form";
import { type Overtaken, seenName, seenValue } from "./forms/lines";
import type { Unfit } from "./forms/listing-lines";

interface LineWords {
  saved: string;
  /** Where the line is not there any more. */
  gone: string;
  /** A saved value as a person reads it, by the name of its field. */
  say?: (name: string, text: string) => string;
  /** What a list of problems calls a field, by its name; null where its own label says enough. */
  label?: (name: string) => string | null;
}

/** What a form about lines of the listing shows after it was sent: a colleague's values stand at the fields they changed. */
export async function answerLines(
  outcome: Done<unknown> | Refused | Overtaken | Unfit,
  form: FormData,
  { saved, gone, say, label }: LineWords,
): Promise<FormState> {
  if (outcome.ok) return answerForm(outcome, form, saved);
  if ("fields" in outcome) return showOthers(outcome, form, say);
  if (outcome.reason === "not_found") return { status: "refused", message: gone, values: typedValues(form) };
  if (!("error" in outcome)) return answerForm(outcome, form, saved);
  const t = await getTranslations({ locale: await actionLocale(), namespace: "cabinet" });
  const refused = await refuseFields(outcome.error, form, t("check"));
  if (refused.status !== "refused") return refused;
  const errors = outcome.atFields(refused.errors ?? {});
  const named = Object.keys(errors).flatMap((name) => {
    const words = label?.(name);
    return words ? [[name, words] as const] : [];
  });
  return { ...refused, errors, labels: { ...refused.labels, ...Object.fromEntries(named) } };
}

const WORDS_SHOWN_MAX = 300;

async function showOthers(
  { fields, lines }: Overtaken,
  form: FormData,
  say: (name: string, text: string) => string = (_name, text) => text,
): Promise<FormState> {
  const t = await getTranslations({ locale: await actionLocale(), namespace: "cabinet.overtaken" });
  const values = typedValues(form);
  for (const { key, now } of lines) values[seenName(key)] = seenValue(now);
  const errors: Record<string, string> = {};
  const others: Record<string, { value: string; take?: string }> = {};
  for (const [name, { text, isTyped }] of Object.entries(fields)) {
    const words = say(name, text);
    const value = words.length > WORDS_SHOWN_MAX ? `${words.slice(0, WORDS_SHOWN_MAX).trimEnd()} …` : words;
    const sentence = /^[\d.,-]+$/.test(text) ? "field" : "words";
    // Kept apart, so that a value reads in its own direction.
    errors[name] = text === "" ? t("emptied") : t(sentence, { value: `\u2068${value}\u2069` });
    others[name] = isTyped ? { value: text, take: t("take") } : { value: text };
    if (!isTyped) values[name] = text;
  }
  return { status: "refused", message: t("message"), errors, others, values };
}
