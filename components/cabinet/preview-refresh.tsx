"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { SAVED_CHANNEL } from "@/components/cabinet/use-autosave";

/** Reads the preview again when the draft was saved in another window of this browser. */
export function PreviewRefresh() {
  const router = useRouter();
  useEffect(() => {
    const channel = new BroadcastChannel(SAVED_CHANNEL);
    channel.addEventListener("message", () => router.refresh());
    return () => channel.close();
  }, [router]);
  return null;
}
