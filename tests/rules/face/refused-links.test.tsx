import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Checkbox, RadioGroup } from "@/components/ui/choices";
import { FormContext, FormPlace } from "@/components/ui/form-context";
import { FormErrorSummary } from "@/components/ui/form-error-summary";
import type { FormState } from "@/components/ui/form-state";

const WAYS = ["phone", "mail"].map((value) => ({ value, label: value }));

function drawn(errors: Record<string, string>): string {
  const state: FormState = { status: "refused", message: "No.", errors };
  return renderToStaticMarkup(
    <FormPlace value="f">
      <FormContext value={state}>
        <FormErrorSummary title="No." refusal={{ message: "No.", errors }} />
        <Checkbox name="sure" label="I am sure" />
        <RadioGroup name="way" legend="How" options={WAYS} />
        <Checkbox name="services" value="driver" label="Driver" />
        <Checkbox name="services" value="hotel" label="Hotel" />
      </FormContext>
    </FormPlace>,
  );
}

const idsIn = (html: string) => [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? "");
const controlsOf = (html: string, id: string) =>
  [...html.matchAll(/<input[^>]*>/g)]
    .map(([control]) => control)
    .filter((one) => one.includes(` id="${id}"`));

it("leads without scripts from each sentence to the box or the first of the answers it is about", () => {
  const html = drawn({ sure: "Tick this.", way: "Choose one." });
  const links = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => decodeURIComponent(id ?? ""));
  expect(links).toEqual(["f-sure", "f-way"]);
  expect(controlsOf(html, "f-sure")).toEqual([expect.stringContaining('name="sure"')]);
  expect(controlsOf(html, "f-way")).toEqual([expect.stringContaining('value="phone"')]);
  expect(html).toContain('aria-describedby="f-sure-error"');
});

it("gives no id twice, even where boxes share a name", () => {
  const refusals: Record<string, string>[] = [
    {},
    { sure: "Tick this.", way: "Choose one.", services: "Choose one." },
  ];
  for (const errors of refusals) {
    const ids = idsIn(drawn(errors));
    expect(ids).toEqual([...new Set(ids)]);
  }
});

it("gives what was not refused no id of a refusal", () => {
  expect(idsIn(drawn({})).filter((id) => id.startsWith("f-"))).toEqual([]);
});
