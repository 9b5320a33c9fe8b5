import "server-only";
import pino from "pino";

/** Structured log. Only allow-listed fields are written: ids, codes, counts and the error's kind, never content. */
const ALLOWED = new Set([
  "path",
  "method",
  "status",
  "code",
  "job",
  "jobId",
  "eventId",
  "count",
  "ms",
  "bytes",
  "recordId",
  "caseId",
  "bookingId",
  "paymentId",
  "attempt",
  "state",
  "kind",
  "level",
  "time",
  "msg",
  "pid",
  "error",
]);

export const log = pino({
  level: "info",
  base: null,
  formatters: {
    log(fields) {
      const kept = Object.entries(fields).filter(([name]) => ALLOWED.has(name));
      return Object.fromEntries(
        kept.map(([name, value]) => [name, name === "error" ? errorFacts(value) : value]),
      );
    },
  },
});

function errorFacts(value: unknown): Record<string, unknown> {
  if (!(value instanceof Error)) return { type: typeof value };
  const code = "code" in value ? String(value.code) : undefined;
  // The stack names files and lines; the message may quote a row, so database messages are left out.
  const frames = value.stack
    ?.split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 8);
  const message = value.name.startsWith("Prisma") ? undefined : value.message.slice(0, 300);
  return { name: value.name, code, message, frames };
}
