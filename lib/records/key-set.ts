/** The measures a heart team asks for first, by what they tell of. */
export const KEY_SETS = {
  ventricle: [
    "lvef_biplane",
    "lvidd_2d",
    "lvesd_2d",
    "lvesd_index",
    "lvesv_index",
    "la_volume_index_biplane",
    "spap",
    "svi",
  ],
  mitral: [
    "mr_eroa_pisa",
    "mr_rvol_pisa",
    "mr_rf_pisa",
    "mr_vc_width",
    "mr_vc_biplane",
    "mv_mean_gradient",
    "mva_planimetry",
    "mv_e_vmax",
    "mr_vti_ratio",
    "mr_jet_la_ratio",
  ],
  aortic: [
    "av_vmax",
    "av_mean_gradient",
    "ava_vti",
    "ava_vti_index",
    "av_velocity_ratio",
    "lvot_diameter",
    "ar_vc_width",
    "ar_pht",
    "ar_eroa",
    "ar_rvol_pisa",
    "ar_rf",
    "ar_jet_lvot_ratio",
    "ascending_aorta",
  ],
  tricuspid: [
    "tr_vc_width",
    "tr_eroa",
    "tr_rvol_pisa",
    "tr_rf",
    "tr_vca_3d",
    "tr_pisa_radius",
    "tv_annulus",
    "tv_coaptation_gap",
    "tapse",
    "rv_s_prime",
    "rv_fac",
    "rv_basal_4c",
    "ivc_diameter",
  ],
  ct: [
    "ct_annulus_area",
    "ct_annulus_perimeter",
    "ct_annulus_mean_diameter",
    "ct_left_ostium_height",
    "ct_right_ostium_height",
    "ct_iliofemoral_least",
    "ct_calcium_score",
  ],
  laboratory: [
    "creatinine",
    "egfr",
    "nt_pro_bnp",
    "bnp",
    "haemoglobin",
    "inr",
    "ecg_pr_interval",
    "ecg_qrs_duration",
    "height",
    "weight",
  ],
} as const satisfies Record<string, readonly string[]>;

export type KeySet = keyof typeof KEY_SETS;

/** The set a treatment turns on; the left heart where nothing is chosen yet. */
const SET_OF: Readonly<Record<string, KeySet>> = {
  teer: "mitral",
  "tricuspid-teer": "tricuspid",
  "tavi-transfemoral": "aortic",
  "tavi-transapical": "aortic",
  "surgical-repair": "mitral",
  "surgical-replacement": "aortic",
};

export function keySetOf(treatment: string | null): KeySet {
  return SET_OF[treatment ?? ""] ?? "ventricle";
}
