import { describe, expect, it } from "vitest";
import { nestedForm, typedAt } from "@/lib/desk/forms/nested";

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

describe("the field a path of a form means", () => {
  const form = formOf({
    currency: "EUR",
    "lines.1.expected": "5",
    "lines.4.expected": "  ",
    "lines.7.expected": "9",
    "rows.0.x": "1",
  });

  it("is the one that was typed, though lines before it were removed or left empty", () => {
    expect(nestedForm(form)["lines"]).toHaveLength(2);
    expect(typedAt(["lines", 1, "expected"], form)).toEqual({
      name: "lines.7.expected",
      line: { list: "lines", nth: 2, place: 7, field: "expected" },
    });
  });

  it("is itself where it is of no line", () => {
    expect(typedAt(["currency"], form)).toEqual({ name: "currency", line: null });
    expect(typedAt(["emergency", "doctor"], form)).toEqual({ name: "emergency.doctor", line: null });
  });

  it("stays at its number where nothing was sent for the list", () => {
    expect(typedAt(["services", "3"], form)).toMatchObject({ name: "services.3" });
  });
});
