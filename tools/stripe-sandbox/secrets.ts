import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { randomText } from "./ids";

const fileShape = z.object({
  url: z.string(),
  webhookSecret: z.string().startsWith("whsec_"),
  secretKey: z.string().startsWith("sk_test_"),
});

export type SandboxFile = z.infer<typeof fileShape>;

/** What an earlier run wrote, or fresh secrets with no address yet. */
export async function readSandboxFile(dataDir: string): Promise<SandboxFile> {
  const path = join(dataDir, "sandbox.json");
  try {
    return fileShape.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw new Error(`${path} is damaged. Remove it: the sandbox makes a new one.`, { cause: error });
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    return { url: "", webhookSecret: `whsec_${randomText(32)}`, secretKey: `sk_test_${randomText(48)}` };
  }
}

export async function writeSandboxFile(dataDir: string, content: SandboxFile): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, "sandbox.json");
  await writeFile(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}
