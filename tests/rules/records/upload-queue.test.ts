import { describe, expect, it } from "vitest";
import { printOf, type QueuedFile, UploadQueue } from "@/components/records/upload-queue";

const ENDPOINT = "/api/v1/cases/1/uploads";
const slice = (pixel: number) =>
  new File([new Uint8Array(1_000).fill(pixel)], "IM0001", { lastModified: 1_700_000_000_000 });

describe("a folder of slices that look alike", () => {
  it("is sent whole, also when each series calls its files the same", () => {
    let shown: readonly QueuedFile[] = [];
    const queue = new UploadQueue(
      ENDPOINT,
      (files) => (shown = files),
      () => undefined,
    );
    queue.pause();
    queue.add(
      [
        { file: slice(1), path: "CT/series-1/IM0001" },
        { file: slice(2), path: "CT/series-2/IM0001" },
        { file: slice(1), path: "CT/series-1/IM0001" },
      ],
      "",
    );
    expect(shown.map((file) => file.name)).toEqual(["CT/series-1/IM0001", "CT/series-2/IM0001"]);
  });

  it("never goes on in another file's upload", async () => {
    const key = "IM0001:1000:1700000000000";
    const print = await printOf(ENDPOINT, slice(1), key);
    expect(await printOf(ENDPOINT, slice(1), key)).toBe(print);
    expect(await printOf(ENDPOINT, slice(2), key)).not.toBe(print);
    expect(await printOf(ENDPOINT, slice(1), `other/${key}`)).not.toBe(print);
    expect(await printOf("/api/v1/cases/2/uploads", slice(1), key)).not.toBe(print);
  });
});
