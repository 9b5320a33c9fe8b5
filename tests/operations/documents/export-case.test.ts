import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { GET as getExport } from "@/app/api/v1/cases/[id]/export/route";
import { openDb } from "@/lib/infra/db";
import { recordPath } from "@/lib/documents/case-archive";
import { addMeasurements } from "@/lib/records/add-measurements";
import { addMeasurementsForm } from "@/lib/records/forms";
import { exportCase } from "@/lib/documents/export-case";
import { makeCoordinator, makePatient } from "@/tests/support/people";
import { valueOf } from "@/tests/support/outcomes";
import { callAs, caseWithOwner, uploadAndCheck } from "@/tests/support/records";

const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

/** The words of a PDF, in order. */
async function textOf(pdf: Uint8Array): Promise<string> {
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const task = getDocument({ data: new Uint8Array(pdf), useSystemFonts: false });
  const { items } = await (await (await task.promise).getPage(1)).getTextContent();
  await task.destroy();
  return items.map((item) => ("str" in item ? item.str : "")).join(" ");
}

describe("exportCase", () => {
  it("puts everything of a case into one archive, the files byte by byte, and leaves a trace", async () => {
    const made = await caseWithOwner();
    const { id: recordId } = await uploadAndCheck(made.tus, made.caseId, pdf, { filename: "écho.pdf" });

    const numbers = { mr_eroa_pisa: { value: 0.45, unit: "cm2" }, svi: { value: 31, unit: "mL/m2" } };
    const read = addMeasurementsForm.parse({ measuredOn: "2026-01-20", recordId, values: numbers });
    valueOf(await addMeasurements(made.owner, made.caseId, read, new Date()));

    const answer = await callAs(made.patient, getExport, { id: made.caseId });

    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="valvia-T-.*\.zip"$/);
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    const record = Object.keys(files).find((name) => name.startsWith("records/")) ?? "";
    expect(record).not.toContain("..");
    expect(Buffer.from(files[record] ?? []).equals(pdf)).toBe(true);
    expect(
      Buffer.from(files["summary.pdf"] ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    expect(await textOf(files["summary.pdf"] ?? new Uint8Array())).toMatch(/Contents[\s\S]*Files[\s.]*\d/);
    const bundle = JSON.parse(Buffer.from(files["fhir/bundle.json"] ?? []).toString("utf8"));
    expect(bundle).toMatchObject({ resourceType: "Bundle", type: "collection" });
    const types = bundle.entry.map(
      (entry: { resource: { resourceType: string } }) => entry.resource.resourceType,
    );
    expect(types.slice(0, 2)).toEqual(["Patient", "ServiceRequest"]);
    const attached = bundle.entry.find(
      (entry: { resource: { id: string } }) => entry.resource.id === recordId,
    );
    expect(attached.resource.content[0].attachment.url).toBe(record);
    const observed = bundle.entry.flatMap((entry: { resource: { resourceType: string } }) =>
      entry.resource.resourceType === "Observation" ? [entry.resource] : [],
    );
    expect(observed).toHaveLength(2);
    expect(observed).toContainEqual(
      expect.objectContaining({
        status: "final",
        code: { coding: [{ system: "http://loinc.org", code: "80071-4" }], text: "mr_eroa_pisa" },
        effectiveDateTime: "2026-01-20",
        valueQuantity: { value: 45, unit: "mm²", system: "http://unitsofmeasure.org", code: "mm2" },
        note: [{ text: "As it stood there: 0.45 cm2" }],
        derivedFrom: [{ reference: `urn:uuid:${recordId}` }],
      }),
    );
    expect(JSON.parse(Buffer.from(files["case.json"] ?? []).toString("utf8")).case.id).toBe(made.caseId);
    const traces = await openDb().auditEvent.findMany({
      where: { caseId: made.caseId, actorId: made.patient.personId },
    });
    expect(traces.map((trace) => trace.event)).toEqual(
      expect.arrayContaining(["case.exported", "record.packed"]),
    );
  });

  it("is nothing for a stranger, a companion who may read, or a coordinator of other cases", async () => {
    const made = await caseWithOwner();
    const companion = await makePatient("Carla Companion");
    await openDb().caseAccess.create({
      data: { caseId: made.caseId, personId: companion.personId, scopes: ["read"], purpose: "companion" },
    });

    for (const other of [await makePatient(), companion, await makeCoordinator()]) {
      expect(await exportCase(other, made.caseId, new Date())).toBeNull();
    }
  });
});

describe("recordPath", () => {
  it("never lets a name lead anywhere", () => {
    expect(recordPath(0, "../../etc/passwd")).toBe("records/0001-_.._etc_passwd");
    expect(recordPath(9, "a\u0000b:c.pdf")).toBe("records/0010-a_b_c.pdf");
    expect(recordPath(1, "...")).toBe("records/0002-file");
  });
});
