import { concept, dicomFile, element, identity, sequence, uidOf, type Whose } from "./elements";
import { heartbeat, type Rhythm } from "./ecg";

const TWELVE_LEADS = "1.2.840.10008.5.1.4.1.1.9.1.1";
const RATE = 500;
const SECONDS = 10;

/** The leads by their codes (MDC) and how each sees the beat: a share of the drawn height. */
const LEADS = [
  ["2:1", "Lead I", 0.7],
  ["2:2", "Lead II", 1],
  ["2:61", "Lead III", 0.45],
  ["2:62", "aVR, augmented voltage, right", -0.85],
  ["2:63", "aVL, augmented voltage, left", 0.3],
  ["2:64", "aVF, augmented voltage, foot", 0.7],
  ["2:3", "Lead V1", -0.5],
  ["2:4", "Lead V2", -0.3],
  ["2:5", "Lead V3", 0.4],
  ["2:6", "Lead V4", 1.1],
  ["2:7", "Lead V5", 1],
  ["2:8", "Lead V6", 0.8],
] as const;

/** Ten seconds of a twelve-lead electrocardiogram as a machine sends it: microvolts, 500 a second. */
export function waveOf(rhythm: Rhythm, whose: Whose): Buffer {
  const instance = uidOf(whose.study, 400);
  return dicomFile({
    sopClass: TWELVE_LEADS,
    instance,
    elements: [
      ...identity(whose, { modality: "ECG", description: "12-lead ECG", series: 4, instance: 1 }),
      element(0x0008002a, "DT", `${whose.examined.replaceAll("-", "")}101500`),
      sequence(0x00400555, []),
      sequence(0x54000100, [
        [
          element(0x003a0004, "CS", "ORIGINAL"),
          element(0x003a0005, "US", LEADS.length),
          element(0x003a0010, "UL", RATE * SECONDS),
          element(0x003a001a, "DS", String(RATE)),
          sequence(0x003a0200, LEADS.map(channel)),
          element(0x54001004, "US", 16),
          element(0x54001006, "CS", "SS"),
          element(0x54001010, "OW", samples(rhythm)),
        ],
      ]),
    ],
  });
}

function channel([code, meaning]: (typeof LEADS)[number]): Buffer[] {
  return [
    concept(0x003a0208, [code, "MDC", meaning]),
    element(0x003a0210, "DS", "1"),
    concept(0x003a0211, ["uV", "UCUM", "microvolt"]),
    element(0x003a0212, "DS", "1"),
    element(0x003a0213, "DS", "0"),
    element(0x003a0215, "DS", "0"),
    element(0x003a021a, "US", 16),
  ];
}

const POINTS_A_SECOND = 252;
const MICROVOLTS_A_POINT = 11;

/** All leads of one moment stand together. The drawn beat counts 210 points where a heart of 72 a minute needs 0.83 s. */
function samples(rhythm: Rhythm): Buffer {
  const bytes = Buffer.alloc(RATE * SECONDS * LEADS.length * 2);
  const isUneven = rhythm === "atrial_fibrillation";
  let beatAt = 60;
  let nextAt = beatAt + 210;
  for (let index = 0; index < RATE * SECONDS; index += 1) {
    const at = (index / RATE) * POINTS_A_SECOND;
    if (at >= nextAt - 60) {
      beatAt = nextAt;
      nextAt = beatAt + (isUneven ? 140 + ((beatAt * 37) % 130) : 210);
    }
    const tremble = isUneven ? 2.4 * Math.sin(at * 0.31) + 1.6 * Math.sin(at * 0.53) : 0;
    const height = heartbeat(at - beatAt, !isUneven) + tremble;
    for (const [lead, [, , share]] of LEADS.entries()) {
      const value = Math.round(height * share * MICROVOLTS_A_POINT);
      bytes.writeInt16LE(value, (index * LEADS.length + lead) * 2);
    }
  }
  return bytes;
}
