import type { AccessRoute, TreatmentSlug } from "./treatment";
import { AORTIC_DEVICES } from "./aortic-device";
import type { Approval, ApprovalStatus } from "./approval";
import { EDGE_TO_EDGE_DEVICES } from "./edge-to-edge-device";
import { regionOf } from "./region";

/** Every implant the catalogue knows, by the slug its address and the API use. */
export const DEVICES = [
  "mitraclip",
  "pascal",
  "dragonfly",
  "j-valve",
  "j-valve-tf",
  "sapien-3",
  "evolut",
  "trilogy",
  "venusa",
  "triclip",
  "evoque",
] as const;

export type DeviceSlug = (typeof DEVICES)[number];

export interface DeviceSize {
  label: string;
  /** The native valve it fits, in the measure its maker uses. */
  fits: string;
}

export interface DeviceFacts {
  slug: DeviceSlug;
  name: string;
  maker: string;
  treatments: readonly TreatmentSlug[];
  access: readonly AccessRoute[];
  /** What the jurisdictions approved it for, in short clinical terms. */
  indications: readonly ("MR" | "AS" | "AR" | "TR")[];
  design: "clip" | "balloon-expandable" | "self-expanding" | "replacement";
  sizes: readonly DeviceSize[];
  sizeSource: string;
  regulatory: readonly Approval[];
}

const FACTS: Readonly<Record<DeviceSlug, DeviceFacts>> = { ...AORTIC_DEVICES, ...EDGE_TO_EDGE_DEVICES };

export function isDevice(text: string): text is DeviceSlug {
  return DEVICES.some((slug) => slug === text);
}

export function deviceFacts(slug: DeviceSlug): DeviceFacts {
  return FACTS[slug];
}

export function devicesFor(treatment: TreatmentSlug): DeviceFacts[] {
  return DEVICES.map((slug) => FACTS[slug]).filter((device) => device.treatments.includes(treatment));
}

/** Whether a centre in this country (ISO 3166-1 alpha-2) may offer the device: approved, in a trial only, or not at all. */
export function isDeviceApproved(device: DeviceSlug, country: string): ApprovalStatus | "not_approved" {
  const region = regionOf(country);
  if (region === null) return "not_approved";
  const found = FACTS[device].regulatory.filter((approval) => approval.region === region);
  if (found.some((approval) => approval.status === "approved")) return "approved";
  return found.some((approval) => approval.status === "trial") ? "trial" : "not_approved";
}
