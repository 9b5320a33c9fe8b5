import { describe, expect, it } from "vitest";
import { claimDraft } from "@/lib/cases/claim-draft";
import { draftForHolder } from "@/lib/cases/queries";
import { sendDraftLink } from "@/lib/cases/send-draft-link";
import { startDraft } from "@/lib/cases/start-draft";
import { openDb } from "@/lib/infra/db";
import { draftHolder } from "@/lib/infra/session";
import { newToken } from "@/lib/kernel/ids";
import { reasonOf, traces, valueOf } from "../../support/outcomes";
import { makePatient } from "../../support/people";

const now = new Date();
const begun = { consent: { textVersion: "1" }, language: "en" as const };

async function makeDraft() {
  return valueOf(await startDraft(begun, newToken(), now));
}

function mailsTo(to: string) {
  return openDb().outboxMail.findMany({ where: { to } });
}

const address = () => `${newToken()}@example.test`.toLowerCase();

describe("the way back to a draft", () => {
  it("is mailed to whoever holds it, opens that draft, and says nothing about health", async () => {
    const draft = await makeDraft();
    const email = address();
    valueOf(await sendDraftLink(draft.token, { email, language: "ar" }));
    const [mail] = await mailsTo(email);
    const [, token = ""] = /\/ar\/start\/resume#token=([\w-]+)/.exec(mail?.text ?? "") ?? [];
    expect((await draftForHolder(draftHolder(token)))?.id).toBe(draft.id);
    expect(`${mail?.subject} ${mail?.text}`).not.toMatch(/valve|heart|صمام|قلب/i);
    expect(await traces(draft.id, "case.link_sent")).toBe(1);
  });

  it("opens nothing once an account took the draft", async () => {
    const draft = await makeDraft();
    valueOf(await claimDraft(await makePatient(), draftHolder(draft.token), now));
    const email = address();
    expect(reasonOf(await sendDraftLink(draft.token, { email, language: "en" }))).toBe("not_found");
    expect(await mailsTo(email)).toEqual([]);
    expect(await draftForHolder(draftHolder(draft.token))).toBeNull();
  });

  it("is not mailed for a token nobody has", async () => {
    const email = address();
    expect(reasonOf(await sendDraftLink(newToken(), { email, language: "en" }))).toBe("not_found");
    expect(await mailsTo(email)).toEqual([]);
  });

  it("is mailed five times an hour and no more, whatever the address", async () => {
    const draft = await makeDraft();
    for (let count = 0; count < 5; count += 1)
      valueOf(await sendDraftLink(draft.token, { email: address(), language: "en" }));
    const email = address();
    const refusal = await sendDraftLink(draft.token, { email, language: "en" });
    expect(reasonOf(refusal)).toBe("too_many");
    expect(await mailsTo(email)).toEqual([]);
  });
});
