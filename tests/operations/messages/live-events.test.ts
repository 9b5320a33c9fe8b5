import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { eventStream } from "@/lib/infra/event-stream";
import { notify } from "@/lib/infra/events";
import { openSession } from "@/lib/infra/auth-session";
import { isStillSignedIn, identityOfCookie } from "@/lib/infra/session";
import { mayHear } from "@/lib/messages/queries";
import { postMessage } from "@/lib/messages/post-message";
import { makeCase } from "../../support/cases";
import { makeCoordinator, makePatient, testSystem } from "../../support/people";

/** Reads a stream until it says what is waited for, or ends. */
function reader(response: Response) {
  const stream = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  return {
    async until(wanted: string): Promise<string> {
      while (stream && !text.includes(wanted)) {
        const { value, done } = await stream.read();
        if (done) return `${text}[end]`;
        text += decoder.decode(value);
      }
      return text;
    },
  };
}

const always = () => Promise.resolve(true);

/** LISTEN happens a moment after the answer began: notes are sent until the first one is heard. */
async function warm(caseId: string, ears: ReturnType<typeof reader>[]): Promise<void> {
  const beat = setInterval(() => {
    void asPerson(testSystem, (tx) => notify(tx, { kind: "case", caseId }));
  }, 50);
  await Promise.all(ears.map((ear) => ear.until("event: case")));
  clearInterval(beat);
}

describe("live events", () => {
  it("reach those whose business they are, with ids and nothing else", async () => {
    const patient = await makePatient();
    const coordinator = await makeCoordinator();
    const { id } = await makeCase({ patient, stage: "triage", owner: coordinator });
    const foreign = await makeCase({ patient: await makePatient(), stage: "triage", owner: coordinator });
    const stop = new AbortController();
    const listen = (person: typeof patient | typeof coordinator) =>
      eventStream({
        of: person.personId,
        signal: stop.signal,
        allowed: (event) => mayHear(person, event),
        stillSignedIn: always,
      });
    const response = listen(patient);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("cache-control")).toContain("no-transform");
    const [mine, desk] = [reader(response), reader(listen(coordinator))];
    await warm(id, [mine, desk]);
    const say = (body: string) => ({ body, attachments: [] });
    await postMessage(coordinator, foreign.id, say("for somebody else"), new Date());
    await postMessage(coordinator, id, { ...say("between us"), audience: "internal" }, new Date());
    await postMessage(coordinator, id, say("for you"), new Date());
    const heard = await mine.until("event: message");
    expect(heard).toContain(id);
    expect(heard).not.toContain(foreign.id);
    expect(heard).not.toMatch(/for you|between us|internal/);
    expect(await desk.until("internal")).toContain(foreign.id);
    stop.abort();
    expect(await mine.until("never")).toContain("[end]");
  });

  it("end when the person signs out, although the tab stays open", async () => {
    const patient = await makePatient();
    const stop = new AbortController();
    const { token } = await asPerson(testSystem, (tx) =>
      openSession(tx, { id: patient.personId, roles: ["patient"] }, null),
    );
    const identity = await identityOfCookie(token);
    if (!identity) throw new Error("No session was opened.");
    const ear = reader(
      eventStream({
        of: patient.personId,
        signal: stop.signal,
        allowed: always,
        stillSignedIn: () => isStillSignedIn(identity),
        heartbeatMs: 20,
      }),
    );
    expect(await ear.until("still here")).not.toContain("[end]");
    await openDb().session.deleteMany({ where: { personId: patient.personId } });
    expect(await ear.until("never")).toContain("[end]");
  });

  it("are bounded for each person, and a closed tab makes room", () => {
    const tabs = Array.from({ length: 30 }, () => new AbortController());
    const listen = ({ signal }: AbortController) =>
      eventStream({ of: "one person", signal, allowed: always, stillSignedIn: always });
    for (const tab of tabs) listen(tab);
    const next = new AbortController();
    expect(() => listen(next)).toThrow(/429/);
    tabs[0]?.abort();
    expect(listen(next).status).toBe(200);
    for (const tab of [...tabs, next]) tab.abort();
  });
});
