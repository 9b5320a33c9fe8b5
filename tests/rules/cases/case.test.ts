import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  firstAnswerOf,
  isPastUrgency,
  type CaseStage,
  caseNumber,
  isEmergency,
  isEnded,
  mayMove,
  mayMoveByHand,
  nextStepOf,
  STAGES,
  takeOf,
} from "@/lib/cases/case";

const now = new Date("2026-11-20T10:00:00Z");
const stage = fc.constantFrom(...STAGES);

/** The way a trip runs, and the ways back and out, written down a second time on purpose. */
const EDGES: Record<CaseStage, readonly CaseStage[]> = {
  draft: ["submitted", "cancelled"],
  submitted: ["triage", "cancelled", "deceased", "transferred"],
  triage: [
    "submitted",
    "collecting_records",
    "with_centres",
    "cancelled",
    "no_offer",
    "deceased",
    "transferred",
  ],
  collecting_records: ["triage", "with_centres", "cancelled", "no_offer", "deceased", "transferred"],
  with_centres: ["collecting_records", "choosing", "cancelled", "no_offer", "deceased", "transferred"],
  choosing: [
    "collecting_records",
    "with_centres",
    "contracting",
    "cancelled",
    "no_offer",
    "deceased",
    "transferred",
  ],
  contracting: ["choosing", "preparing", "cancelled", "deceased", "transferred"],
  preparing: ["contracting", "on_site", "cancelled", "deceased", "transferred"],
  on_site: ["contracting", "treated", "cancelled", "deceased"],
  treated: ["discharged", "deceased"],
  discharged: ["settling", "aftercare", "deceased"],
  settling: ["aftercare", "deceased"],
  aftercare: ["closed", "deceased"],
  closed: [],
  cancelled: [],
  no_offer: ["with_centres", "deceased"],
  deceased: [],
  transferred: ["deceased"],
};

describe("the stages of a case", () => {
  it.each(STAGES)("lead from %s only where the trip can go", (from) => {
    expect(STAGES.filter((to) => mayMove(from, to)).toSorted()).toEqual(EDGES[from].toSorted());
  });

  it("give every open case somebody, something and a time", () => {
    fc.assert(
      fc.property(stage, fc.boolean(), (each, urgent) => {
        const next = nextStepOf(each, now, { urgent });
        if (isEnded(each)) return next === null;
        return next !== null && next.waitingOn !== "nobody" && next.nextDueAt > now;
      }),
    );
  });

  it("promise a human within an hour, and within a quarter of an hour when it is urgent", () => {
    expect(nextStepOf("submitted", now)?.nextDueAt).toEqual(new Date("2026-11-20T11:00:00Z"));
    expect(nextStepOf("submitted", now, { urgent: true })?.nextDueAt).toEqual(
      new Date("2026-11-20T10:15:00Z"),
    );
  });

  it("keep the promise of a first answer, and its moment, until it is given", () => {
    const submittedAt = new Date("2026-11-20T09:00:00Z");
    for (const each of ["submitted", "triage", "collecting_records"] as const) {
      const owed = nextStepOf(each, now, { submittedAt, firstAnsweredAt: null });
      expect(owed).toEqual(firstAnswerOf(submittedAt, false));
      const hurried = nextStepOf(each, now, { urgent: true, submittedAt, firstAnsweredAt: null });
      expect(hurried?.nextDueAt).toEqual(new Date("2026-11-20T09:15:00Z"));
    }
  });

  it("go on with the step of the stage once the first answer was given", () => {
    const facts = { submittedAt: new Date("2026-11-20T09:00:00Z"), firstAnsweredAt: now };
    expect(nextStepOf("submitted", now, facts)?.nextAction).toBe("triage");
    expect(nextStepOf("triage", now, facts)?.nextAction).toBe("triage");
    expect(nextStepOf("collecting_records", now, facts)?.nextAction).toBe("send_records");
  });

  it("are never moved by hand where the machine has no way", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("coordinator" as const, "clinic" as const),
        stage,
        stage,
        (side, from, to) => {
          return !mayMoveByHand(side, from, to) || mayMove(from, to);
        },
      ),
    );
  });

  it("let nobody but the centre say that somebody was treated", () => {
    expect(STAGES.filter((from) => mayMoveByHand("coordinator", from, "treated"))).toEqual([]);
    expect(STAGES.filter((from) => mayMoveByHand("clinic", from, "treated"))).toEqual(["on_site"]);
  });

  it("leave what follows from a deed to the deed", () => {
    for (const to of ["draft", "preparing"] as const) {
      expect(STAGES.filter((from) => mayMoveByHand("coordinator", from, to))).toEqual([]);
      expect(STAGES.filter((from) => mayMoveByHand("clinic", from, to))).toEqual([]);
    }
  });

  it("let the desk give a case back that was just taken, and nobody else", () => {
    expect(STAGES.filter((from) => mayMoveByHand("coordinator", from, "submitted"))).toEqual(["triage"]);
    expect(STAGES.filter((from) => mayMoveByHand("clinic", from, "submitted"))).toEqual([]);
  });

  it("let the desk go back to choosing when a hold has run out, and nobody else", () => {
    expect(STAGES.filter((from) => mayMoveByHand("coordinator", from, "choosing"))).toEqual(["contracting"]);
    expect(STAGES.filter((from) => mayMoveByHand("clinic", from, "choosing"))).toEqual([]);
  });

  it("let a centre do no more than receive, treat and discharge", () => {
    const reachable = STAGES.filter((to) => STAGES.some((from) => mayMoveByHand("clinic", from, to)));
    expect(reachable).toEqual(["on_site", "treated", "discharged"]);
  });
});

describe("the mark urgent", () => {
  it("ends with the discharge and with every end of a case, never before", () => {
    const past = [
      "discharged",
      "settling",
      "aftercare",
      "closed",
      "cancelled",
      "no_offer",
      "deceased",
      "transferred",
    ];
    expect(STAGES.filter(isPastUrgency)).toEqual(past);
  });
});

describe("taking a case", () => {
  const other = { ownerId: "other", updatedAt: new Date("2026-11-20T09:00:00Z") };

  it("triages a new one", () => {
    expect(takeOf({ stage: "submitted", ownerId: null, updatedAt: now }, "me", now)).toBe("triage");
  });

  it("changes nothing for its owner", () => {
    expect(takeOf({ stage: "choosing", ownerId: "me", updatedAt: now }, "me", now)).toBe("own_already");
  });

  it("takes over from a colleague", () => {
    expect(takeOf({ stage: "triage", ...other }, "me", now)).toBe("take_over");
  });

  it("goes to the one who was first when two ask at once", () => {
    const justTaken = { stage: "triage" as const, ownerId: "other", updatedAt: now };
    expect(takeOf(justTaken, "me", now)).toBe("illegal_transition");
  });

  it("is refused for drafts and for what has ended", () => {
    for (const each of STAGES.filter((one) => one === "draft" || isEnded(one))) {
      expect(takeOf({ stage: each, ...other }, "me", now)).toBe("illegal_transition");
    }
  });
});

describe("a case", () => {
  it("has a number one can read out", () => {
    expect(caseNumber(2026, 123n)).toBe("V-2026-000123");
  });

  it("is an emergency from one red flag on", () => {
    expect(isEmergency({ restAngina: false, syncope: false })).toBe(false);
    expect(isEmergency({ restAngina: false, syncope: true })).toBe(true);
  });
});
