import { addMinutes } from "@/lib/kernel/day";
import { issueChangeOrder } from "@/lib/documents/issue-change-order";
import { issueContract } from "@/lib/documents/issue-contract";
import { issueDeclineReport } from "@/lib/documents/issue-decline-report";
import { issueEstimatePdf } from "@/lib/documents/issue-estimate";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { rotateKeys } from "@/lib/documents/rotate-keys";
import { issueReceipt } from "@/lib/documents/issue-receipt";
import { refreshSearch } from "@/lib/clinics/refresh-search";
import { closeDb } from "@/lib/infra/db";
import { closeJobs, type JobHandlers, startWorker } from "@/lib/infra/jobs";
import { runAll } from "@/lib/kernel/run-all";
import { log } from "@/lib/infra/log";
import { sendMail } from "@/lib/infra/mailer";
import { systemActor } from "@/lib/infra/session";
import { followPayment } from "@/lib/logistics/follow-payment";
import { tidyHolds } from "@/lib/logistics/tidy-holds";
import { tidyWaiting } from "@/lib/logistics/tidy-waiting";
import { announceBill } from "@/lib/payments/announce-bill";
import { applyProviderEvent } from "@/lib/payments/apply-provider-event";
import { reconcileBalance } from "@/lib/payments/reconcile-balance";
import { reconcileDisputes } from "@/lib/payments/reconcile-disputes";
import { reconcileLateLosses } from "@/lib/payments/reconcile-late-losses";
import { reconcilePayments } from "@/lib/payments/reconcile-payments";
import { sendRefund } from "@/lib/payments/send-refund";
import { settleLosses } from "@/lib/payments/settle-losses";
import { settleOpinion } from "@/lib/payments/settle-opinion";
import { settlePayment } from "@/lib/payments/settle-payment";
import { expireChangeOrders } from "@/lib/payments/expire-change-orders";
import { sweepBillFiles } from "@/lib/payments/sweep-bill-files";
import { sweepBills } from "@/lib/payments/sweep-bills";
import { sweepHeldMoney } from "@/lib/payments/sweep-held-money";
import { sweepInstalments } from "@/lib/payments/sweep-instalments";
import { sweepOpinions } from "@/lib/payments/sweep-opinions";
import { sweepLeftovers } from "@/lib/people/sweep-leftovers";
import { checkRecord } from "@/lib/records/check-record";
import { expireDrafts } from "@/lib/records/expire-drafts";
import { unpackArchive } from "@/lib/records/unpack-archive";
import { noteDamage } from "@/lib/records/note-damage";
import { restoreRecord } from "@/lib/records/restore-record";
import { partAt, sweepUploads } from "@/lib/records/sweep-uploads";
import { sweepCases } from "@/lib/reviews/sweep-cases";

const system = systemActor("worker");

const handlers: JobHandlers = {
  "mail.send": ({ mailId }) => sendMail(mailId),
  "record.check": ({ recordId }) => checkRecord(system, recordId, new Date()),
  "record.restore": (asked) => restoreRecord(system, asked, new Date()),
  "record.unpack": (progress) => unpackArchive(system, progress, new Date()),
  "record.damaged": (met) => noteDamage(system, met, new Date()),
  "provider.apply": async ({ eventId }) => {
    const applied = await applyProviderEvent(system, eventId, new Date());
    if (applied.ok) await followPayment(system, applied.value, new Date());
  },
  "payment.settle": async ({ paymentId }) => {
    const settled = await settlePayment(system, paymentId, new Date());
    if (!settled.ok && settled.reason === "payment_provider_unavailable")
      throw new Error("The provider is away.");
    if (settled.ok) await followPayment(system, settled.value, new Date());
  },
  "opinion.settle": async ({ opinionId }) => {
    await settleOpinion(system, opinionId, new Date());
  },
  "document.receipt": async ({ paymentId }) => {
    await issueReceipt(system, paymentId, new Date());
  },
  "document.decline": async ({ reviewId }) => {
    await issueDeclineReport(system, reviewId, new Date());
  },
  "document.estimate": async ({ estimateId }) => {
    await issueEstimatePdf(system, estimateId, new Date());
  },
  "document.contract": async ({ contractId, moveId }) => {
    await issueContract(system, contractId, new Date(), moveId);
  },
  "document.change": async ({ changeOrderId }) => {
    await issueChangeOrder(system, changeOrderId, new Date());
  },
  "bill.follow": (news) => announceBill(system, news, new Date()),
  "invoice.sweep": async () => {
    await sweepInvoices(system, new Date());
  },
  "hold.tidy": async () => {
    await tidyHolds(system, new Date());
    await tidyWaiting(system, new Date());
  },
  "upload.sweep": async () => {
    const now = new Date();
    await sweepUploads(system, now, partAt(now));
    await sweepBillFiles(system, new Date());
  },
  "keys.rotate": async () => {
    await rotateKeys(system, { until: addMinutes(new Date(), 10) });
  },
  "payment.reconcile": async () => {
    await runAll([
      () => reconcilePayments(system, new Date()),
      () => reconcileDisputes(system, new Date()),
      () => reconcileBalance(system, new Date()),
      () => settleLosses(system, new Date()),
      () => reconcileLateLosses(system, new Date()),
    ]);
  },
  "case.sweep": async () => {
    // Money that has to go back does not wait for what goes wrong elsewhere.
    await runAll([
      () => expireDrafts(system, new Date()),
      () => sweepCases(new Date()),
      () => sweepInstalments(system, new Date()),
      () => sweepOpinions(system, new Date()),
      () => expireChangeOrders(system, new Date()),
      () => sweepBills(system, new Date()),
      () => sweepHeldMoney(system, new Date()),
      () => sweepLeftovers(new Date()),
    ]);
  },
  "refund.send": async ({ refundId }) => {
    await sendRefund(system, refundId, new Date());
  },
  "search.refresh": async () => {
    await refreshSearch();
  },
};

const worker = await startWorker(handlers);
log.info("worker ready");
process.send?.("ready");

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await worker.stop();
  await closeJobs();
  await closeDb();
  process.exit(0);
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
