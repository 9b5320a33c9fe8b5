import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { FormContext, FormPlace } from "@/components/ui/form-context";
import { FormErrorSummary } from "@/components/ui/form-error-summary";
import { GroupError } from "@/components/ui/group-error";
import { refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { labelEstimateLines } from "@/lib/desk/label-lines";
import { builderForm } from "@/lib/desk/forms/builder";
import { nestedForm } from "@/lib/desk/forms/nested";
import { refused } from "@/lib/kernel/outcome";

let locale = "en";
vi.mock("@/i18n/action-locale", () => ({ actionLocale: () => Promise.resolve(locale) }));
vi.mock("next-intl/server", async () => {
  const { createTranslator } = await import("next-intl");
  const { messagesOf } = await import("@/i18n/messages");
  return {
    getTranslations: (wish: { locale: "en" | "ar"; namespace: "desk" }) =>
      Promise.resolve(createTranslator({ ...wish, messages: messagesOf(wish.locale) })),
  };
});

/** A builder whose second line was removed by hand, so that the third one is the second a person reads. */
function typedForm(fields: Record<string, string>): FormData {
  const form = new FormData();
  const all = {
    ...{ currency: "EUR", validUntil: "2027-01-01", "lines.0.contract": "A", "lines.0.cause": "Fixed" },
    ...{ "lines.0.expected": "5", "lines.2.contract": "B", "lines.2.cause": "Fixed", "lines.2.unit": "case" },
  };
  for (const [name, value] of Object.entries({ ...all, ...fields })) form.append(name, value);
  return form;
}

async function refusalOf(form: FormData) {
  const read = builderForm.safeParse(nestedForm(form));
  if (read.success) throw new Error("This form fits.");
  const state = await refuseFields(read.error, form, "Look again.", await labelEstimateLines());
  if (state.status !== "refused") throw new Error("It was not refused.");
  return state;
}

describe("a refused form of lines", () => {
  it("names the line as it is counted on the page, and the field, in the reader's language", async () => {
    locale = "en";
    expect((await refusalOf(typedForm({ "lines.2.expected": "much" }))).labels).toEqual({
      "lines.2.expected": "Line 2, Expected",
    });
    locale = "ar";
    const { labels, errors } = await refusalOf(typedForm({ "lines.2.expected": "much" }));
    expect(labels).toEqual({ "lines.2.expected": "البند 2، المتوقع" });
    expect(Object.keys(errors ?? {})).toEqual(["lines.2.expected"]);
    locale = "en";
  });

  it("names the line a verb refuses, at the place where it was typed", async () => {
    const state = await refuseForm(
      refused("invalid_device", { path: "lines.1.device" }),
      typedForm({ "lines.2.expected": "5" }),
      await labelEstimateLines(),
    );
    expect(state).toMatchObject({ labels: { "lines.2.device": "Line 2, Device" } });
    expect(state).toHaveProperty(["errors", "lines.2.device"]);
  });

  it("links to the field itself, without scripts and though another form has one of this name", async () => {
    const state = await refusalOf(typedForm({ "lines.2.expected": "much" }));
    const html = renderToStaticMarkup(
      <FormPlace value="f1">
        <FormContext value={state}>
          <FormErrorSummary title="Look" refusal={state} />
          <Field name="lines.2.expected" label="Expected">
            <TextInput />
          </Field>
          <Field name="lines.0.expected" label="Expected">
            <TextInput />
          </Field>
        </FormContext>
      </FormPlace>,
    );
    expect(html).toContain('href="#f1-lines.2.expected"');
    expect(html).toContain("Line 2, Expected: A sum such as");
    expect(html).toMatch(/<input[^>]*id="f1-lines\.2\.expected"/);
    expect(html).toMatch(/<label[^>]*for="f1-lines\.2\.expected"/);
    expect(html).not.toContain('id="f1-lines.0.expected"');
  });

  it("links what is wrong with all of them to the sentence above them", () => {
    const state = { status: "refused" as const, message: "Look", errors: { lines: "Nothing differs." } };
    const html = renderToStaticMarkup(
      <FormPlace value="f1">
        <FormContext value={state}>
          <FormErrorSummary title="Look" refusal={state} />
          <GroupError name="lines" />
        </FormContext>
      </FormPlace>,
    );
    expect(html).toContain('href="#f1-lines"');
    expect(html).toContain('id="f1-lines"');
  });
});
