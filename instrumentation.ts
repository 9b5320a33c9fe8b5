/** Runs once before the first request: a web server that cannot work says why and ends, whoever started it. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { endUnlessValid } = await import("@/lib/infra/first-check");
  endUnlessValid();
}
