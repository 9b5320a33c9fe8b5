import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startSandbox, type Start } from "./start-sandbox";

/** The sandbox as a program: prints its address, ends on SIGTERM. Programs that embed it use `startSandbox`. */
export async function main(start: Start): Promise<void> {
  const running = await startSandbox(start);
  console.log(`Payment sandbox on ${running.url} (test payments only).`);
  const stop = () => {
    // Whatever hangs, one second is all it gets.
    setTimeout(() => process.exit(1), 900).unref();
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error("The sandbox did not close cleanly:", error);
        process.exit(1);
      },
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

const isEntry =
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);

if (isEntry) {
  main({
    port: Number(process.env["SANDBOX_PORT"] ?? 0),
    dataDir: process.env["VALVIA_DATA"] ?? ".data",
    webhookUrl: process.env["SANDBOX_WEBHOOK_URL"],
  }).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
