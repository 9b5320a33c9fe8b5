import { describe, expect, it } from "vitest";
import { estimateStart, NO_TEMPLATE } from "@/lib/desk/queries/estimate";
import { linesOfTemplate } from "@/lib/desk/first-lines";
import { lineTemplateForm } from "@/lib/estimates/forms";
import { lineTemplatesFor } from "@/lib/estimates/read-line-templates";
import { saveLineTemplate } from "@/lib/estimates/save-line-template";
import { asPerson, openDb } from "@/lib/infra/db";
import { newId } from "@/lib/kernel/ids";
import type { ClinicManager } from "@/lib/kernel/actor";
import { makeClinic } from "../../support/clinics";
import { line } from "../../support/estimates";
import {
  makeCoordinator,
  makeFinance,
  makeManager,
  makePatient,
  makeReviewer,
  testSystem,
} from "../../support/people";
import { makeAnsweredCase } from "../../support/reviews";

const now = new Date();
const formOf = (expected: number, more: Record<string, unknown> = {}) =>
  lineTemplateForm.parse({
    ...{ treatment: "teer", currency: "EUR" },
    lines: [line("treatment", expected, { contract: "A", low: 1, cause: "Length of stay", ...more })],
  });

async function saved(manager: ClinicManager, expected: number, at = now): Promise<string> {
  const answer = await saveLineTemplate(manager, formOf(expected), at);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.id;
}
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe("a template of lines", () => {
  it("is kept with every cause, the newest first, and leaves a trace", async () => {
    const clinic = await makeClinic();
    const manager = await makeManager(clinic.id);
    const [old, fresh] = [await saved(manager, 100), await saved(manager, 200, later(1))];
    const found = await lineTemplatesFor(manager, clinic.id, "teer");
    expect(found.map(({ id }) => id)).toEqual([fresh, old]);
    expect(found[0]?.lines).toMatchObject([{ expected: 200, low: 1, cause: "Length of stay", device: null }]);
    expect(await lineTemplatesFor(manager, clinic.id, "surgical-repair")).toEqual([]);
    const trace = await openDb().auditEvent.findFirst({ where: { objectId: fresh } });
    expect(trace).toMatchObject({ event: "line_template.saved", clinicId: clinic.id });
  });

  it("names no device that is not approved in the country of the centre", async () => {
    const manager = await makeManager((await makeClinic()).id);
    expect(await saveLineTemplate(manager, formOf(1, { device: "dragonfly" }), now)).toMatchObject({
      reason: "invalid_device",
      detail: { path: "lines.0.device" },
    });
    expect(await lineTemplatesFor(manager, manager.clinicId, "teer")).toEqual([]);
  });

  it("is there for the centre's manager and the desk, and for nobody else", async () => {
    const clinic = await makeClinic();
    await saved(await makeManager(clinic.id), 100);
    const seen = async (actor: Parameters<typeof lineTemplatesFor>[0]) =>
      (await lineTemplatesFor(actor, clinic.id, "teer")).length;
    expect(await seen(await makeCoordinator())).toBe(1);
    const others = [
      await makeManager((await makeClinic()).id),
      await makeReviewer((await makeClinic()).id),
      await makePatient(),
      await makeFinance(),
    ];
    for (const other of others) expect(await seen(other)).toBe(0);
  });

  it("saved twice at once stands twice, and one of them is the template", async () => {
    const clinic = await makeClinic();
    const manager = await makeManager(clinic.id);
    const ids = await Promise.all([100, 200].map((expected) => saved(manager, expected)));
    const found = await lineTemplatesFor(manager, clinic.id, "teer");
    expect(found.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });

  it("is written by the centre alone and never changed, whatever the code asks", async () => {
    const clinic = await makeClinic();
    const manager = await makeManager(clinic.id);
    const id = await saved(manager, 100);
    const row = (savedById: string) => ({
      ...{ id: newId(), clinicId: clinic.id, treatment: "teer", currency: "EUR", savedById },
      lines: [{ kind: "treatment" }],
    });
    const write = (actor: Parameters<typeof asPerson>[0], savedById: string) =>
      asPerson(actor, (tx) => tx.lineTemplate.createMany({ data: [row(savedById)] }));
    const other = await makeManager((await makeClinic()).id);
    const coordinator = await makeCoordinator();
    await expect(write(other, other.personId)).rejects.toThrow();
    await expect(write(coordinator, coordinator.personId)).rejects.toThrow();
    await expect(write(manager, other.personId)).rejects.toThrow();
    const change = (actor: Parameters<typeof asPerson>[0]) =>
      asPerson(actor, (tx) => tx.lineTemplate.updateMany({ where: { id }, data: { currency: "USD" } }));
    await expect(change(manager)).rejects.toThrow();
    await expect(change(testSystem)).rejects.toThrow();
    const empty = { ...row(manager.personId), lines: [] };
    await expect(asPerson(manager, (tx) => tx.lineTemplate.createMany({ data: [empty] }))).rejects.toThrow();
  });
});

describe("an estimate begins", () => {
  it("with the newest template of its treatment and centre, an earlier one or the price list where asked", async () => {
    const { owner, caseId, reviewId, clinic } = await makeAnsweredCase();
    const start = (wished?: string) => estimateStart(owner, caseId, reviewId, wished);
    const before = await start();
    expect(before?.template).toBeNull();
    const manager = await makeManager(clinic.id);
    const [old, fresh] = [await saved(manager, 100), await saved(manager, 200, later(1))];
    expect((await start())?.template?.id).toBe(fresh);
    expect((await start(old))?.template?.id).toBe(old);
    expect((await start(NO_TEMPLATE))?.template).toBeNull();
    const foreign = await saved(await makeManager((await makeClinic()).id), 300);
    expect((await start(foreign))?.template?.id).toBe(fresh);
    const begun = await start();
    const causes = {
      fixed: "Fixed",
      stay: "Stay",
      interpreter: "Hours",
      medicine: "Weight",
      varies: "Varies",
    };
    const lines = begun?.template ? linesOfTemplate(begun.template, begun, causes) : [];
    expect(lines[0]).toMatchObject({ contract: "A", expected: "2", cause: "Length of stay" });
    expect(lines.slice(1).every(({ contract }) => contract === "B")).toBe(true);
  });

  it("with our own lines empty while nobody has entered a rate of its currency, and with their sums after", async () => {
    const { owner, caseId, reviewId, clinic } = await makeAnsweredCase();
    const priced = line("treatment", 100, { contract: "A" });
    const form = lineTemplateForm.parse({ treatment: "teer", currency: "THB", lines: [priced] });
    const kept = await saveLineTemplate(await makeManager(clinic.id), form, now);
    expect(kept.ok).toBe(true);
    const feeNow = async () => {
      const begun = await estimateStart(owner, caseId, reviewId);
      const causes = {
        fixed: "Fixed",
        stay: "Stay",
        interpreter: "Hours",
        medicine: "Weight",
        varies: "Varies",
      };
      const lines = begun?.template ? linesOfTemplate(begun.template, begun, causes) : [];
      return { rate: begun?.rate, fee: lines.find(({ kind }) => kind === "operator_fee")?.expected };
    };
    expect(await feeNow()).toEqual({ rate: null, fee: "" });
    await openDb().fxRate.create({
      data: { base: "EUR", quote: "THB", rate: "40", source: "test bank", at: now },
    });
    expect(await feeNow()).toEqual({ rate: "40", fee: "96000" });
  });
});
