import type { ReactNode } from "react";
import type { DeviceSlug } from "@/lib/guides/device";
import type { TreatmentSlug } from "@/lib/guides/treatment";
import { AnchoredValve } from "./anchored-valve";
import { ClipSteps } from "./clip-steps";
import { StentValve } from "./stent-valve";
import { SurgicalRepair, SurgicalReplacement } from "./surgery";

const OF_TREATMENT: Readonly<Partial<Record<TreatmentSlug, () => ReactNode>>> = {
  teer: () => <ClipSteps valve="mitral" />,
  "tavi-transfemoral": () => <StentValve from="groin" />,
  "tavi-transapical": () => (
    <div className="space-y-gap-l">
      <StentValve from="ribs" />
      <AnchoredValve from="ribs" />
    </div>
  ),
  "surgical-repair": () => <SurgicalRepair />,
  "surgical-replacement": () => <SurgicalReplacement />,
  "tricuspid-teer": () => <ClipSteps valve="tricuspid" />,
};

/** What is done to the valve, drawn; medicines and rehabilitation have no such drawing. */
export function TreatmentPictures({ slug }: { slug: TreatmentSlug }) {
  return OF_TREATMENT[slug]?.() ?? null;
}

const OF_DEVICE: Readonly<Partial<Record<DeviceSlug, () => ReactNode>>> = {
  mitraclip: () => <ClipSteps valve="mitral" />,
  pascal: () => <ClipSteps valve="mitral" />,
  dragonfly: () => <ClipSteps valve="mitral" />,
  triclip: () => <ClipSteps valve="tricuspid" />,
  "j-valve": () => <AnchoredValve from="ribs" />,
  "j-valve-tf": () => <AnchoredValve from="groin" />,
  trilogy: () => <AnchoredValve from="groin" />,
  "sapien-3": () => <StentValve from="groin" />,
  evolut: () => <StentValve from="groin" />,
  venusa: () => <StentValve from="groin" />,
};

/** How a kind of device works, drawn: the kind, not the make. */
export function DevicePictures({ slug }: { slug: DeviceSlug }) {
  return OF_DEVICE[slug]?.() ?? null;
}
