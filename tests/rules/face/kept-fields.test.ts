import { expect, test, vi } from "vitest";

/** As much of a control as is asked for what was kept. */
class Box {
  readonly disabled = false;
  readonly defaultChecked = false;
  readonly type: string;
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  constructor(type: string, name: string, value: string, checked: boolean) {
    this.type = type;
    this.name = name;
    this.value = value;
    this.checked = checked;
  }
}

vi.stubGlobal("HTMLInputElement", Box);
// None of the controls below is one of these.
vi.stubGlobal("HTMLTextAreaElement", Date);
vi.stubGlobal("HTMLSelectElement", Date);

const { besideEarly } = await import("@/components/ui/kept-fields");
const formOf = (...elements: Box[]) => ({ elements }) as unknown as HTMLFormElement;

test("a box ticked before the scripts came joins the kept ticks of its name", () => {
  const form = formOf(
    new Box("checkbox", "allergies", "iodine", true),
    new Box("checkbox", "allergies", "latex", false),
    new Box("checkbox", "allergies", "aspirin", false),
    new Box("checkbox", "consent", "yes", false),
  );
  const kept = { allergies: ["latex"], consent: ["yes"] };
  expect(besideEarly(form, kept)).toEqual({ allergies: ["latex", "iodine"], consent: ["yes"] });
});

test("a radio button chosen before the scripts came stands against the kept one", () => {
  const form = formOf(new Box("radio", "way", "phone", true), new Box("radio", "way", "mail", false));
  expect(besideEarly(form, { way: ["mail"], note: ["Evenings."] })).toEqual({ note: ["Evenings."] });
});
