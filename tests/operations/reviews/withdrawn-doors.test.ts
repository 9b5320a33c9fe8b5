import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { ClinicReviewer } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { judgeRecord } from "@/lib/records/judge-record";
import type { RecordView } from "@/lib/records/views/record";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";
import { openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { makeDicom } from "../../support/dicom";
import { makeReviewer, testSystem } from "../../support/people";
import { callAs, caseWithOwner, uploadAndCheck } from "../../support/records";

const API = path.resolve(import.meta.dirname, "../../../app/api/v1");

/** Every address below a case or a file that somebody may read, as folders of the API. */
function readingDoors(): string[] {
  const found = ["cases/[id]", "records/[id]"].flatMap((folder) =>
    readdirSync(path.join(API, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => path.basename(file) === "route.ts")
      .map((file) => path.posix.join(folder, path.dirname(file))),
  );
  return found.filter((door) => !door.includes("uploads"));
}

type Params = Record<string, string>;

async function knock(
  door: string,
  reviewer: ClinicReviewer,
  wanted: { caseId: string; id: string; study: string },
) {
  const route = (await import(path.join(API, door, "route.ts"))) as Record<
    string,
    Parameters<typeof callAs>[1]
  >;
  if (!route.GET) return null;
  const params: Params = {
    id: door.startsWith("records") ? wanted.id : wanted.caseId,
    frame: "1",
    study: wanted.study,
  };
  return (await callAs(reviewer, route.GET, params)).status;
}

describe("a consent that was taken back", () => {
  it("has closed every door with the next request", async () => {
    const world = await caseWithOwner();
    const { caseId } = world;
    const { id } = await uploadAndCheck(world.tus, caseId, await makeDicom({ patientName: "PETROVA^ANNA" }));
    await judgeRecord(world.owner, id, { state: "accepted" }, new Date());
    const clinic = await makeClinic();
    await openCaseToClinic(caseId, clinic.id);
    const reviewer = await makeReviewer(clinic.id);
    const one = await import("@/app/api/v1/records/[id]/route");
    const { header } = (await (await callAs(reviewer, one.GET, { id })).json()) as RecordView;
    const wanted = { caseId, id, study: header?.studyUid ?? "" };
    const open: string[] = [];
    for (const door of readingDoors()) if ((await knock(door, reviewer, wanted)) === 200) open.push(door);
    const must = ["records", "checklist", "measurements", "studies/[study]/archive"].map(
      (last) => `cases/[id]/${last}`,
    );
    const files = ["", "/content", "/preview", "/frames/[frame]"].map((last) => `records/[id]${last}`);
    expect(open).toEqual(expect.arrayContaining(["cases/[id]", ...must, ...files]));

    const consent = await asPerson(testSystem, (tx) =>
      tx.consent.findFirstOrThrow({ where: { caseId, clinicId: clinic.id } }),
    );
    expect((await withdrawConsent(world.patient, caseId, consent.id, new Date())).ok).toBe(true);

    for (const door of open) expect(await knock(door, reviewer, wanted), door).toBe(404);
  });
});
