import { useTranslations } from "next-intl";
import { PathWords } from "@/components/desk/listing-words";
import { Sign } from "@/components/ui/notice";

type Remarks = Readonly<Record<string, string>>;

/** What the operator asked about one part of the listing, beside the field it is about. */
export function RemarksAt({ part, remarks }: { part: string; remarks: Remarks }) {
  const t = useTranslations("cabinet.listing");
  const own = Object.entries(remarks).filter(([path]) => path === part || path.startsWith(`${part}: `));
  return own.map(([path, remark]) => (
    <p key={path} className="flex gap-2 rounded-md bg-attention-tint px-3 py-2">
      <Sign tone="attention" />
      <span className="min-w-0 wrap-anywhere">
        <span className="font-semibold">{t("asks")}</span> <span dir="auto">{remark}</span>
      </span>
    </p>
  ));
}

/** All remarks on a proposal, each with the place it is about. */
export function RemarkList({ remarks }: { remarks: Remarks }) {
  const entries = Object.entries(remarks);
  if (entries.length === 0) return null;
  return (
    <ul className="list-disc space-y-1 ps-5">
      {entries.map(([path, remark]) => (
        <li key={path}>
          <span className="font-semibold">
            <PathWords path={path} name={null} />:
          </span>{" "}
          <span dir="auto">{remark}</span>
        </li>
      ))}
    </ul>
  );
}
