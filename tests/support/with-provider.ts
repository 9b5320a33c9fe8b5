import { afterAll, beforeAll } from "vitest";
import { dropStripe } from "@/lib/infra/stripe";
import { openBooks, type Peer } from "./money-model/peer";
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

/** The same with its own books open: what it holds, its own decisions, and steps of people in a browser. */
export function withBooks(): () => Peer {
  const provider = withProvider();
  let peer: Peer | null = null;
  return () => (peer ??= openBooks(provider()));
}
