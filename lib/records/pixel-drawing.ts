import type { DataSet } from "dicom-parser";
import type { Codecs } from "./pixel-codecs";
import { decodeFrame, frameFault } from "./pixel-decode";
import { findFrames } from "./pixel-fragments";
import { type DicomImage, imageOf } from "./pixel-image";
import { marksOf, type Overlay, overlaysOf } from "./pixel-overlay";
import { FrameError, type MarkedFrame } from "./pixel-samples";
import { type ByteSource, openFile } from "./pixel-source";
import { type Waveform, waveformsOf } from "./pixel-waveform";

/** One opened file: what it shows, and its frames as one asks for them. */
export interface Drawing {
  /** What the header says besides its pixels. */
  set: DataSet;
  /** Null for a file of curves. */
  image: DicomImage | null;
  waveforms: Waveform[];
  /** What the file itself draws over its pictures. */
  overlays: Overlay[];
  /** A frame, counted from 0. Throws a FrameError. */
  frame: (at: number) => Promise<MarkedFrame>;
}

/** Opens a file nobody trusts. Whatever it does to a parser, what is thrown is a FrameError. */
export async function openDrawing(source: ByteSource, codecs: Codecs): Promise<Drawing> {
  return blamingFile(async () => {
    const opened = await openFile(source);
    const image = imageOf(opened.set, opened.transferSyntax);
    if (!image) return withoutPixels(opened);
    const fault = frameFault(image);
    if (fault) throw new FrameError(fault);
    const finder = findFrames(image, opened.source);
    const overlays = overlaysOf(opened.set, image);
    const frame = (at: number) =>
      blamingFile(async () => {
        if (at < 0 || at >= image.frames) throw new FrameError("unreadable");
        const packed = await finder.bytesOf(at);
        const marks = marksOf(overlays, image, at, packed);
        return { ...(await decodeFrame(packed, image, at, codecs)), marks };
      });
    return { set: opened.set, image, waveforms: [], overlays, frame };
  });
}

function withoutPixels({ set, transferSyntax }: Awaited<ReturnType<typeof openFile>>): Drawing {
  const waveforms = waveformsOf(set, transferSyntax === "1.2.840.10008.1.2.2");
  if (waveforms.length === 0) throw new FrameError("no_pixels");
  return {
    set,
    image: null,
    waveforms,
    overlays: [],
    frame: () => Promise.reject(new FrameError("no_pixels")),
  };
}

/** Bytes that could not be fetched, or whose store is damaged, are no fault of the file: that rises as it is. */
async function blamingFile<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw isParsing(error) ? new FrameError("unreadable", error) : error;
  }
}

/** What parsers throw at nonsense: reading beyond an end, asking for absurd room, calling what is not there. */
function isParsing(error: unknown): boolean {
  return error instanceof RangeError || error instanceof TypeError || typeof error === "string";
}
