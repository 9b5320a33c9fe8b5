import { expect, it } from "vitest";
import { openDb } from "@/lib/infra/db";
import { AIDS_SETTING } from "@/lib/reviews/clinical-aids";
import { clinicalAidsFor } from "@/lib/reviews/queries";
import { caseWithOwner } from "../../support/records";

it("lets nobody measure in pictures before the operator has turned clinical aids on", async () => {
  const { patient, owner } = await caseWithOwner();
  await openDb().setting.deleteMany({ where: { key: AIDS_SETTING } });
  expect(await clinicalAidsFor(owner)).toBe(false);
  await openDb().setting.create({ data: { key: AIDS_SETTING, value: { on: true } } });
  expect(await Promise.all([clinicalAidsFor(owner), clinicalAidsFor(patient)])).toEqual([true, true]);
  await openDb().setting.update({ where: { key: AIDS_SETTING }, data: { value: { on: false } } });
  expect(await clinicalAidsFor(owner)).toBe(false);
});
