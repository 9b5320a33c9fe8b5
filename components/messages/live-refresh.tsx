"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const REST_MS = 3_000;

/** Reads the page again when something of this case changed; without it the page is simply as old as its last load. */
export function LiveRefresh({ caseId }: { caseId: string }) {
  const router = useRouter();
  useEffect(() => {
    const source = new EventSource("/api/v1/events");
    let resting: ReturnType<typeof setTimeout> | null = null;
    let isDue = false;
    const refresh = () => {
      isDue = resting !== null;
      if (resting) return;
      router.refresh();
      // A study of a thousand files tells a thousand times: one look each few seconds sees them all.
      resting = setTimeout(() => {
        resting = null;
        if (isDue) refresh();
      }, REST_MS);
    };
    const look = (event: MessageEvent<string>) => {
      const told: unknown = JSON.parse(event.data);
      if (typeof told === "object" && told !== null && "caseId" in told && told.caseId === caseId) refresh();
    };
    for (const kind of ["case", "message", "record", "booking"]) source.addEventListener(kind, look);
    return () => {
      source.close();
      if (resting) clearTimeout(resting);
    };
  }, [caseId, router]);
  return null;
}
