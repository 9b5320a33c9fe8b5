import { notFound } from "next/navigation";
import { FailingPage } from "@/components/gallery/failing-page";
import { isGalleryOpen } from "@/lib/infra/env";
import { part } from "@/lib/infra/part";

const SLOW_MS = 2_500;

interface FailPageProps {
  searchParams: Promise<{ how?: string | string[] }>;
}

/** Fails as the address asks, here and inside the frame of each area. Closed wherever the gallery is. */
export default async function FailPage({ searchParams }: FailPageProps) {
  const { how } = await searchParams;
  if (!isGalleryOpen() || how === "missing") notFound();
  if (how === "page") throw new Error("Failed on purpose, while the page was made.");
  if (how === "slow") await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
  const fetched = how === "part" ? await part("gallery", failPart) : null;
  return <FailingPage missingPart={fetched === null || fetched.ok ? null : fetched.reference} />;
}

async function failPart(): Promise<never> {
  throw new Error("Failed on purpose, in one part of the page.");
}
