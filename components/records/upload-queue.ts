import { type HttpRequest, Upload } from "tus-js-client";
import { Pace } from "@/components/records/upload-pace";

export interface QueuedFile {
  key: string;
  name: string;
  size: number;
  sent: number;
  state: "waiting" | "running" | "paused" | "done" | "failed";
  reason: Failure | null;
}

/** Why a file did not go: the server said so, the line broke, or the file itself is out of reach. */
export type Failure = { said: string } | "no_line" | "out_of_reach";

/** A chosen file, and where it lay in the folder it was chosen with. */
export interface ChosenFile {
  file: File;
  path: string;
}

/** What is shown of the queue: its files and the bytes a second they go at, null while that is not known yet. */
type Listener = (files: readonly QueuedFile[], pace: number | null) => void;

const PARALLEL = 2;
const CHUNK_BYTES = 8 * 1024 * 1024;
const RETRY_MS = [0, 1_000, 3_000, 5_000, 10_000, 20_000];

/** The files somebody is sending: two at a time, each resumable after a lost connection or a closed page. */
export class UploadQueue {
  private files: QueuedFile[] = [];
  private readonly uploads = new Map<string, Upload>();
  private isPaused = false;
  private readonly paceOf = new Pace();

  constructor(
    private readonly endpoint: string,
    private readonly changed: Listener,
    private readonly arrived: () => void,
  ) {}

  add(files: readonly ChosenFile[], item: string): void {
    for (const { file, path } of files) {
      const key = `${path}:${file.size}:${file.lastModified}`;
      if (this.files.some((known) => known.key === key && known.state !== "failed")) continue;
      this.files = this.files.filter((known) => known.key !== key);
      this.files.push({
        key,
        name: path,
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

  /** The line is back: what broke off for want of it goes on by itself. */
  reconnect(): void {
    for (const file of this.files) {
      if (file.state === "failed" && file.reason === "no_line")
        this.set(file.key, { state: "waiting", reason: null });
    }
    this.go();
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
    this.go();
  }

  private uploadOf(file: File, key: string, item: string): Upload {
    return new Upload(file, {
      endpoint: this.endpoint,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      removeFingerprintOnSuccess: true,
      fingerprint: () => printOf(this.endpoint, file, key),
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

  private tell(): void {
    const sent = this.files.reduce((sum, file) => sum + file.sent, 0);
    const isRunning = this.files.some((file) => file.state === "running");
    this.changed(this.files, isRunning ? this.paceOf.after(sent, performance.now()) : this.paceOf.stop());
  }

  private go(): void {
    this.tell();
    if (this.isPaused) return;
    const running = this.files.filter((file) => file.state === "running").length;
    for (const file of this.files.filter((each) => each.state === "waiting").slice(0, PARALLEL - running)) {
      this.set(file.key, { state: "running" });
      this.begin(file.key).catch(() => this.set(file.key, { state: "failed", reason: "out_of_reach" }));
    }
  }

  private async begin(key: string): Promise<void> {
    const upload = this.uploads.get(key);
    if (!upload) return;
    const [previous] = await upload.findPreviousUploads();
    // Paused or taken out while we looked.
    if (this.files.find((file) => file.key === key)?.state !== "running") return;
    if (previous) upload.resumeFromPreviousUpload(previous);
    upload.start();
  }

  private set(key: string, change: Partial<QueuedFile>): void {
    this.files = this.files.map((file) => (file.key === key ? { ...file, ...change } : file));
    this.tell();
  }
}

const PRINT_BYTES = 65_536;

/**
 * By what a file is known again on another visit. The slices of a CT have one size, often one name in each folder and
 * one date: only their place and their first bytes tell them apart, and one must never go on in the other's upload.
 */
export async function printOf(endpoint: string, file: File, key: string): Promise<string> {
  const head = await file.slice(0, PRINT_BYTES).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", head));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `valvia-${endpoint}-${key}-${hex}`;
}

/** The server answers problems with a sentence for people; anything else is the connection. */
function reasonOf(error: unknown): Failure {
  const response = error instanceof Error && "originalResponse" in error ? error.originalResponse : null;
  const body =
    response &&
    typeof response === "object" &&
    "getBody" in response &&
    typeof response.getBody === "function"
      ? String(response.getBody())
      : "";
  const said = /"detail":"([^"]+)"/.exec(body)?.[1];
  return said ? { said } : "no_line";
}
