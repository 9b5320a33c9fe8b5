import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as listOffers } from "@/app/api/v1/cases/[id]/opinion-offers/route";
import { GET as listOpinions, POST as order } from "@/app/api/v1/cases/[id]/opinions/route";
import { POST as cancel } from "@/app/api/v1/opinions/[id]/cancel/route";
import { POST as checkout } from "@/app/api/v1/opinions/[id]/checkout/route";
import { POST as payOut } from "@/app/api/v1/opinions/[id]/pay-out/route";
import { POST as release } from "@/app/api/v1/opinions/[id]/release/route";
import { GET as getOpinion } from "@/app/api/v1/opinions/[id]/route";
import { GET as listInMoney } from "@/app/api/v1/opinions/route";
import { issueReceipt } from "@/lib/documents/issue-receipt";
import { documentContent } from "@/lib/documents/queries";
import { dropStripe } from "@/lib/infra/stripe";
import { opinionSchema } from "@/lib/payments/opinion-view";
import { settleOpinion } from "@/lib/payments/settle-opinion";
import { checkoutSchema } from "@/lib/payments/views";
import { answerTwice, FEE_MINOR, makeOffered, makePaidOpinion } from "@/tests/support/opinions";
import { valueOf } from "@/tests/support/outcomes";
import { type Provider, startProvider } from "@/tests/support/payments";
import { textOf } from "@/tests/support/pdf";
import { makeFinance, makePatient, makeReviewer, testSystem } from "@/tests/support/people";
import { call, tokenOf } from "@/tests/support/routes";

let provider: Provider;
const FEE = { amount: FEE_MINOR, currency: "EUR" };

beforeAll(async () => {
  provider = await startProvider();
});

afterAll(async () => {
  await provider.stop();
  dropStripe();
});

describe("second opinions over the API", () => {
  it("are offered, ordered, paid, delivered and passed on, in the shapes they describe", async () => {
    const made = await makeOffered();
    const token = await tokenOf(made.patient);
    const inCase = { token, params: { id: made.caseId } };
    const offers = (await call(listOffers, inCase)).body as unknown as {
      items: { clinic: { slug: string } }[];
    };
    expect(offers.items.find((one) => one.clinic.slug === made.clinic.slug)).toMatchObject({
      ...{ fee: FEE, answerDays: 10, hasConsent: true },
      clinic: { legalName: made.clinic.legalName },
    });
    const body = { clinic: made.clinic.slug, fee: FEE };
    const other = { ...body, fee: { ...FEE, amount: 1 } };
    expect(await call(order, { ...inCase, body: other })).toMatchObject({
      ...{ status: 409, body: { code: "fee_changed" } },
    });
    expect((await call(order, { ...inCase, body: { clinic: made.clinic.slug } })).status).toBe(422);
    const ordered = await call(order, { ...inCase, body });
    expect(ordered.status).toBe(201);
    const { id, state } = opinionSchema.parse(ordered.body);
    expect(state).toBe("awaiting_payment");
    expect(ordered.headers.get("location")).toBe(`/api/v1/opinions/${id}`);

    const one = { token, params: { id } };
    const page = checkoutSchema.parse((await call(checkout, { ...one, body: {} })).body);
    expect(page.amount).toEqual(FEE);
    await provider.pay(page.url);
    await provider.work();
    const paid = { ...made, opinionId: id, url: page.url, paymentId: page.paymentId };
    await answerTwice(paid);
    await settleOpinion(testSystem, id, new Date());
    expect(opinionSchema.parse((await call(getOpinion, one)).body)).toMatchObject({ state: "delivered" });
    expect(await call(cancel, { ...one, body: {} })).toMatchObject({
      ...{ status: 409, body: { code: "illegal_transition" } },
    });

    const [felix, fiona] = [await tokenOf(await makeFinance()), await tokenOf(await makeFinance("Fiona"))];
    const released = await call(release, { token: felix, params: { id }, body: {} });
    expect(opinionSchema.parse(released.body).state).toBe("released");
    const reference = { bankReference: "SEPA 4711" };
    expect(await call(payOut, { token: felix, params: { id }, body: reference })).toMatchObject({
      ...{ status: 409, body: { code: "same_person" } },
    });
    const out = await call(payOut, { token: fiona, params: { id }, body: reference });
    expect(opinionSchema.parse(out.body)).toMatchObject({ state: "paid_out", ...reference });
    // Where the money went at the bank is no business of the patient's.
    expect(opinionSchema.parse((await call(getOpinion, one)).body).bankReference).toBeNull();
    const money = (await call(listInMoney, { token: fiona })).body as unknown as { items: { id: string }[] };
    expect(money.items.some((row) => row.id === id)).toBe(true);
    const list = (await call(listOpinions, inCase)).body as unknown as { items: { id: string }[] };
    expect(list.items.map((row) => row.id)).toEqual([id]);
  });

  it("are not there for strangers and for roles whose route it is not", async () => {
    const made = await makePaidOpinion(provider);
    const [stranger, reviewer, patient] = await Promise.all([
      tokenOf(await makePatient()),
      tokenOf(await makeReviewer(made.clinic.id)),
      tokenOf(made.patient),
    ]);
    const params = { id: made.opinionId };
    for (const token of [stranger, reviewer]) {
      expect((await call(getOpinion, { token, params })).status).toBe(404);
      expect((await call(checkout, { token, params, body: {} })).status).toBe(404);
      expect((await call(cancel, { token, params, body: {} })).status).toBe(404);
      expect((await call(listOpinions, { token, params: { id: made.caseId } })).status).toBe(404);
    }
    expect((await call(release, { token: patient, params, body: {} })).status).toBe(404);
    expect((await call(listInMoney, { token: patient })).status).toBe(404);
    expect((await call(getOpinion, { params })).status).toBe(401);
  });
});

it("gives the payer one numbered receipt that says what was bought and when the fee comes back", async () => {
  const made = await makePaidOpinion(provider);
  const first = valueOf(await issueReceipt(testSystem, made.paymentId, new Date()));
  expect(valueOf(await issueReceipt(testSystem, made.paymentId, new Date()))).toEqual(first);
  const content = await documentContent(made.patient, first.id);
  if (!content) throw new Error("The patient cannot open the receipt.");
  const text = await textOf(content.pdf);
  for (const part of ["Receipt", "€350.00", "Written second opinion", "Order", "O-", first.label])
    expect(text).toContain(part);
  expect(text).not.toContain("Booking");
  expect(await documentContent(await makePatient(), first.id)).toBeNull();
});
