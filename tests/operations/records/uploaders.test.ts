import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, callAs, openDb } from "@/lib/infra/db";
import { createLink } from "@/lib/records/create-link";
import { handleUpload } from "@/lib/records/handle-upload";
import { uploadsOf } from "@/lib/records/scope";
import { makeCase, openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { valueOf } from "../../support/outcomes";
import { makeAdmin, makeCoordinator, makePatient, makeReviewer, testSystem } from "../../support/people";
import { beginUpload, caseWithOwner, folderOf, idOf, recordRow } from "../../support/records";
import { noise, TusClient } from "../../support/uploads";

describe("who may upload", () => {
  it("is not a stranger, who learns nothing", async () => {
    const { tus, caseId } = await caseWithOwner();
    const location = await beginUpload(tus, caseId, 10);
    const clinic = await makeClinic();
    for (const person of [
      await makePatient(),
      await makeCoordinator(),
      await makeAdmin(),
      await makeReviewer(clinic.id),
    ]) {
      const stranger = await TusClient.of(person);
      expect((await stranger.create(caseId, { size: 10 })).status).toBe(404);
      expect((await stranger.send("HEAD", location)).status).toBe(404);
      expect((await stranger.patch(location, 0, noise(10))).status).toBe(404);
      expect((await stranger.send("DELETE", location)).status).toBe(404);
    }
    const elsewhere = location.replace(caseId, newId());
    expect((await tus.send("HEAD", elsewhere)).status).toBe(404);
    expect((await tus.send("HEAD", `/api/v1/cases/${caseId}/uploads/not-an-id`)).status).toBe(404);
    expect((await TusClient.withToken("wrong").create(caseId, { size: 1 })).status).toBe(401);
  });

  it("is the companion with that scope, the owning coordinator and a clinic that was let in", async () => {
    const [patient, companion, owner] = [
      await makePatient(),
      await makePatient("Boris"),
      await makeCoordinator(),
    ];
    const { id: caseId } = await makeCase({ patient, stage: "with_centres", owner });
    const clinic = await makeClinic();
    await openCaseToClinic(caseId, clinic.id);
    const access = {
      caseId,
      personId: companion.personId,
      scopes: ["upload" as const],
      purpose: "companion",
    };
    await openDb().caseAccess.create({ data: access });
    for (const person of [companion, owner, await makeReviewer(clinic.id)]) {
      const tus = await TusClient.of(person);
      const id = await tus.upload(caseId, noise(100));
      expect((await recordRow(id)).uploaderId).toBe(person.personId);
    }
    const patients = await beginUpload(await TusClient.of(patient), caseId, 10);
    expect((await (await TusClient.of(companion)).send("HEAD", patients)).status).toBe(404);
  });

  it("is the same in the lists as where bytes arrive, for everybody and each of their files", async () => {
    const people = {
      owner: await makePatient(),
      sender: await makePatient("Boris"),
      reader: await makePatient("Clara"),
      former: await makePatient("Dora"),
      coordinator: await makeCoordinator(),
      other: await makeCoordinator(),
    };
    const { id: caseId } = await makeCase({
      patient: people.owner,
      stage: "with_centres",
      owner: people.coordinator,
    });
    const [clinic, elsewhere] = [await makeClinic(), await makeClinic()];
    await openCaseToClinic(caseId, clinic.id);
    const letIn = (person: { personId: string }, scope: "upload" | "read", revokedAt: Date | null) => ({
      ...{ caseId, personId: person.personId, scopes: [scope], purpose: "companion", revokedAt },
    });
    await openDb().caseAccess.createMany({
      data: [letIn(people.sender, "upload", null), letIn(people.reader, "read", null)],
    });
    const former = await openDb().caseAccess.create({ data: letIn(people.former, "upload", null) });
    const reviewer = await makeReviewer(clinic.id);
    const ids: string[] = [];
    for (const person of [people.owner, people.sender, people.former, people.coordinator, reviewer])
      ids.push(idOf(await beginUpload(await TusClient.of(person), caseId, 10)));
    // What an imaging centre sends by its link has no sender the others know.
    const link = await createLink(people.owner, caseId, { name: "Radiology", days: 7 }, new Date());
    const token = valueOf(link).token;
    const byLink = await handleUpload(
      new Request("http://127.0.0.1:3000/", {
        method: "POST",
        headers: {
          "tus-resumable": "1.0.0",
          "upload-length": "10",
          "upload-metadata": `filename ${btoa("a.dcm")}`,
        },
      }),
      { linkToken: token, recordId: null },
    );
    ids.push(byLink.headers.get("location")?.split("/").pop() ?? "");
    await openDb().caseAccess.update({ where: { id: former.id }, data: { revokedAt: new Date() } });
    const everybody = [...Object.values(people), reviewer, await makeReviewer(elsewhere.id)];
    for (const person of everybody) {
      const listed = await asPerson(person, (tx) =>
        tx.record.findMany({ where: { AND: [{ caseId }, uploadsOf(person)] }, select: { id: true } }),
      );
      const opened: string[] = [];
      for (const id of ids) if (await callAs(person, "open_upload", { id, caseId })) opened.push(id);
      expect(opened.toSorted()).toEqual(listed.map(({ id }) => id).toSorted());
    }
  });

  it("is nobody once the case is closed", async () => {
    const { tus, caseId } = await caseWithOwner();
    const location = await beginUpload(tus, caseId, 10);
    await asPerson(testSystem, (tx) =>
      tx.case.update({ where: { id: caseId }, data: { stage: "closed", closedAt: new Date() } }),
    );
    const response = await tus.create(caseId, { size: 10 });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: "illegal_transition" });
    expect((await tus.send("HEAD", location)).status).toBe(200);
    const late = await tus.patch(location, 0, noise(10));
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ code: "illegal_transition", stage: "closed" });
    expect(await recordRow(idOf(location))).toMatchObject({ state: "uploading", offsetBytes: 0n });
  });

  it("is nobody whose access or case ended while the bytes were on their way", async () => {
    const size = 3 * 1_048_576;
    for (const [ending, status] of [
      ["case", 409],
      ["access", 404],
    ] as const) {
      const { tus, caseId } = await caseWithOwner();
      const location = await beginUpload(tus, caseId, size);
      const end = async () => {
        if (ending === "access") {
          await openDb().caseAccess.updateMany({ where: { caseId }, data: { revokedAt: new Date() } });
        } else {
          const over = { stage: "cancelled" as const, closedAt: new Date(), cancelCause: "patient" };
          await asPerson(testSystem, (tx) => tx.case.update({ where: { id: caseId }, data: over }));
        }
      };
      const answer = await tus.patch(location, 0, bodyThen(noise(size), end));
      expect(answer.status).toBe(status);
      expect(await recordRow(idOf(location))).toMatchObject({ state: "uploading", sha256: null });
    }
  });
});

