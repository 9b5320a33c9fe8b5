// Renews tests/support/third-party-dicom.zip: files of pydicom (MIT licence, see the LICENCE inside) and what dcmtk and
// gdcm make of them, each with what dcmtk draws. Needs Debian's python3-pydicom, dcmtk and libgdcm-tools, and OpenJPH.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { zipSync } from "fflate";

const FROM = "/usr/lib/python3/dist-packages/pydicom/data/test_files";
const TO = path.join(import.meta.dirname, "third-party-dicom.zip");
const folder = mkdtempSync(path.join(tmpdir(), "dicom-"));

/** As they are: the window of the file, the whole range, or colour; and how far a point may differ. */
const PLAIN = {
  "693_J2KI": ["+Wi", "1"],
  CT_small: ["+Wm"],
  ExplVR_BigEnd: [],
  GDCMJ2K_TextGBR: [],
  J2K_pixelrep_mismatch: ["+Wi", "1"],
  "JPEG-lossy": ["+Wm"],
  JPEG2000: ["+Wm"],
  MR_small: ["+Wi", "1"],
  MR_small_RLE: ["+Wi", "1"],
  MR_small_bigendian: ["+Wi", "1"],
  MR_small_implicit: ["+Wi", "1"],
  MR_small_jp2klossless: ["+Wi", "1"],
  MR_small_jpeg_ls_lossless: ["+Wi", "1"],
  SC_jpeg_no_color_transform: [],
  SC_jpeg_no_color_transform_2: [],
  "SC_rgb_dcmtk_+eb+cr": [],
  "SC_rgb_dcmtk_+eb+cy+n2": [],
  "SC_rgb_dcmtk_+eb+cy+np": [],
  "SC_rgb_dcmtk_+eb+cy+s2": [],
  "SC_rgb_dcmtk_+eb+cy+s4": [],
  SC_rgb_gdcm_KY: [],
  SC_rgb_jpeg_dcmtk: [],
  SC_rgb_jpeg_gdcm: [],
  SC_rgb_jpeg_lossy_gdcm: [],
  SC_rgb_rle: [],
  SC_rgb_rle_16bit: [],
  SC_rgb_rle_32bit_2frame: [],
  SC_rgb_small_odd: [],
  SC_rgb_small_odd_jpeg: [],
  SC_ybr_full_422_uncompressed: [],
  badVR: ["+Wm"],
  image_dfl: ["+Wm"],
  liver_1frame: ["+Wm"],
  liver_expb_1frame: ["+Wm"],
  rtdose_1frame: ["+Wm"],
  rtdose_rle: ["+Wm"],
};
/** dcmtk and we round a colour, or a wave, to different sides by one. */
const BY_ONE = ["JPEG-lossy", "SC_ybr_full_422_uncompressed", "palette_segments_8"];

/** @type {[string, string, string[]][]} */
const LOSSLESS = [1, 2, 3, 4, 5, 6, 7].map((one) => [
  `jpeg_lossless_${one}`,
  "dcmcjpeg",
  ["+el", "+sv", `${one}`],
]);
/** @type {[string, string, string[]][]} */
const MADE = [
  ...LOSSLESS,
  ["jpeg_lossless", "dcmcjpeg", ["+e1"]],
  ["jpeg_progressive", "dcmcjpeg", ["+ep"]],
  ["jpeg_ls", "dcmcjpls", []],
  ["jpeg_ls_near", "dcmcjpls", ["+en", "+md", "2"]],
  ["rle", "dcmcrle", []],
  ["deflated", "dcmconv", ["+td"]],
  ["big_endian", "dcmconv", ["+tb"]],
];

function run(program, args) {
  execFileSync(program, args, { stdio: ["ignore", "ignore", "pipe"] });
}

