import { closeDb } from "@/lib/infra/db";
import { closeJobs } from "@/lib/infra/jobs";
import { fillWorld } from "./world";

try {
  const centres = await fillWorld(new Date());
  console.log(
    centres === 0
      ? "There are treatment centres already: nothing was changed."
      : `The demo world has ${centres} treatment centres.`,
  );
} finally {
  await closeJobs();
  await closeDb();
}
