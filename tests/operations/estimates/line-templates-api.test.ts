import { describe, expect, it } from "vitest";
import { POST as save } from "@/app/api/v1/cabinet/line-templates/route";
import { GET as list } from "@/app/api/v1/clinics/[slug]/line-templates/route";
import { lineTemplateSchema } from "@/lib/estimates/template-view";
import { makeClinic } from "../../support/clinics";
import { line } from "../../support/estimates";
import { makeCoordinator, makeFinance, makeManager, makePatient, makeReviewer } from "../../support/people";
import { call, tokenOf } from "../../support/routes";

const body = (expected: number, more: Record<string, unknown> = {}) => ({
  ...{ treatment: "teer", currency: "EUR" },
  lines: [line("treatment", expected, { contract: "A", low: 1, cause: "Length of stay", ...more })],
});
const query = "?treatment=teer";

async function makeTold() {
  const clinic = await makeClinic();
  const token = await tokenOf(await makeManager(clinic.id));
  return { clinic, token, params: { slug: clinic.slug } };
}

describe("templates of lines, by API", () => {
  it("are saved by the manager and read by manager and desk, newest first, in the shape they describe", async () => {
    const { clinic, token, params } = await makeTold();
    const [one, other] = await Promise.all([100, 200].map((sum) => call(save, { token, body: body(sum) })));
    for (const answer of [one, other]) expect(answer?.status).toBe(201);
    const kept = lineTemplateSchema.parse(other?.body);
    expect(kept).toMatchObject({ clinic: clinic.slug, treatment: "teer", currency: "EUR" });
    expect(kept.lines).toMatchObject([{ kind: "treatment", expected: { amount: 200, currency: "EUR" } }]);
    for (const who of [token, await tokenOf(await makeCoordinator())]) {
      const { status, body: shown } = await call(list, { token: who, params, query });
      expect(status).toBe(200);
      const items = lineTemplateSchema.array().parse(shown["items"]);
      expect(items).toHaveLength(2);
      expect(items.map(({ savedAt }) => savedAt)).toEqual(
        items
          .map(({ savedAt }) => savedAt)
          .toSorted()
          .toReversed(),
      );
    }
    const none = await call(list, { token, params, query: "?treatment=surgical-repair" });
    expect(none.body).toEqual({ items: [], next: null });
  });

  it("are not there for another centre, a patient, a reviewer and finance", async () => {
    const { clinic, token, params } = await makeTold();
    await call(save, { token, body: body(100) });
    const other = await makeClinic();
    const strangers = [
      ...[await makeManager(other.id), await makePatient(), await makeReviewer(clinic.id)],
      await makeFinance(),
    ];
    for (const who of strangers)
      expect((await call(list, { token: await tokenOf(who), params, query })).status).toBe(404);
    for (const who of strangers.slice(1))
      expect((await call(save, { token: await tokenOf(who), body: body(1) })).status).toBe(404);
    expect((await call(list, { token, params: { slug: "no-such-centre" }, query })).status).toBe(404);
  });

  it("hold lines of contract A, of a treatment of the catalogue, with devices approved there", async () => {
    const { token, params } = await makeTold();
    const post = async (sent: object) => (await call(save, { token, body: sent })).status;
    expect(await post(body(1, { contract: "B" }))).toBe(422);
    expect(await post({ ...body(1), treatment: "magic" })).toBe(422);
    expect(await post({ ...body(1), lines: [] })).toBe(422);
    expect(await call(save, { token, body: body(1, { device: "dragonfly" }) })).toMatchObject({
      ...{ status: 422, body: { code: "invalid_device" } },
    });
    expect((await call(list, { token, params })).status).toBe(422);
    expect((await call(list, { token, params, query })).body).toEqual({ items: [], next: null });
  });
});
