import { describe, expect, it } from "vitest";
import { boardStepOf, cardAfter, cardBeside } from "@/components/desk/board-steps";
import { mayMoveByHand } from "@/lib/cases/case";
import { BOARD_STAGES, isReversible, nextTarget, targetsOf } from "@/lib/desk/board-move";

const ME = "me";

describe("where a card may go", () => {
  it("offers exactly what the coordinator may do by hand, from every column", () => {
    for (const stage of BOARD_STAGES.filter((one) => one !== "submitted")) {
      const offered = targetsOf({ stage, ownerId: ME }, ME).filter(({ act }) => act !== null);
      const legal = [...BOARD_STAGES, "closed" as const].filter((to) =>
        mayMoveByHand("coordinator", stage, to),
      );
      expect(offered.map((target) => target.stage)).toEqual(legal);
    }
  });

  it("lets anybody take a new case into triage, and nothing else with it", () => {
    const offered = targetsOf({ stage: "submitted", ownerId: null }, ME).filter(({ act }) => act !== null);
    expect(offered).toEqual([{ stage: "triage", act: "take", hindrance: null }]);
  });

  it("says why not: a colleague's, a deed, no way, here already", () => {
    const hindrances = (ownerId: string | null) =>
      Object.fromEntries(
        targetsOf({ stage: "with_centres", ownerId }, ME).map((one) => [one.stage, one.hindrance]),
      );
    expect(hindrances("colleague")["collecting_records"]).toBe("not_yours");
    expect(hindrances(null)["collecting_records"]).toBe("not_owned");
    expect(hindrances(ME)["collecting_records"]).toBeNull();
    expect(hindrances(ME)["choosing"]).toBe("deed");
    expect(hindrances(ME)["treated"]).toBe("no_way");
    expect(hindrances(ME)["with_centres"]).toBe("here");
  });

  it("means the step ahead, and never a step back", () => {
    expect(nextTarget(targetsOf({ stage: "collecting_records", ownerId: ME }, ME))?.stage).toBe(
      "with_centres",
    );
    expect(nextTarget(targetsOf({ stage: "with_centres", ownerId: ME }, ME))).toBeNull();
    expect(nextTarget(targetsOf({ stage: "on_site", ownerId: ME }, ME))).toBeNull();
    expect(nextTarget(targetsOf({ stage: "contracting", ownerId: "colleague" }, ME))).toBeNull();
  });

  it("offers to take back only what the same hand may take back", () => {
    expect(isReversible("triage", "collecting_records")).toBe(true);
    expect(isReversible("submitted", "triage")).toBe(true);
    expect(isReversible("preparing", "on_site")).toBe(false);
  });
});

describe("walking the board", () => {
  const columns = [["a", "b"], [], ["c"], ["d", "e", "f"]];

  it("passes over empty columns and stays at the edges", () => {
    expect(cardBeside(columns, "b", "forward")).toBe("c");
    expect(cardBeside(columns, "c", "back")).toBe("a");
    expect(cardBeside(columns, "f", "forward")).toBe("f");
    expect(cardBeside(columns, "a", "up")).toBe("a");
    expect(cardBeside(columns, "d", "last")).toBe("f");
  });

  it("reads the arrows in the direction of the language", () => {
    expect(boardStepOf("ArrowRight", false)).toBe("forward");
    expect(boardStepOf("ArrowRight", true)).toBe("back");
    expect(boardStepOf("ArrowLeft", true)).toBe("forward");
    expect(boardStepOf("j", true)).toBe("down");
    expect(boardStepOf("x", false)).toBeNull();
  });

  it("stays where a card left: on the next one, else on the one before", () => {
    expect(cardAfter(columns, "d")).toBe("e");
    expect(cardAfter(columns, "f")).toBe("e");
    expect(cardAfter(columns, "c")).toBeNull();
  });
});
