import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import { STAGES } from "@/lib/cases/case";
import type { DeskCasesQuery } from "@/lib/desk/forms/cases";

/** A draft is its patient's alone; the desk has none to look for. */
const SENT_STAGES = STAGES.filter((stage) => stage !== "draft");

/** The filters of the table as a plain form: its answer is an address that can be kept and sent on. */
export function CaseFilters({ query, action }: { query: DeskCasesQuery; action: string }) {
  const t = useTranslations("desk.cases");
  const stages = useTranslations("desk.stages");
  const waiting = useTranslations("desk.waitingOn");
  const any = { value: "", label: t("any") };
  const owners = [any, { value: "me", label: t("me") }, { value: "nobody", label: t("nobody") }];
  const waits = (["patient", "coordinator", "clinic", "finance", "nobody"] as const).map((value) => ({
    value,
    label: waiting(value),
  }));
  return (
    <form action={action} method="get" className="flex flex-wrap items-end gap-gap" role="search">
      {query.sort === "newest" ? null : <input type="hidden" name="sort" value={query.sort} />}
      <label className="min-w-48 flex-1 basis-48">
        <span className="field-label text-sm">{t("q")}</span>
        <input type="search" name="q" defaultValue={query.q} maxLength={100} className="control" />
      </label>
      <Choice
        name="stage"
        label={t("stage")}
        chosen={query.stage}
        options={[any, ...SENT_STAGES.map((value) => ({ value, label: stages(value) }))]}
      />
      <Choice name="owner" label={t("owner")} chosen={query.owner} options={owners} />
      <Choice name="waitingOn" label={t("waitingOn")} chosen={query.waitingOn} options={[any, ...waits]} />
      <button type="submit" className="button button-primary">
        {t("filter")}
      </button>
      <span className="inline-flex min-h-control items-center">
        <TextLink href={action}>{t("clear")}</TextLink>
      </span>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  chosen: string | undefined;
  options: readonly { value: string; label: string }[];
}

function Choice({ name, label, chosen, options }: ChoiceProps) {
  return (
    <label className="min-w-32">
      <span className="field-label text-sm">{label}</span>
      <select name={name} defaultValue={chosen ?? ""} className="control">
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
