"use client";

import { Problem } from "@/components/shell/problem";

/** Of the frame itself: it stands alone. Each area has one more, inside its frame. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="main" tabIndex={-1} className="mx-auto max-w-page px-4 md:px-8">
      <Problem error={error} retry={retry} />
    </main>
  );
}
