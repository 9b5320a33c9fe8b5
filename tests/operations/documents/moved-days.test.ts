import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { describe, expect, it } from "vitest";
import { dayOf } from "@/lib/kernel/day";
import { bookingFor } from "@/lib/bookings/queries";
import { bookingView } from "@/lib/bookings/views/booking";
import { contractDay } from "@/lib/bookings/contract-words";
import { openDb } from "@/lib/infra/db";
import { issueContract } from "@/lib/documents/issue-contract";
import { documentContent } from "@/lib/documents/queries";
import { readCaseExport } from "@/lib/documents/read-case-export";
import { summaryPaper } from "@/lib/documents/case-summary";
import { statementFor } from "@/lib/payments/read-statement";
import { statementView } from "@/lib/payments/statement-view";
import { messagesOf } from "@/i18n/messages";
import { bookingNow, makePaid, onlyTreatment } from "@/tests/support/bookings";
import { makeAcceptedCase } from "@/tests/support/estimates";
import { dayAt, makeHeld, move, sign } from "@/tests/support/moves";
import { makeManager, makePatient, testSystem } from "@/tests/support/people";

async function textOf(pdf: Buffer): Promise<string> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const loaded = await task.promise;
  const words: string[] = [];
  for (let number = 1; number <= loaded.numPages; number += 1) {
    const { items } = await (await loaded.getPage(number)).getTextContent();
    words.push(...items.map((item) => ("str" in item ? item.str : "")));
  }
  await task.destroy();
  return words.join(" ").replaceAll(/\s+/g, " ");
}

const papersToIssue = (contractId: string) =>
  openDb().$queryRaw<{ data: { moveId?: string } }[]>`
    SELECT data FROM pgboss.job WHERE name = 'document.contract' AND data->>'contractId' = ${contractId}
     ORDER BY created_on`;

/** The sentence every paper says of the newest move of this booking. */
async function toldOf(id: string): Promise<string> {
  const [{ fromOn, toOn, movedByName } = expect.fail("It never moved.")] = (await bookingNow(id)).moves;
  return `moved from ${contractDay(dayOf(fromOn))} to ${contractDay(dayOf(toOn))}|${movedByName}`;
}

describe("a paid booking that was moved", () => {
  it("has its signed contracts issued once more, word for word, with a note of the move", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const paid = await makePaid(accepted);
    const [contract] = paid.contracts;
    const id = contract?.id ?? "";
    const first = await issueContract(testSystem, id, new Date());
    expect(await move(accepted, paid.id, 2)).toMatchObject({ ok: true });
    const job = (await papersToIssue(id)).at(-1)?.data;
    const issue = () => issueContract(testSystem, id, new Date(), job?.moveId);
    const [again, twice] = [await issue(), await issue()];
    expect(again).toEqual(twice);
    expect(again).not.toEqual(first);
    const paper = again.ok ? await documentContent(accepted.patient, again.value.id) : null;
    const text = await textOf(paper?.pdf ?? Buffer.alloc(0));
    const [days = "", who = ""] = (await toldOf(paid.id)).split("|");
    expect(text).toContain(days);
    expect(text).toContain(`by ${who}. What was signed before that keeps its text.`);
    expect(text).toContain(`planned for ${contractDay(dayOf(paid.treatmentOn))}`);
    expect(await documentContent(await makePatient(), again.ok ? again.value.id : "")).toBeNull();
  });
});

describe("a hold that was moved", () => {
  it("says so on its contract, its statement, its page and in the archive of the case", async () => {
    const { accepted, held } = await makeHeld();
    await move(accepted, held.id, 1);
    await sign(accepted, held.id, "A", dayAt(accepted, 1));
    const [days = "", who = ""] = (await toldOf(held.id)).split("|");
    const issued = await issueContract(testSystem, held.contracts[0]?.id ?? "", new Date());
    const paper = issued.ok ? await documentContent(accepted.patient, issued.value.id) : null;
    expect(await textOf(paper?.pdf ?? Buffer.alloc(0))).toContain(days);
    const statement = await statementFor(accepted.patient, held.id);
    const [told] = statement ? statementView(statement, "en").moves : [];
    expect(told?.text).toContain(days);
    expect(told?.text).toContain(who);
    expect(statement && statementView(statement, "ar").moves[0]?.text).toContain(who);
    expect(await statementFor(await makePatient(), held.id)).toBeNull();
    const read = await readCaseExport(accepted.patient, accepted.caseId);
    expect(read?.bookings[0]?.moves).toMatchObject([{ movedByName: who }]);
    const summary = read && summaryPaper(read, messagesOf("en"), "en", new Date());
    expect(JSON.stringify(summary)).toContain(days);
    const shown = bookingView(await bookingNow(held.id), "patient", new Date());
    expect(shown.moves).toMatchObject([{ byRole: "patient", byName: who }]);
    const manager = await makeManager(accepted.clinic.id);
    const seen = await bookingFor(manager, held.id);
    expect(seen && bookingView(seen, "clinic_manager", new Date()).moves).toMatchObject([
      { byRole: "patient", byName: null },
    ]);
  });
});
