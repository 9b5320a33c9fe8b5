"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Reads the page again when something of this case changed; without it the page is simply as old as its last load. */
export function LiveRefresh({ caseId }: { caseId: string }) {
  const router = useRouter();
  useEffect(() => {
    const source = new EventSource("/api/v1/events");
    const look = (event: MessageEvent<string>) => {
      const told: unknown = JSON.parse(event.data);
      if (typeof told === "object" && told !== null && "caseId" in told && told.caseId === caseId)
        router.refresh();
    };
    for (const kind of ["case", "message", "record", "booking"]) source.addEventListener(kind, look);
    return () => source.close();
  }, [caseId, router]);
  return null;
}
