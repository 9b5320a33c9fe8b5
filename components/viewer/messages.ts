import type { Calibration } from "@/lib/records/pixel-calibration";
import type { DicomImage } from "@/lib/records/pixel-image";
import type { FrameFault, MarkedFrame } from "@/lib/records/pixel-samples";
import type { Waveform } from "@/lib/records/pixel-waveform";
import type { Light, Shading } from "@/lib/records/pixel-window";

/** What the page asks of the worker that reads files. `task` tells answers apart. */
export type Ask =
  | { act: "facts"; task: number; file: AskedFile }
  | { act: "frame"; task: number; file: AskedFile; at: number }
  | { act: "drop"; task: number }
  | { act: "ping" };

export interface AskedFile {
  id: string;
  sizeBytes: number;
  /** Images in it, as the list of files tells. */
  images: number;
}

export type Answer =
  | { act: "facts"; task: number; facts: FileFacts }
  | { act: "frame"; task: number; frame: MarkedFrame; facts: FileFacts }
  | { act: "fault"; task: number; fault: FrameFault }
  | { act: "pong" };

/** What the page needs to know of a file besides its frames. */
export interface FileFacts {
  images: number;
  width: number;
  height: number;
  modality: string | null;
  /** As the bytes this reader got tell it: a nameless copy has none. */
  patientName: string | null;
  examOn: string | null;
  description: string | null;
  isGrey: boolean;
  /** Whether the file itself draws something over its pictures. */
  hasMarks: boolean;
  shading: Shading;
  windows: DicomImage["windows"];
  /** Windows of single frames, where they have their own. */
  frameLights: (Light | null)[] | null;
  frameMs: number | null;
  calibration: Calibration;
  aspect: number;
  waveforms: Waveform[];
}
