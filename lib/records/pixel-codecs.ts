import { FrameError } from "./pixel-samples";

/** What a decoder made of a frame: values as they lie in memory, colours side by side. */
export interface Decoded {
  bytes: Uint8Array;
  width: number;
  height: number;
  bits: number;
  components: number;
  isSigned: boolean;
}

/** Decoders in WebAssembly, each loaded when the first frame needs it. */
export interface Codecs {
  decode(codec: CodecName, packed: Uint8Array): Promise<Decoded>;
}

export type CodecName = keyof typeof CODECS;

/** One decoder as Emscripten builds it. */
interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned?: boolean;
  };
  delete(): void;
}

interface Engine {
  Decoder: new () => Decoder;
}

interface StartOptions {
  print: () => void;
  printErr: () => void;
  locateFile?: () => string;
}

type Start = (options: StartOptions) => Promise<Record<string, unknown>>;

const CODECS = {
  jpeg: {
    load: () => import("@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs"),
    decoder: "JPEGDecoder",
  },
  jpeg_ls: { load: () => import("@cornerstonejs/codec-charls/decodewasmjs"), decoder: "JpegLSDecoder" },
  jpeg_2000: { load: () => import("@cornerstonejs/codec-openjpeg/decodewasmjs"), decoder: "J2KDecoder" },
} as const;

/** `wasmAt` tells where a program lies for a browser; elsewhere it lies beside its package. */
export function openCodecs(wasmAt?: (codec: CodecName) => string): Codecs {
  const engines = new Map<CodecName, Promise<Engine>>();
  return {
    async decode(codec, packed) {
      const engine = engines.get(codec) ?? startEngine(codec, wasmAt);
      engines.set(codec, engine);
      const forget = (fault: "not_here" | "unreadable") => (error: unknown) => {
        // A program that did not come, or fell over and may have torn its memory: the next frame gets a fresh one.
        engines.delete(codec);
        throw new FrameError(fault, error);
      };
      const { Decoder } = await engine.catch(forget("not_here"));
      return Promise.try(() => decodeWith(Decoder, packed)).catch(forget("unreadable"));
    },
  };
}

async function startEngine(codec: CodecName, wasmAt?: (codec: CodecName) => string): Promise<Engine> {
  const { load, decoder } = CODECS[codec];
  const start = (await load()).default as Start;
  // What they have to say of a file nobody trusts belongs in no log.
  const quiet = { print: () => undefined, printErr: () => undefined };
  const engine = await start({ ...quiet, ...(wasmAt ? { locateFile: () => wasmAt(codec) } : {}) });
  return { Decoder: engine[decoder] as Engine["Decoder"] };
}

function decodeWith(Decoder: Engine["Decoder"], packed: Uint8Array): Decoded {
  const decoder = new Decoder();
  try {
    decoder.getEncodedBuffer(packed.length).set(packed);
    decoder.decode();
    const { width, height, bitsPerSample, componentCount, isSigned } = decoder.getFrameInfo();
    return {
      // Its memory is used again for the next frame.
      bytes: decoder.getDecodedBuffer().slice(),
      ...{ width, height, bits: bitsPerSample, components: componentCount, isSigned: isSigned === true },
    };
  } finally {
    decoder.delete();
  }
}
