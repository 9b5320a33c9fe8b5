import http from "node:http";
import net from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newToken } from "@/lib/kernel/ids";
import { openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { createLink } from "@/lib/records/create-link";
import { judgeRecord } from "@/lib/records/judge-record";
import { openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { makePdf } from "../../support/dicom";
import { valueOf } from "../../support/outcomes";
import { makeAdmin, makeCoordinator, makePatient, makeReviewer } from "../../support/people";
import { caseWithOwner, uploadAndCheck } from "../../support/records";
import { RecordsProcess } from "../../support/records-process";
import { base64, bearerOf, noise } from "../../support/uploads";

let server: RecordsProcess;

beforeAll(async () => {
  server = await RecordsProcess.make();
  await server.start();
});
afterAll(() => server.clear());

/** Says these lines to the process as they are, whatever a proper client would think of them. */
function say(lines: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(server.port, "127.0.0.1", () => socket.write(lines));
    let heard = "";
    socket.on("data", (piece) => (heard += piece.toString()));
    socket.on("error", reject);
    socket.on("close", () => resolve(heard));
  });
}

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${server.port}/api/v1${path}`, init);

describe("the plain process of uploads and bytes", () => {
  it.each(["GET // HTTP/1.1", "TRACE / HTTP/1.1", "GET /%zz HTTP/1.1", "GET http://[ HTTP/1.1"])(
    "lives on after %s",
    async (line) => {
      const heard = await say(`${line}\r\nhost: x\r\nconnection: close\r\n\r\n`);
      expect(heard).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect((await fetch(`http://127.0.0.1:${server.port}/api/health/live`)).status).toBe(200);
    },
  );

  it("gives bytes, and their length alone, to whom the web route gives them, and to nobody else", async () => {
    const { patient, owner, tus, caseId } = await caseWithOwner();
    const bytes = makePdf([["A"]]);
    const { id } = await uploadAndCheck(tus, caseId, bytes);
    await judgeRecord(owner, id, { state: "accepted" }, new Date());
    const clinic = await makeClinic();
    await openCaseToClinic(caseId, clinic.id);
    const stranger = await makeReviewer((await makeClinic()).id);
    const answers: [Parameters<typeof bearerOf>[0], number][] = [
      [patient, 200],
      [owner, 200],
      [await makeReviewer(clinic.id), 200],
      [stranger, 404],
      [await makePatient(), 404],
      [await makeCoordinator(), 404],
      [await makeAdmin(), 404],
    ];
    for (const [person, status] of answers) {
      const headers = { authorization: `Bearer ${await bearerOf(person)}` };
      const answer = await ask(`/records/${id}/content`, { headers });
      expect(answer.status).toBe(status);
      if (status === 200) expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
      const head = await ask(`/records/${id}/content`, { headers, method: "HEAD" });
      expect(head.status).toBe(status);
      if (status === 200) expect(head.headers.get("content-length")).toBe(String(bytes.length));
    }
    expect((await ask(`/records/${id}/content`)).status).toBe(401);
  });

  it("tells what a case holds already, to whom the web route tells it", async () => {
    const { patient, tus, caseId } = await caseWithOwner();
    const bytes = makePdf([["A"]]);
    const file = { sha256: sha256(bytes), sizeBytes: bytes.length };
    await uploadAndCheck(tus, caseId, bytes);
    const known = async (path: string, headers: Record<string, string>) => {
      const body = JSON.stringify({ files: [file] });
      const init = { method: "POST", body, headers: { ...headers, "content-type": "application/json" } };
      const answer = await ask(`${path}/uploads/known`, init);
      return { status: answer.status, said: (await answer.json()) as object };
    };
    const whole = { items: [{ ...file, state: "here", upload: null }], next: null };
    const as = async (person: Parameters<typeof bearerOf>[0]) => ({
      authorization: `Bearer ${await bearerOf(person)}`,
    });
    expect(await known(`/cases/${caseId}`, await as(patient))).toEqual({ status: 200, said: whole });
    expect((await known(`/cases/${caseId}`, await as(await makePatient()))).status).toBe(404);
    expect((await known(`/cases/${caseId}`, {})).status).toBe(401);
    const form = { name: "Imaging centre", days: 3 };
    const link = valueOf(await createLink(patient, caseId, form, new Date()));
    // Whoever holds a link learns of what came by it alone.
    const nothing = { items: [], next: null };
    expect(await known(`/upload-links/${link.token}`, {})).toEqual({ status: 200, said: nothing });
    expect((await known(`/upload-links/${newToken()}`, {})).status).toBe(404);
    expect((await ask(`/cases/${caseId}/uploads/known`, { headers: await as(patient) })).status).toBe(412);
  });

  it("answers the next request on a line whose body it refused, unread or half read", async () => {
    const { patient, caseId } = await caseWithOwner();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const authorization = `Bearer ${await bearerOf(patient)}`;
    const bytes = noise(1_040_000);
    const sockets = new Set<unknown>();
    const send = (headers: Record<string, string>, tail = "") =>
      new Promise<number>((resolve, reject) => {
        const path = `/api/v1/cases/${caseId}/uploads${tail}`;
        const all = { authorization, ...headers, "content-type": "application/offset+octet-stream" };
        const request = http.request(
          { agent, port: server.port, path, method: "POST", headers: all },
          (answer) => answer.resume().on("end", () => resolve(answer.statusCode ?? 0)),
        );
        request.on("error", reject).on("socket", (socket) => sockets.add(socket));
        request.end(bytes);
      });
    const tus = { "tus-resumable": "1.0.0", "upload-metadata": `filename ${base64("IM1")}` };
    const whole = { ...tus, "upload-length": String(bytes.length) };
    expect(await send({ "upload-length": "5" })).toBe(412);
    expect(await send({ ...tus, "upload-length": "100000", "transfer-encoding": "chunked" })).toBe(413);
    expect(await send({ ...whole, "upload-checksum": `sha1 ${base64("other bytes")}` })).toBe(460);
    expect(await send({ ...whole, authorization: "Bearer nobody" })).toBe(401);
    expect(await send({}, "/known")).toBe(413);
    expect(await send(whole)).toBe(201);
    expect(sockets.size).toBe(1);
    agent.destroy();
  });

  it("gives nothing more after the token or the access is withdrawn", async () => {
    const { patient, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["A"]]));
    const headers = { authorization: `Bearer ${await bearerOf(patient)}` };
    expect((await ask(`/records/${id}/content`, { headers })).status).toBe(200);
    const now = { revokedAt: new Date() };
    await openDb().caseAccess.updateMany({ where: { caseId }, data: now });
    expect((await ask(`/records/${id}/content`, { headers })).status).toBe(404);
    await openDb().apiToken.updateMany({ where: { personId: patient.personId }, data: now });
    expect((await ask(`/records/${id}/content`, { headers })).status).toBe(401);
  });
});
