import { type HttpRequest, Upload } from "tus-js-client";

export interface QueuedFile {
  key: string;
  name: string;
  size: number;
  sent: number;
  state: "waiting" | "running" | "paused" | "done" | "failed";
  reason: string | null;
}

type Listener = (files: readonly QueuedFile[]) => void;

const PARALLEL = 2;
const CHUNK_BYTES = 8 * 1024 * 1024;
const RETRY_MS = [0, 1_000, 3_000, 5_000, 10_000, 20_000];

/** The files somebody is sending: two at a time, each resumable after a lost connection or a closed page. */
export class UploadQueue {
  private files: QueuedFile[] = [];
  private readonly uploads = new Map<string, Upload>();
  private isPaused = false;

  constructor(
    private readonly endpoint: string,
    private readonly changed: Listener,
    private readonly arrived: () => void,
  ) {}

  add(files: readonly File[], item: string): void {
    for (const file of files) {
      const key = `${file.webkitRelativePath || file.name}:${file.size}:${file.lastModified}`;
      if (this.files.some((known) => known.key === key && known.state !== "failed")) continue;
      this.files = this.files.filter((known) => known.key !== key);
      this.files.push({
        key,
        name: file.webkitRelativePath || file.name,
        size: file.size,
        sent: 0,
        state: "waiting",
        reason: null,
      });
      this.uploads.set(key, this.uploadOf(file, key, item));
    }
    this.go();
  }

  pause(): void {
    this.isPaused = true;
    for (const file of this.files.filter((each) => each.state === "running")) {
      void this.uploads.get(file.key)?.abort();
      this.set(file.key, { state: "paused" });
    }
  }

  resume(): void {
    this.isPaused = false;
    for (const file of this.files) {
      if (file.state === "paused" || file.state === "failed")
        this.set(file.key, { state: "waiting", reason: null });
    }
    this.go();
  }

  cancel(key: string): void {
    void this.uploads.get(key)?.abort(true);
    this.uploads.delete(key);
    this.files = this.files.filter((file) => file.key !== key);
    this.changed(this.files);
    this.go();
  }

  private uploadOf(file: File, key: string, item: string): Upload {
    return new Upload(file, {
      endpoint: this.endpoint,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      removeFingerprintOnSuccess: true,
      metadata: { filename: file.name, filetype: file.type, ...(item ? { item } : {}) },
      onProgress: (sent) => this.set(key, { sent }),
      onSuccess: () => {
        this.set(key, { state: "done", sent: file.size });
        this.arrived();
        this.go();
      },
      onError: (error) => {
        this.set(key, { state: "failed", reason: reasonOf(error) });
        this.go();
      },
      onBeforeRequest: (request: HttpRequest) => {
        const sender: unknown = request.getUnderlyingObject();
        if (sender instanceof XMLHttpRequest) sender.withCredentials = true;
      },
    });
  }

  private go(): void {
    this.changed(this.files);
    if (this.isPaused) return;
    const running = this.files.filter((file) => file.state === "running").length;
    for (const file of this.files.filter((each) => each.state === "waiting").slice(0, PARALLEL - running)) {
      this.set(file.key, { state: "running" });
      void this.begin(file.key);
    }
  }

  private async begin(key: string): Promise<void> {
    const upload = this.uploads.get(key);
    if (!upload) return;
    const [previous] = await upload.findPreviousUploads();
    if (previous) upload.resumeFromPreviousUpload(previous);
    upload.start();
  }

  private set(key: string, change: Partial<QueuedFile>): void {
    this.files = this.files.map((file) => (file.key === key ? { ...file, ...change } : file));
    this.changed(this.files);
  }
}

/** The server answers problems with a sentence for people; anything else is the connection. */
function reasonOf(error: unknown): string {
  const response = error instanceof Error && "originalResponse" in error ? error.originalResponse : null;
  const body =
    response &&
    typeof response === "object" &&
    "getBody" in response &&
    typeof response.getBody === "function"
      ? String(response.getBody())
      : "";
  const detail = /"detail":"([^"]+)"/.exec(body)?.[1];
  return detail ?? "no connection";
}
