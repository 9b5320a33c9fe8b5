import { describe, expect, it } from "vitest";
import { NOTHING_DIFFERS, typedChangeForm, typedPath } from "@/lib/desk/forms/change";
import { messagesOf } from "@/i18n/messages";
import { newId } from "@/lib/kernel/ids";

const [bookingId, treatment, device] = [newId(), newId(), newId()];
const shape = typedChangeForm({ bookingId, currency: "EUR", timeZone: "Europe/Berlin" });
const said = { contract: "A", reason: "longer_stay", explanation: "Two more nights." };
const booked = (lineId: string, amount: string, more: object = {}) => ({
  ...{ lineId, was: "500", amount },
  ...more,
});

describe("a typed change", () => {
  it("holds only the lines whose sum was changed, and the new ones that were filled in", () => {
    const typed = {
      ...said,
      validHours: "168",
      lines: [
        booked(treatment, "500"),
        booked(device, "620.50", { cause: "Another size" }),
        { kind: "stay", label: "Nights", amount: "900", cause: "Fever" },
        { amount: "" },
      ],
    };
    expect(shape.parse(typed)).toMatchObject({
      bookingId,
      validHours: 168,
      lines: [
        { lineId: device, amount: { amountMinor: 62_050n }, cause: "Another size" },
        { kind: "stay", amount: { amountMinor: 90_000n } },
      ],
    });
  });

  const issuesOf = (lines: unknown[]) => shape.safeParse({ ...said, lines }).error?.issues ?? [];
  const pathsOf = (lines: unknown[]) => issuesOf(lines).map((issue) => issue.path.join("."));

  it("says that nothing differs and what to do, however the same sum is written", () => {
    for (const same of ["500", "500.00", "٥٠٠", " 500 "])
      expect(issuesOf([booked(treatment, same), { amount: "" }])).toMatchObject([
        { path: ["lines"], message: NOTHING_DIFFERS },
      ]);
    expect(messagesOf("ar").faults.exact.nothingDiffers).not.toBe(NOTHING_DIFFERS);
    expect(messagesOf("en").faults.exact.nothingDiffers).toBe(NOTHING_DIFFERS);
  });

  it("asks at the line where something was typed, not at the one of its number among the changes", () => {
    const long = "x".repeat(501);
    const lines = [booked(treatment, "500"), booked(device, "600", { cause: long })];
    expect(pathsOf(lines)).toEqual(["lines.1.cause"]);
  });

  it("finds the line again that was refused by its number among the changes", () => {
    const typed = { lines: [booked(treatment, "500"), booked(device, "600", { cause: "Size" })] };
    expect(typedPath("lines.0.lineId", typed, "EUR")).toBe("lines.1.amount");
    expect(typedPath("lines.1.lineId", typed, "EUR")).toBeNull();
    expect(typedPath("contract", typed, "EUR")).toBeNull();
  });

  it("asks for the rest of a new line of which only the name or the reason was written", () => {
    const changed = booked(treatment, "600", { cause: "Stent" });
    expect(pathsOf([changed, { label: "Nights", amount: "" }])).toEqual([
      "lines.1.amount",
      "lines.1.cause",
      "lines.1.kind",
    ]);
  });

  it("asks for a sum that is one, a cause and at least one line", () => {
    expect(pathsOf([booked(treatment, "much", { cause: "x" })])).toEqual(["lines.0.amount"]);
    expect(pathsOf([booked(treatment, "600")])).toEqual(["lines.0.cause"]);
    expect(pathsOf([booked(treatment, "500")])).toEqual(["lines"]);
  });

  it("tells an emergency by the clock of the centre, and only where it was ticked", () => {
    const emergency = { happenedAt: "2026-11-20T14:30", doctor: "Dr. Ole Berg", reason: "Bleeding" };
    const lines = [booked(treatment, "600", { cause: "Stent" })];
    expect(shape.parse({ ...said, lines, emergency }).emergency).toBeUndefined();
    expect(shape.parse({ ...said, lines, emergency, isEmergency: "on" }).emergency?.happenedAt).toEqual(
      new Date("2026-11-20T13:30:00Z"),
    );
  });
});
