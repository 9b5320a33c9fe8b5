import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Checkbox } from "@/components/ui/choices";
import { FormContext } from "@/components/ui/form-context";
import type { FormState } from "@/components/ui/form-state";
import { typedValues } from "@/lib/infra/action-answer";

/** The boxes of a form as a browser without scripts gets them back. */
function ticked(state: FormState): string[] {
  const html = renderToStaticMarkup(
    <FormContext value={state}>
      <Checkbox name="cardiology" label="Cardiology" defaultChecked />
      <Checkbox name="services" value="interpreter" label="Interpreter" />
      <Checkbox name="services" value="driver" label="Driver" defaultChecked />
      <Checkbox name="services" value="hotel" label="Hotel" />
    </FormContext>,
  );
  return [...html.matchAll(/<input[^>]*>/g)]
    .filter(([box]) => box.includes("checked"))
    .map(([box]) => /value="([^"]*)"/.exec(box)?.[1] ?? "");
}

function refusedForm(...fields: [string, string][]): FormState {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return { status: "refused", message: "No.", values: typedValues(form) };
}

it("shows a fresh form as it was meant, and a refused one as it was sent", () => {
  expect(ticked({ status: "idle" })).toEqual(["on", "driver"]);
  expect(ticked({ status: "refused", message: "No." })).toEqual(["on", "driver"]);
  expect(ticked(refusedForm())).toEqual([]);
  expect(ticked(refusedForm(["services", "interpreter"], ["services", "hotel"]))).toEqual([
    "interpreter",
    "hotel",
  ]);
  expect(ticked(refusedForm(["cardiology", "on"]))).toEqual(["on"]);
});