/** What dcmtk draws of the first frame: the bytes behind the head of a PNM. */
function drawn(file, options, frame = 1) {
  const to = path.join(folder, "drawn.pnm");
  const source = isJ2k(file) ? rawOf(file) : file;
  const program = file.includes("jpeg_ls") ? "dcml2pnm" : "dcmj2pnm";
  run(program, ["+F", `${frame}`, ...options, source, to]);
  const bytes = readFileSync(to);
  const [head] = /^P[56]\s+(?:#.*\n)?\d+ \d+\s\d+\s/.exec(bytes.subarray(0, 200).toString("latin1"));
  return bytes.subarray(head.length);
}

/** Debian's dcmtk reads no JPEG 2000: gdcm unpacks it first. */
function isJ2k(file) {
  return readFileSync(file).subarray(0, 1_000).toString("latin1").includes("1.2.840.10008.1.2.4.9");
}

function rawOf(file) {
  const to = path.join(folder, "raw.dcm");
  run("gdcmconv", ["--raw", file, to]);
  return to;
}

const HTJ2K_LOSSLESS = "1.2.840.10008.1.2.4.201";

async function highThroughput(points, isGrey) {
  const [, , openjph] = process.argv;
  if (!openjph) throw new Error("Name the folder where @cornerstonejs/codec-openjph is installed.");
  const { HTJ2KEncoder } = await createRequire(path.join(openjph, "x.js"))("@cornerstonejs/codec-openjph")();
  const encoder = new HTJ2KEncoder();
  const size = isGrey ? 64 : 3;
  const shape = { width: size, height: size, bitsPerSample: isGrey ? 16 : 8, isSigned: isGrey };
  const colours = { componentCount: isGrey ? 1 : 3, isUsingColorTransform: !isGrey };
  encoder.getDecodedBuffer({ ...shape, ...colours }).set(points.subarray(0, size * size * (isGrey ? 2 : 3)));
  encoder.setQuality(true, 0);
  encoder.encode();
  return Uint8Array.from(encoder.getEncodedBuffer());
}

const manifest = {};
const entries = {};
function add(name, file, options, frame = 1) {
  keep(name, file, drawn(file, options, frame), frame);
}

function keep(name, file, bytes, frame = 1) {
  const tolerance = BY_ONE.includes(name) ? 1 : 0;
  manifest[name] = { tolerance, frame, sha256: createHash("sha256").update(bytes).digest("hex") };
  entries[`${name}.dcm`] = readFileSync(file);
  if (tolerance > 0) entries[`${name}.pnm`] = bytes;
}

for (const [name, options] of Object.entries(PLAIN)) add(name, path.join(FROM, `${name}.dcm`), options);
/** @type {[string, string[]][]} */
const SOURCES = [
  ["MR_small", ["+Wi", "1"]],
  ["SC_rgb_small_odd", []],
  ["image_dfl", ["+Wm"]],
];
for (const [source, options] of SOURCES) {
  for (const [kind, program, args] of MADE) {
    // dcmtk writes with loss only what is grey and has no sign; progressive we draw of eight bits.
    const isLossy = kind === "jpeg_ls_near" || kind === "jpeg_progressive";
    const isOdd = kind === "jpeg_progressive" && source === "SC_rgb_small_odd";
    if (isLossy !== (source === "image_dfl") && !isOdd) continue;
    const to = path.join(folder, `${source}.${kind}.dcm`);
    run(program, [...args, path.join(FROM, `${source}.dcm`), to]);
    add(`${source}.${kind}`, to, options);
  }
}
// Planes over a picture, also turned to big endian: dcmtk draws them white.
for (const kind of ["graphic", "frames", "embedded"]) {
  const [to, turned] = ["", "_big_endian"].map((end) => path.join(folder, `overlay_${kind}${end}.dcm`));
  const source = path.join(FROM, "MR_small.dcm");
  run("/usr/bin/python3", [path.join(import.meta.dirname, "overlay-planes.py"), source, to, kind]);
  run("dcmconv", ["+tb", to, turned]);
  for (const file of [to, turned])
    add(path.basename(file, ".dcm"), file, ["+Wi", "1"], kind === "frames" ? 2 : 1);
}
// High-throughput JPEG 2000, without loss: what dcmtk draws of the source is what must be drawn. Its encoder is OpenJPH,
// no dependency of ours: npm's @cornerstonejs/codec-openjph, in the folder named as the first argument.
for (const [source, options] of SOURCES.slice(0, 2)) {
  const name = `${source}.htj2k`;
  const [plain, frame, to] = ["plain", "j2c", "dcm"].map((end) => path.join(folder, `${name}.${end}`));
  const from = path.join(FROM, `${source}.dcm`);
  run("dcmdump", ["+W", folder, from]);
  renameSync(path.join(folder, `${source}.dcm.0.raw`), plain);
  writeFileSync(frame, await highThroughput(readFileSync(plain), source === "MR_small"));
  run("/usr/bin/python3", [path.join(import.meta.dirname, "wrap-frame.py"), from, frame, to, HTJ2K_LOSSLESS]);
  keep(name, to, drawn(from, options));
}
// dcmtk draws no palette in segments: pydicom does.
for (const bits of ["16", "8"]) {
  const [to, picture] = ["dcm", "rgb"].map((end) => path.join(folder, `palette_${bits}.${end}`));
  const program = path.join(import.meta.dirname, "segment-palette.py");
  run("/usr/bin/python3", [program, path.join(FROM, "image_dfl.dcm"), to, picture, bits]);
  keep(`palette_segments_${bits}`, to, readFileSync(picture));
}
entries["waveform_ecg.dcm"] = readFileSync(path.join(FROM, "waveform_ecg.dcm"));
entries["manifest.json"] = Buffer.from(JSON.stringify(manifest, null, 1));
entries.LICENCE = readFileSync("/usr/share/doc/python3-pydicom/copyright");
const packed = Object.fromEntries(
  Object.entries(entries).map(([name, bytes]) => [name, new Uint8Array(bytes)]),
);
writeFileSync(TO, zipSync(packed, { level: 9, mtime: "2026-01-01" }));
rmSync(folder, { recursive: true });
process.stdout.write(`${Object.keys(manifest).length} pictures, ${readFileSync(TO).length} bytes\n`);
