import { z } from "zod";
import { keepAppointments } from "./appointments";
import { disputeRest, openDispute } from "./disputes";
import { StripeError } from "./errors";
import { eventRow, shownEvent, type ShownEvent } from "./events";
import { jsonReply, type Reply, type Request } from "./http";
import { idOf, newId } from "./ids";
import { paymentIntentRow } from "./payment-intents";
import { readParameters } from "./parameters";
import { failRefund } from "./refunds";
import type { Sandbox } from "./sandbox";
import type { Webhooks } from "./webhooks";

type Controlled = { sandbox: Sandbox; webhooks: Webhooks };
type Command = (on: Controlled, asked: unknown) => Promise<object> | object;

const commands: Record<string, Command> = {
  "GET /_control/webhooks": ({ sandbox, webhooks }) => told(sandbox, webhooks),
  "POST /_control/webhooks": setWebhooks,
  "POST /_control/reset": reset,
  "POST /_control/replay": replay,
  "POST /_control/forge": forge,
  "POST /_control/clock": moveClock,
  "POST /_control/dispute": disputePayment,
  "POST /_control/bounce": bounceRefund,
  "GET /_control/books": ({ sandbox: { store } }) => ({
    sessions: store.all("sessions").map(({ session }) => session),
    charges: store.all("charges"),
    refunds: store.all("refunds"),
    disputes: store.all("disputes"),
  }),
  "GET /_control/events": ({ sandbox }) => ({
    items: sandbox.store.all("events").map((row) => ({ ...shownEvent(row), delivery: row.delivery })),
  }),
};

/** How tests and the person at this machine steer the sandbox. Nobody else: see `refuseStrangers`. */
export async function control(on: Controlled, request: Request): Promise<Reply> {
  try {
    refuseStrangers(request);
    const command = commands[`${request.method} ${request.path}`];
    if (command === undefined) throw refused(404, "Unknown control address.");
    const value = await command(on, parseBody(request.body));
    return jsonReply(200, value);
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    return jsonReply(error.status, { error: error.body });
  }
}

const refused = (status: number, message: string) =>
  new StripeError(status, { type: "invalid_request_error", message });

// A web page in a browser on this machine also comes from loopback; its Origin or Host gives it away.
function refuseStrangers(request: Request): void {
  const local = /^(::ffff:)?127\.|^::1$/.test(request.remoteAddress);
  const host = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.header("host") ?? "");
  if (!local || !host || request.header("origin") !== undefined) {
    throw refused(403, "The controls answer only programs on this machine.");
  }
}

function parseBody(body: string): unknown {
  if (body === "") return {};
  try {
    return JSON.parse(body);
  } catch {
    throw refused(400, "The body is not JSON.");
  }
}

const told = (sandbox: Sandbox, webhooks: Webhooks) => {
  const { deliver, lateMs } = sandbox.settings();
  return { deliver, lateMs, url: webhooks.url };
};

const webhooksShape = z.strictObject({
  deliver: z.enum(["late", "never", "once", "reordered", "twice"]).optional(),
  lateMs: z.int().min(0).max(600_000).optional(),
  url: z
    .httpUrl()
    .or(z.url({ protocol: /^https?$/ }))
    .optional(),
});

async function setWebhooks({ sandbox, webhooks }: Controlled, body: unknown): Promise<object> {
  const asked = readParameters(webhooksShape, body);
  const before = sandbox.settings();
  await sandbox.commit(null, () =>
    sandbox.change({ deliver: asked.deliver ?? before.deliver, lateMs: asked.lateMs ?? before.lateMs }),
  );
  webhooks.url = asked.url ?? webhooks.url;
  return told(sandbox, webhooks);
}

async function reset({ sandbox, webhooks }: Controlled): Promise<object> {
  await sandbox.commit(null, () => sandbox.store.clear());
  await webhooks.idle();
  return { reset: true };
}

const replayShape = z.strictObject({ eventId: z.string() });

async function replay({ sandbox, webhooks }: Controlled, body: unknown): Promise<object> {
  const { eventId } = readParameters(replayShape, body);
  return webhooks.post(shownEvent(eventRow(sandbox, eventId)));
}

const forgeShape = z.strictObject({
  eventId: z.string(),
  amount: z.int().optional(),
  currency: z.string().optional(),
  secret: z.string().min(1).optional(),
  ageSeconds: z.int().optional(),
});

/** Sends a changed copy under a new id, so that it is refused for what is wrong and not as a repetition. */
async function forge({ sandbox, webhooks }: Controlled, body: unknown): Promise<object> {
  const { eventId, amount, currency, secret, ageSeconds } = readParameters(forgeShape, body);
  const copy: ShownEvent = { ...structuredClone(shownEvent(eventRow(sandbox, eventId))), id: newId("evt") };
  const object = copy.data.object as Record<string, unknown>;
  for (const field of ["amount", "amount_received", "amount_total", "amount_subtotal", "amount_captured"]) {
    if (amount !== undefined && typeof object[field] === "number") object[field] = amount;
  }
  if (currency !== undefined && "currency" in object) object["currency"] = currency;
  return { eventId: copy.id, ...(await webhooks.post(copy, secret, ageSeconds)) };
}

const clockShape = z.strictObject({ advanceSeconds: z.int().min(0) });

/** Moves time forward, so that a test need not wait for sessions to expire. */
async function moveClock({ sandbox }: Controlled, body: unknown): Promise<object> {
  const { advanceSeconds } = readParameters(clockShape, body);
  const { told: delivered } = await sandbox.commit(null, () => {
    sandbox.change({ clockOffset: sandbox.settings().clockOffset + advanceSeconds });
    keepAppointments(sandbox);
  });
  await delivered;
  return { now: sandbox.now() };
}

const disputeShape = z.strictObject({ paymentIntent: z.string(), amount: z.int().min(1).optional() });

/** The buyer's bank asks for a payment back, or for a part of it, whatever card it was made with. */
async function disputePayment({ sandbox }: Controlled, body: unknown): Promise<object> {
  const { paymentIntent: id, amount } = readParameters(disputeShape, body);
  const charge = idOf(paymentIntentRow(sandbox, id).intent.latest_charge);
  if (charge === null) throw refused(400, "This payment has no charge.");
  return happening(sandbox, () =>
    amount === undefined ? disputeRest(sandbox, charge) : openDispute(sandbox, charge, amount),
  );
}

const bounceShape = z.strictObject({ refund: z.string() });

/** The buyer's bank sends a refund back, also one that had arrived. */
function bounceRefund({ sandbox }: Controlled, body: unknown): Promise<object> {
  const { refund } = readParameters(bounceShape, body);
  return happening(sandbox, () => failRefund(sandbox, refund));
}

async function happening(sandbox: Sandbox, work: () => void): Promise<object> {
  const { told } = await sandbox.commit(null, work);
  await told;
  return { now: sandbox.now() };
}
