import { describe, expect, it, vi } from "vitest";
import { DELETE as deleteLink } from "@/app/api/v1/cases/[id]/upload-links/[link]/route";
import { GET as listLinks, POST as postLink } from "@/app/api/v1/cases/[id]/upload-links/route";
import { GET as getRecord } from "@/app/api/v1/records/[id]/route";
import { GET as getPage } from "@/app/api/v1/upload-links/[token]/route";
import { POST as postKnown } from "@/app/api/v1/upload-links/[token]/uploads/known/route";
import { newId } from "@/lib/kernel/ids";
import type { SignedIn } from "@/lib/kernel/actor";
import { accessLogForActor, timelineForActor } from "@/lib/cases/queries";
import { asPerson, openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { checkRecord } from "@/lib/records/check-record";
import { createLink } from "@/lib/records/create-link";
import { handleUpload } from "@/lib/records/handle-upload";
import { judgeRecord } from "@/lib/records/judge-record";
import { openLink } from "@/lib/records/open-link";
import type { LinkView } from "@/lib/records/views/upload-link";
import type { RecordView } from "@/lib/records/views/record";
import { openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { makeDicom } from "../../support/dicom";
import { valueOf } from "../../support/outcomes";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "../../support/people";
import { callAs, caseWithOwner, recordRow, storedBytes, uploadAndCheck } from "../../support/records";

const CENTRE = "Radiology City Hospital";

interface Made {
  id: string;
  token: string;
  url: string;
}

async function made(person: SignedIn, caseId: string, wish: object = {}): Promise<Made> {
  const json = { name: CENTRE, note: "Ask for Dr. Haddad", days: 7, ...wish };
  const answer = await callAs(person, postLink, { id: caseId }, { method: "POST", json });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Made;
}

async function world(wish: object = {}) {
  const found = await caseWithOwner();
  return { ...found, link: await made(found.patient, found.caseId, wish) };
}

function sent(token: string, method: string, recordId: string | null, headers: object, body?: Uint8Array) {
  const request = new Request("http://127.0.0.1:3000/api/v1/upload-links/x/uploads", {
    method,
    headers: { "tus-resumable": "1.0.0", ...headers },
    ...(body ? { body: Buffer.from(body) } : {}),
  });
  return handleUpload(request, { linkToken: token, recordId });
}

const begun = (token: string, size: number) =>
  sent(token, "POST", null, {
    "upload-length": String(size),
    "upload-metadata": `filename ${btoa("echo.dcm")}`,
  });

const part = (token: string, recordId: string, offset: number, bytes: Uint8Array) =>
  sent(
    token,
    "PATCH",
    recordId,
    { "upload-offset": String(offset), "content-type": "application/offset+octet-stream" },
    bytes,
  );

/** Sends a whole file by the link; answers its record's id. */
async function arrived(token: string, bytes: Uint8Array): Promise<string> {
  const created = await begun(token, bytes.length);
  expect(created.status).toBe(201);
  const location = created.headers.get("location") ?? "";
  expect(location).toContain(`/api/v1/upload-links/${token}/uploads/`);
  const id = location.split("/").pop() ?? "";
  expect((await part(token, id, 0, bytes)).status).toBe(204);
  return id;
}

const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

describe("an upload link", () => {
  it("brings a file into the case, under the name of whom it was made for", async () => {
    const { link, caseId, patient, owner } = await world();
    const bytes = await makeDicom({ frames: 2 });
    const id = await arrived(link.token, bytes);
    await checkRecord(testSystem, id, new Date());
    expect((await storedBytes(id)).equals(bytes)).toBe(true);
    expect(await recordRow(id)).toMatchObject({ caseId, uploaderId: null, state: "readable" });
    const seen = (await (await callAs(owner, getRecord, { id })).json()) as RecordView;
    expect(seen.uploadedVia).toBe(CENTRE);
    const list = await callAs(patient, listLinks, { id: caseId });
    const { items } = (await list.json()) as { items: LinkView[] };
    expect(items).toMatchObject([{ name: CENTRE, files: 1, sizeBytes: bytes.length, state: "open" }]);
    const log = await accessLogForActor(patient, caseId, { limit: 100 });
    expect(log?.items).toContainEqual(
      expect.objectContaining({ event: "record.uploaded", actorRole: "link_holder", actorName: CENTRE }),
    );
    await arrived(link.token, await makeDicom({ instance: 2 }));
    const timeline = await timelineForActor(patient, caseId, { limit: 100 });
    const came = timeline?.items.filter(({ kind }) => kind === "records_arrived");
    expect(came).toMatchObject([{ actorName: CENTRE }]);
  });

  it("is kept as a hash, and told once", async () => {
    const { link, caseId, patient } = await world();
    expect(link.url).toMatch(new RegExp(`/send/${link.token}$`));
    expect(link.token.length).toBeGreaterThanOrEqual(22);
    const row = await asPerson(testSystem, (tx) =>
      tx.uploadLink.findUniqueOrThrow({ where: { id: link.id } }),
    );
    expect(
      JSON.stringify(row, (_, value) => (typeof value === "bigint" ? String(value) : value)),
    ).not.toContain(link.token);
    expect(await (await callAs(patient, listLinks, { id: caseId })).text()).not.toContain(link.token);
  });

  it("shows whoever holds it nothing of the patient", async () => {
    const { link } = await world();
    const page = await (await callAs(null, getPage, { token: link.token })).text();
    expect(page).toContain("Dr. Haddad");
    for (const secret of ["Petrova", "T-", CENTRE, "mitral"]) expect(page).not.toContain(secret);
  });

  it("goes on with its own uploads and knows of no others, in the same case or elsewhere", async () => {
    const { link, caseId, tus, patient } = await world();
    const theirs = await uploadAndCheck(tus, caseId, await makeDicom());
    const other = await made(patient, caseId);
    const created = await begun(other.token, 1_000);
    const others = created.headers.get("location")?.split("/").pop() ?? "";
    for (const id of [theirs.id, others, "0197f2a0-0000-7000-8000-000000000000"]) {
      for (const method of ["HEAD", "DELETE"])
        expect((await sent(link.token, method, id, {})).status).toBe(404);
      expect((await part(link.token, id, 0, new Uint8Array(4))).status).toBe(404);
    }
    const mine = (await begun(link.token, 1_000)).headers.get("location")?.split("/").pop() ?? "";
    expect((await sent(link.token, "HEAD", mine, {})).headers.get("upload-offset")).toBe("0");
    expect((await sent(link.token, "DELETE", mine, {})).status).toBe(204);
  });

  it("hears of what came by itself, and not of the same content that came otherwise", async () => {
    const { link, caseId, tus } = await world();
    const [mine, theirs] = [await makeDicom({ instance: 5 }), await makeDicom({ instance: 6 })];
    await uploadAndCheck(tus, caseId, theirs);
    await arrived(link.token, mine);
    const files = [mine, theirs].map((bytes) => ({ sha256: sha256(bytes), sizeBytes: bytes.length }));
    const asked = await callAs(null, postKnown, { token: link.token }, { method: "POST", json: { files } });
    expect(await asked.json()).toMatchObject({ items: [{ sha256: sha256(mine), state: "here" }] });
  });

  it("opens nothing else in the database, whatever a fault above might ask", async () => {
    const { link, caseId, tus } = await world();
    await uploadAndCheck(tus, caseId, await makeDicom());
    await arrived(link.token, await makeDicom({ instance: 2 }));
    const holder = valueOf(await openLink(link.token, null, new Date()));
    const counts = await asPerson(holder, async (tx) => [
      await tx.record.count(),
      await tx.case.count(),
      await tx.uploadLink.count(),
      await tx.consent.count(),
      await tx.message.count(),
      await tx.measurement.count(),
      await tx.document.count(),
    ]);
    expect(counts).toEqual([1, 1, 1, 0, 0, 0, 0]);
  });

  it("says so to its holder when it is closed or over, in the middle of a file too", async () => {
    const { link, caseId, patient } = await world();
    const id = (await begun(link.token, 1_000)).headers.get("location")?.split("/").pop() ?? "";
    expect((await part(link.token, id, 0, new Uint8Array(400))).status).toBe(204);
    const closed = await callAs(patient, deleteLink, { id: caseId, link: link.id }, { method: "DELETE" });
    expect(closed.status).toBe(204);
    for (const answer of [
      await part(link.token, id, 400, new Uint8Array(600)),
      await begun(link.token, 10),
    ]) {
      expect(answer.status).toBe(410);
      expect(await codeOf(answer)).toBe("link_closed");
    }
    expect((await callAs(null, getPage, { token: link.token })).status).toBe(410);
    const late = await made(patient, caseId, { days: 1 });
    const madeAt = new Date(Date.now() - 172_800_000);
    const expiresAt = new Date(Date.now() - 1_000);
    await asPerson(testSystem, (tx) =>
      tx.uploadLink.update({ where: { id: late.id }, data: { madeAt, expiresAt } }),
    );
    expect((await begun(late.token, 10)).status).toBe(410);
  });

  it("is not there for who guesses, and its token is nobody's session", async () => {
    const { link } = await world();
    for (const token of ["guess", link.token.slice(0, -1), `${link.token}x`]) {
      const answer = await begun(token, 10);
      expect(answer.status).toBe(404);
      expect(await codeOf(answer)).toBe("not_found");
      expect((await callAs(null, getPage, { token })).status).toBe(404);
    }
  });

  it("takes no more files and bytes than its maker allowed, of two at once neither", async () => {
    const { link, patient, caseId } = await world({ filesMax: 2 });
    const answers = await Promise.all([1, 2, 3, 4].map(() => begun(link.token, 10)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(answers.filter(({ status }) => status === 413)).toHaveLength(2);
    const small = await made(patient, caseId, { bytesMax: 100 });
    expect((await begun(small.token, 60)).status).toBe(201);
    expect(await codeOf(await begun(small.token, 60))).toBe("link_full");
  });

  it("waits for a file that is being counted, and does not take its place", async () => {
    const { link, caseId } = await world({ filesMax: 1 });
    const [counted, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const other = asPerson(testSystem, async (tx) => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${link.id}, 0))::text`;
      const file = { id: newId(), caseId, uploadLinkId: link.id, filename: "first.dcm" };
      await tx.record.create({ data: { ...file, sizeBytes: 10n, chunkBytes: 65_536 } });
      counted.resolve();
      await goOn.promise;
    });
    await counted.promise;
    const second = begun(link.token, 10);
    const isAnswered = second.then(() => true);
    await vi.waitFor(
      async () => {
        const [row] = await openDb().$queryRaw<{ waits: boolean }[]>`
        SELECT count(*) > 0 AS waits FROM pg_locks l JOIN pg_database d ON d.oid = l.database
         WHERE d.datname = current_database() AND locktype = 'advisory' AND NOT granted`;
        expect(row?.waits || (await Promise.race([isAnswered, Promise.resolve(false)]))).toBe(true);
      },
      { timeout: 20_000 },
    );
    goOn.resolve();
    await other;
    expect(await codeOf(await second)).toBe("link_full");
  });

  it("is made by the patient or the coordinator of the case alone, for at most thirty days", async () => {
    const { caseId, patient, owner, link } = await world();
    const companion = await makePatient("Carla Companion");
    const scopes = ["read" as const, "upload" as const];
    await openDb().caseAccess.create({
      data: { caseId, personId: companion.personId, scopes, purpose: "companion" },
    });
    const clinic = await makeClinic();
    await openCaseToClinic(caseId, clinic.id);
    const strangers = [
      companion,
      await makePatient(),
      await makeCoordinator(),
      await makeReviewer(clinic.id),
    ];
    const json = { name: CENTRE, days: 7 };
    for (const stranger of strangers) {
      expect((await callAs(stranger, postLink, { id: caseId }, { method: "POST", json })).status).toBe(404);
      expect((await callAs(stranger, listLinks, { id: caseId })).status).toBe(404);
      const params = { id: caseId, link: link.id };
      expect((await callAs(stranger, deleteLink, params, { method: "DELETE" })).status).toBe(404);
    }
    await made(owner, caseId);
    const long = { method: "POST", json: { ...json, days: 31 } };
    expect((await callAs(patient, postLink, { id: caseId }, long)).status).toBe(422);
    const outcomes = [];
    for (let count = 0; count < 10; count += 1)
      outcomes.push(await createLink(patient, caseId, json, new Date()));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(8);
    expect(outcomes.at(-1)).toMatchObject({ reason: "too_many_links" });
  });

  it("is no word to a centre that is asked: it reads the file, not by whom it came", async () => {
    const { link, caseId, owner } = await world();
    const id = await arrived(link.token, await makeDicom({ patientName: "PETROVA^ANNA" }));
    await checkRecord(testSystem, id, new Date());
    await judgeRecord(owner, id, { state: "accepted" }, new Date());
    const clinic = await makeClinic();
    await openCaseToClinic(caseId, clinic.id);
    const seen = await (await callAs(await makeReviewer(clinic.id), getRecord, { id })).text();
    expect(seen).toContain(id);
    expect(seen).not.toContain(CENTRE);
  });
});
