"use client";

import { useRouter } from "next/navigation";
import { useKeys } from "@/components/ui/keys";

/** The digits open the parts of a case, in their order. */
export function CaseKeys({ tabs }: { tabs: readonly string[] }) {
  const router = useRouter();
  useKeys(Object.fromEntries(tabs.map((href, index) => [String(index + 1), () => router.push(href)])));
  return null;
}
