import { useLocale, useTranslations } from "next-intl";
import { eventsFrom, Fold, PartEvents, PartFrame } from "@/components/desk/part-frame";
import { personWords, StaffForm, staffState } from "@/components/desk/staff-form";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatMoment, formatNumber } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Ride } from "@/lib/desk/queries/journey";
import { TRANSFER_EDGES } from "@/lib/logistics/transfer";

interface RideCardProps {
  ride: Ride;
  change: FormAction;
  move: FormAction;
}

/** One ride on the desk: when and where, who drives, and what happens next. */
export function RideCard({ ride, change, move }: RideCardProps) {
  const t = useTranslations("journey");
  const locale = useLocale();
  const { row, driver, candidates } = ride;
  const needs = (["wheelchair", "stretcher", "oxygen"] as const).filter((need) => row[need]);
  const isOpen = row.state === "requested" || row.state === "assigned";
  return (
    <PartFrame
      title={t(row.direction === "return" ? "ride.return" : "ride.arrival")}
      state={row.state}
      stateWords={t(`states.ride.${staffState(row)}`)}
      facts={[
        { term: t("ride.pickupAt"), value: formatMoment(row.pickupAt, row.timeZone, locale) },
        { term: t("ride.pickupPlace"), value: <bdi>{row.pickupPlace}</bdi> },
        { term: t("ride.dropPlace"), value: <bdi>{row.dropPlace}</bdi> },
        ...(["meetingPoint", "flight", "terminal"] as const).flatMap((name) =>
          row[name] ? [{ term: t(`ride.${name}`), value: <bdi>{row[name]}</bdi> }] : [],
        ),
        {
          term: t("ride.passengers"),
          value: [formatNumber(row.passengers, locale), ...needs.map((need) => t(`ride.${need}`))].join(
            " · ",
          ),
        },
        {
          term: t("ride.driver"),
          value: driver ? <bdi>{personWords(driver, locale)}</bdi> : "–",
          ...(driver
            ? { source: <bdi>{[driver.supplier.name, driver.phone].filter(Boolean).join(" · ")}</bdi> }
            : {}),
        },
      ]}
    >
      {isOpen ? <StaffForm kind="ride" of={row} candidates={candidates} action={move} /> : null}
      <PartEvents kind="ride" events={eventsFrom(TRANSFER_EDGES, row.state, ["assign"])} action={move} />
      {isOpen || row.state === "driver_waiting" ? (
        <Fold title={t("ride.change")}>
          <ActionForm action={change} className="space-y-gap">
            <RideFields ride={row} />
            <SubmitButton look="quiet">{t("save")}</SubmitButton>
          </ActionForm>
        </Fold>
      ) : null}
    </PartFrame>
  );
}

/** Where a ride goes and what it needs; its time belongs to its driver and is not among them. */
export function RideFields({ ride }: { ride?: Ride["row"] }) {
  const t = useTranslations("journey.ride");
  const optional = useTranslations("journey")("optional");
  return (
    <>
      <div className="grid gap-gap sm:grid-cols-2">
        <Field name="pickupPlace" label={t("pickupPlace")}>
          <TextInput required maxLength={200} defaultValue={ride?.pickupPlace} />
        </Field>
        <Field name="dropPlace" label={t("dropPlace")}>
          <TextInput required maxLength={200} defaultValue={ride?.dropPlace} />
        </Field>
        <Field name="meetingPoint" label={t("meetingPoint")} optional={optional}>
          <TextInput maxLength={200} defaultValue={ride?.meetingPoint ?? ""} />
        </Field>
        <Field name="flight" label={t("flight")} optional={optional}>
          <TextInput dir="ltr" maxLength={20} defaultValue={ride?.flight ?? ""} />
        </Field>
        <Field name="terminal" label={t("terminal")} optional={optional}>
          <TextInput maxLength={40} defaultValue={ride?.terminal ?? ""} />
        </Field>
        <Field name="passengers" label={t("passengers")}>
          <TextInput required type="number" min={1} max={8} defaultValue={ride?.passengers ?? 1} />
        </Field>
      </div>
      <div className="flex flex-wrap gap-x-gap-m">
        {(["wheelchair", "stretcher", "oxygen"] as const).map((need) => (
          <Checkbox key={need} name={need} label={t(need)} defaultChecked={ride?.[need] ?? false} />
        ))}
      </div>
    </>
  );
}
