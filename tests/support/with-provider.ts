import { afterAll, beforeAll } from "vitest";
import { dropStripe } from "@/lib/infra/stripe";
import { type Provider, startProvider } from "./payments";

/** The payment peer of a test file, from before its first test until after its last. */
export function withProvider(): () => Provider {
  let provider: Provider | null = null;
  beforeAll(async () => {
    provider = await startProvider();
  });
  afterAll(async () => {
    await provider?.stop();
    dropStripe();
  });
  return () => {
    if (!provider) throw new Error("The payment peer stands only while tests run.");
    return provider;
  };
}
