import { followPayment } from "@/lib/logistics/follow-payment";
import { tidyHolds } from "@/lib/logistics/tidy-holds";
import { applyProviderEvent } from "@/lib/payments/apply-provider-event";
import { expireChangeOrders } from "@/lib/payments/expire-change-orders";
import { reconcileBalance } from "@/lib/payments/reconcile-balance";
import { reconcileDisputes } from "@/lib/payments/reconcile-disputes";
import { reconcileLateLosses } from "@/lib/payments/reconcile-late-losses";
import { reconcilePayments } from "@/lib/payments/reconcile-payments";
import { sendRefund } from "@/lib/payments/send-refund";
import { settleOpinion } from "@/lib/payments/settle-opinion";
import { settlePayment } from "@/lib/payments/settle-payment";
import { sweepInstalments } from "@/lib/payments/sweep-instalments";
import { sweepOpinions } from "@/lib/payments/sweep-opinions";
import { testSystem } from "../people";
import type { Step } from "./steps";
import type { World } from "./world";

interface Job {
  id: string;
  name: string;
  data: { eventId?: string; paymentId?: string; refundId?: string; opinionId?: string };
}

const WAITING = `SELECT id, name, data FROM pgboss.job
  WHERE state < 'active' AND name IN ('provider.apply', 'payment.settle', 'refund.send', 'opinion.settle') ORDER BY created_on, id`;

/** What the worker does with a job. Its failure leaves the job where it is, to be tried again. */
async function work(world: World, { name, data }: Job): Promise<void> {
  const now = world.now();
  if (name === "provider.apply") {
    const applied = await applyProviderEvent(testSystem, data.eventId ?? "", now);
    if (applied.ok) await followPayment(testSystem, applied.value, world.now());
  } else if (name === "payment.settle") {
    const settled = await settlePayment(testSystem, data.paymentId ?? "", now);
    if (!settled.ok && settled.reason === "payment_provider_unavailable")
      throw new Error("The provider is away.");
    if (settled.ok) await followPayment(testSystem, settled.value, world.now());
  } else if (name === "opinion.settle") {
    await settleOpinion(testSystem, data.opinionId ?? "", now);
  } else {
    await sendRefund(testSystem, data.refundId ?? "", now);
  }
}

async function waiting(world: World): Promise<Job[]> {
  return (await world.owner.query<Job>(WAITING)).rows;
}

async function end(world: World, job: Job): Promise<void> {
  await world.owner.query("UPDATE pgboss.job SET state = 'completed' WHERE id = $1", [job.id]);
}

/** Works one job, whichever; now and then the worker dies before it could say so, and the job comes again. */
async function workOne(world: World, dice: number): Promise<void> {
  const jobs = await waiting(world);
  const job = jobs[dice % Math.max(jobs.length, 1)];
  if (!job) return;
  await work(world, job);
  if (dice % 7 > 0) await end(world, job);
}

async function workAll(world: World): Promise<number> {
  const jobs = await waiting(world);
  for (const job of jobs) {
    await work(world, job);
    await end(world, job);
  }
  return jobs.length;
}

const OF_BANKS = `SELECT j.id, j.name, j.data FROM pgboss.job j JOIN "ProviderEvent" e ON e.id = j.data->>'eventId'
  WHERE j.state < 'active' AND j.name = 'provider.apply' AND e.type LIKE 'charge.dispute.%' ORDER BY j.created_on, j.id`;

/** What payers' banks asked for and took is heard before anything else is worked. */
async function hearBanks(world: World): Promise<void> {
  await reconcilePayments(testSystem, world.now());
  for (const job of (await world.owner.query<Job>(OF_BANKS)).rows) {
    await work(world, job);
    await end(world, job);
  }
}

/** One event of the provider comes through our door with its signature; also one that came before. */
async function deliver(world: World, dice: number): Promise<void> {
  const events = await world.provider.events();
  const event = events[dice % Math.max(events.length, 1)];
  if (event) await world.provider.control("replay", { eventId: event.id });
}

/** The last ones come first, and twice. */
async function deliverBackwards(world: World): Promise<void> {
  for (const { id } of (await world.provider.events()).slice(0, 6)) {
    await world.provider.control("replay", { eventId: id });
    await world.provider.control("replay", { eventId: id });
  }
}

/** Longer than the banks behind the provider take to answer. */
const BANKS_ANSWER_SECONDS = 3;

/**
 * Everything under way comes to its end: pages run out, banks answer, lost events are fetched, jobs are worked. What
 * stands then is what stays: the banks answer in each round, so also what a round before has sent, and the last sends
 * nothing.
 */
export async function comeToRest(world: World): Promise<void> {
  world.stripe.fate = null;
  await world.jump(40 * 60);
  for (let round = 0; round < 12; round += 1) {
    await world.jump(BANKS_ANSWER_SECONDS);
    const told = await reconcilePayments(testSystem, new Date(world.now().getTime() + 120_000));
    const worked = await workAll(world);
    await tidyHolds(testSystem, world.now());
    await sweepOpinions(testSystem, world.now());
    if (worked + told.settled + told.refunds === 0 && round > 0) return;
  }
  throw new Error("It does not come to rest.");
}

const always = { about: null } as const;

export const clockSteps: Record<string, Step> = {
  work_one: { ...always, weight: 14, run: (world, _on, dice) => workOne(world, dice) },
  work_all: { ...always, weight: 4, run: workAll },
  hear_banks: { ...always, weight: 2, run: hearBanks },
  deliver: { ...always, weight: 8, run: (world, _on, dice) => deliver(world, dice) },
  deliver_backwards: { ...always, weight: 2, run: deliverBackwards },
  reconcile: {
    ...{ ...always, weight: 3 },
    run: async (world) => {
      await reconcilePayments(testSystem, world.now());
      await reconcileDisputes(testSystem, world.now());
      await reconcileLateLosses(testSystem, world.now());
    },
  },
  movements_read: { ...always, weight: 1, run: (world) => reconcileBalance(testSystem, world.now()) },
  tidy: { ...always, weight: 2, run: (world) => tidyHolds(testSystem, world.now()) },
  sweep: {
    ...{ ...always, weight: 1 },
    run: async (world) => {
      await sweepInstalments(testSystem, world.now());
      await expireChangeOrders(testSystem, world.now());
      await sweepOpinions(testSystem, world.now());
    },
  },
  seconds_pass: { ...always, weight: 5, run: (world) => world.jump(3) },
  minutes_pass: { ...always, weight: 2, run: (world) => world.jump(32 * 60) },
  hours_pass: { ...always, weight: 2, run: (world, _on, dice) => world.jump((2 + (dice % 30)) * 3_600) },
};
