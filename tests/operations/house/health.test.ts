import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readiness } from "@/lib/infra/health";
import { keepPulse } from "@/lib/infra/worker-pulse";
import { connect } from "../../../scripts/steps/database.mjs";

let pulse: { stop(): Promise<void> } | null = null;

beforeEach(() => {
  pulse = keepPulse();
});
afterEach(() => pulse?.stop());

const worker = async () => (await readiness()).checks.worker;

async function breakConnections(): Promise<void> {
  const owner = await connect(process.env.DATABASE_URL ?? "");
  try {
    await owner.query(
      "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()",
    );
  } finally {
    await owner.end();
  }
}

describe("the readiness of the product", () => {
  it("needs a living worker, and says so the moment there is none", async () => {
    await vi.waitFor(async () => expect(await readiness()).toMatchObject({ ready: true }), {
      timeout: 20_000,
    });
    await pulse?.stop();
    const { ready, checks } = await readiness();
    expect({ ready, checks }).toEqual({
      ready: false,
      checks: { database: "ok", storage: "ok", worker: "failing" },
    });
  });

  it("comes back when the worker's connection broke", async () => {
    await vi.waitFor(async () => expect(await worker()).toBe("ok"), { timeout: 20_000 });
    await breakConnections();
    expect(await worker()).toBe("failing");
    await vi.waitFor(async () => expect(await worker()).toBe("ok"), { timeout: 20_000 });
  });
});
