import { isPassing, type Passing } from "@/components/records/upload-file";
import { Upload } from "tus-js-client";

/** Why a file did not go: the server said so, the line broke, or the file itself is out of reach. */
export type Failure = { said: string } | "no_line" | "out_of_reach" | Passing;

export interface Sending {
  file: File;
  /** Lower-case hex: the server compares it with what came. */
  sha256: string;
  /** The line of the checklist, or nothing. */
  item: string;
  /** Where an earlier visit began to send it. */
  begun: string | null;
}

export interface SendingEvents {
  progress: (sent: number) => void;
  done: () => void;
  failed: (reason: Failure) => void;
}

/** A file up to this size goes in one request, without asking for a place first. */
export const SMALL_BYTES = 8 * 1024 * 1024;
const RETRY_MS = [0, 1_000, 3_000, 5_000, 10_000, 20_000];

/** Sends one file by tus, from where it stands. A small new one is tried once: its queue knows how to begin anew. */
export function sendFile(endpoint: string, sending: Sending, events: SendingEvents): Upload {
  const { file, sha256, item, begun } = sending;
  const isOneRequest = file.size <= SMALL_BYTES && begun === null;
  const upload = new Upload(file, {
    endpoint,
    uploadUrl: begun,
    chunkSize: SMALL_BYTES,
    uploadDataDuringCreation: isOneRequest,
    retryDelays: isOneRequest ? [] : RETRY_MS,
    // The server knows by the content what was begun, also from another browser.
    storeFingerprintForResuming: false,
    metadata: { filename: file.name, filetype: file.type, sha256, ...(item ? { item } : {}) },
    onProgress: events.progress,
    onSuccess: events.done,
    onError: (error) => events.failed(reasonOf(error)),
  });
  upload.start();
  return upload;
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
  const code = /"code":"([^"]+)"/.exec(body)?.[1];
  if (isPassing(code)) return code;
  const said = /"detail":"([^"]+)"/.exec(body)?.[1];
  return said ? { said } : "no_line";
}
