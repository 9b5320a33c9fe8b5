import { describe, expect, it } from "vitest";
import { GET as getChecklist } from "@/app/api/v1/cases/[id]/checklist/route";
import { PUT as putItem } from "@/app/api/v1/records/[id]/item/route";
import { openDb } from "@/lib/infra/db";
import { checkRecord } from "@/lib/records/check-record";
import { inspectApart } from "@/lib/records/inspect-file";
import { judgeRecord } from "@/lib/records/judge-record";
import { labelRecord } from "@/lib/records/label-record";
import { makePdf } from "../../support/dicom";
import { makePatient, testSystem } from "../../support/people";
import { callAs, caseWithOwner, recordRow, uploadAndCheck } from "../../support/records";

const PUT = { method: "PUT" };

async function file(item?: string) {
  const world = await caseWithOwner();
  const row = await uploadAndCheck(world.tus, world.caseId, makePdf([["Report"]]), {
    filename: "report.pdf",
    ...(item ? { item } : {}),
  });
  return { ...world, id: row.id };
}

async function statusOf(person: Parameters<typeof callAs>[0], caseId: string, item: string) {
  const answer = await callAs(person, getChecklist, { id: caseId });
  const body = (await answer.json()) as { items: { item: string; status: string }[] };
  return body.items.find((line) => line.item === item)?.status;
}

describe("saying what a file is", () => {
  it("gives the line its file, and takes it from the line it stood under before", async () => {
    const { patient, caseId, id } = await file("ecg");
    expect(await statusOf(patient, caseId, "ecg")).toBe("given");
    const answer = await callAs(patient, putItem, { id }, { ...PUT, json: { item: "tte_report" } });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ id, item: "tte_report", state: "readable" });
    expect(await statusOf(patient, caseId, "tte_report")).toBe("given");
    expect(await statusOf(patient, caseId, "ecg")).toBe("missing");
    expect(await openDb().auditEvent.count({ where: { event: "record.labelled", objectId: id } })).toBe(1);
  });

  it("is heard while the file is still being looked at", async () => {
    const { patient, caseId, tus } = await caseWithOwner();
    const id = await tus.upload(caseId, makePdf([["Report"]]), { filename: "report.pdf", item: "ecg" });
    await checkRecord(testSystem, id, new Date(), async (stored, known) => {
      await labelRecord(patient, id, { item: "tte_report" });
      return inspectApart(stored, known);
    });
    expect(await recordRow(id)).toMatchObject({ state: "readable", item: "tte_report" });
    expect(await statusOf(patient, caseId, "tte_report")).toBe("given");
    expect(await statusOf(patient, caseId, "ecg")).not.toBe("given");
  });

  it("may put it under no line at all, and refuses a line that does not exist", async () => {
    const { patient, caseId, id } = await file("ecg");
    expect((await callAs(patient, putItem, { id }, { ...PUT, json: { item: "nonsense" } })).status).toBe(422);
    expect((await callAs(patient, putItem, { id }, { ...PUT, json: { item: null } })).status).toBe(200);
    expect((await recordRow(id)).item).toBeNull();
    expect(await statusOf(patient, caseId, "ecg")).toBe("missing");
  });

  it("ends with the coordinator's word, also when both come at once", async () => {
    const { owner, patient, caseId, id } = await file("ecg");
    await Promise.all([
      judgeRecord(owner, id, { state: "accepted" }, new Date()),
      labelRecord(patient, id, { item: "labs" }),
    ]);
    const row = await recordRow(id);
    expect(row.state).toBe("accepted");
    expect(await statusOf(patient, caseId, row.item ?? "")).toBe("accepted");
    expect(await labelRecord(patient, id, { item: "letters" })).toMatchObject({
      reason: "illegal_transition",
    });
  });

  it("is nobody else's", async () => {
    const { owner, id } = await file("ecg");
    const stranger = await makePatient();
    expect((await callAs(stranger, putItem, { id }, { ...PUT, json: { item: "labs" } })).status).toBe(404);
    expect((await callAs(owner, putItem, { id }, { ...PUT, json: { item: "labs" } })).status).toBe(404);
    expect((await recordRow(id)).item).toBe("ecg");
  });
});
