import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import path from "node:path";

type Rover = { run(): Promise<AddressInfo> };
const S3rver = createRequire(path.resolve("package.json"))("@20minutes/s3rver") as new (
  options: object,
) => Rover;

/** An S3-compatible store in a process of its own, so that its work is not counted as ours. */
const [directory = "."] = process.argv.slice(2);
const rover = new S3rver({
  address: "127.0.0.1",
  port: 0,
  directory,
  silent: true,
  configureBuckets: [{ name: "records" }],
});
const { port } = await rover.run();
process.send?.({ ready: true, port });
process.once("SIGTERM", () => process.exit(0));
