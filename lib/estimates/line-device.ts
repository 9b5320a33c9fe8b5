import { type Refused, refused } from "@/lib/kernel/outcome";
import { DEVICES, deviceFacts, isDevice, isDeviceApproved, type DeviceSlug } from "@/lib/guides/device";

interface NamingLine {
  kind: string;
  label?: string | null | undefined;
  device?: string | null | undefined;
  options?: unknown;
}

/** The devices a line names: by slug in its options, or by name in its label. An unknown slug is answered as text. */
export function devicesNamed(line: NamingLine): string[] {
  const chosen = line.device ?? optionOf(line.options, "device");
  const label = (line.label ?? "").toLowerCase();
  const spoken = DEVICES.filter(
    (slug) => label.includes(slug) || label.includes(deviceFacts(slug).name.toLowerCase()),
  );
  return chosen === null ? longest(spoken) : [chosen];
}

// "j-valve-tf" contains "j-valve": the longer name is what was meant.
function longest(slugs: readonly DeviceSlug[]): DeviceSlug[] {
  return slugs.filter((slug) => !slugs.some((other) => other !== slug && other.includes(slug)));
}

/** Refuses an estimate that names a device the clinic's country has neither approved nor admitted to a trial. */
export function deviceRefusal(
  lines: readonly NamingLine[],
  country: string,
): Refused<"invalid_device"> | null {
  for (const [index, line] of lines.entries()) {
    for (const named of devicesNamed(line)) {
      if (!isDevice(named) || isDeviceApproved(named, country) === "not_approved") {
        return refused("invalid_device", { path: `lines.${index}.device` });
      }
    }
  }
  return null;
}

/** A text option of a line, or null. */
export function optionOf(options: unknown, name: string): string | null {
  if (typeof options !== "object" || options === null || !(name in options)) return null;
  const value: unknown = (options as Record<string, unknown>)[name];
  return typeof value === "string" && value.length > 0 ? value : null;
}