describe("taking an upload back", () => {
  it("removes its row and its bytes", async () => {
    const { tus, caseId } = await caseWithOwner();
    const location = await beginUpload(tus, caseId, 1_000);
    await tus.patch(location, 0, noise(10));
    expect((await tus.send("DELETE", location)).status).toBe(204);
    expect((await tus.send("HEAD", location)).status).toBe(404);
    await expect(readdir(folderOf(idOf(location)))).rejects.toThrow("ENOENT");
  });

  it("is too late when the file is complete", async () => {
    const { tus, caseId } = await caseWithOwner();
    const location = await beginUpload(tus, caseId, 10);
    await tus.patch(location, 0, noise(10));
    expect((await tus.send("DELETE", location)).status).toBe(409);
  });
});

describe("an upload nobody finished", () => {
  it("is gone after its time, and says so", async () => {
    const { tus, caseId } = await caseWithOwner();
    const location = await beginUpload(tus, caseId, 1_000);
    const past = new Date(Date.now() - 1_000);
    await asPerson(testSystem, (tx) =>
      tx.record.update({ where: { id: idOf(location) }, data: { expiresAt: past } }),
    );
    expect((await tus.send("HEAD", location)).status).toBe(410);
    expect((await tus.patch(location, 0, noise(1))).status).toBe(410);
  });
});

/** A body whose last piece comes only after something else happened. */
function bodyThen(bytes: Buffer, happens: () => Promise<void>): ReadableStream<Uint8Array> {
  const half = Math.floor(bytes.length / 2);
  let isHalf = false;
  return new ReadableStream({
    async pull(controller) {
      if (isHalf) await happens();
      controller.enqueue(new Uint8Array(isHalf ? bytes.subarray(half) : bytes.subarray(0, half)));
      if (isHalf) controller.close();
      isHalf = true;
    },
  });
}
