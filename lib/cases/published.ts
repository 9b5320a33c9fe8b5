import "server-only";
import { openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { CONSENT_TEXTS } from "./consent-text";
import type { ConsentTextsQuery } from "./forms";

/** Every wording a person can be asked to agree to: those delivered, and those the operator added. */
export async function consentTexts(query: ConsentTextsQuery) {
  const stored = await openDb().consentText.findMany({
    where: {
      ...(query.purpose ? { purpose: query.purpose } : {}),
      ...(query.language ? { language: query.language } : {}),
    },
    select: { purpose: true, version: true, language: true, body: true, bodyHash: true },
    orderBy: { approvedAt: "asc" },
  });
  const delivered = CONSENT_TEXTS.filter(
    (text) =>
      (!query.purpose || text.purpose === query.purpose) &&
      (!query.language || text.language === query.language),
  ).map((text) => ({ ...text, bodyHash: sha256(text.body) }));
  const isReplaced = (text: { purpose: string; version: string; language: string }) =>
    stored.some(
      (own) => own.purpose === text.purpose && own.version === text.version && own.language === text.language,
    );
  return [...delivered.filter((text) => !isReplaced(text)), ...stored];
}
