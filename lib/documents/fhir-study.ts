/** One examination with the files it was put together from. */
export interface BundleStudy {
  id: string;
  uid: string;
  examOn: string | null;
  description: string | null;
  modalities: readonly string[];
  files: number;
  series: readonly {
    uid: string | null;
    number: number | null;
    modality: string | null;
    description: string | null;
    files: number;
    instances: readonly { id: string }[];
  }[];
}

/** An examination; its files are the documents it was put together from. */
export function studyOf(
  study: BundleStudy,
  { caseId, records }: { caseId: string; records: readonly { id: string; path: string }[] },
  subject: object,
) {
  const { uid, examOn, description, modalities, series } = study;
  const ids = series.flatMap(({ instances }) => instances.map(({ id }) => id));
  return {
    resourceType: "ImagingStudy",
    id: study.id,
    identifier: [{ system: "urn:dicom:uid", value: `urn:oid:${uid}` }],
    status: "available",
    subject,
    ...(modalities.length > 0 ? { modality: modalities.map(modalityOf) } : {}),
    ...(examOn ? { started: examOn } : {}),
    ...(description ? { description } : {}),
    basedOn: [{ reference: `urn:uuid:${caseId}` }],
    numberOfSeries: series.length,
    numberOfInstances: study.files,
    note: [
      {
        text: `Files: ${records.flatMap(({ id, path }) => (ids.includes(id) ? [path] : [])).join(", ")}`,
      },
    ],
    series: series.flatMap((one) => {
      if (!one.uid) return [];
      return [
        {
          uid: one.uid,
          ...(one.number === null || one.number < 0 ? {} : { number: one.number }),
          modality: modalityOf(one.modality ?? "OT"),
          ...(one.description ? { description: one.description } : {}),
          numberOfInstances: one.files,
        },
      ];
    }),
  };
}

function modalityOf(code: string): object {
  return { system: "http://dicom.nema.org/resources/ontology/DCM", code };
}
