/** Centres that come up in many stories, by their slug. */
export const RHEINTAL = "herzzentrum-rheintal";
export const BOHAI = "bohai-heart-hospital";
export const ISTANBUL = "bogaz-cinar-kalp-merkezi";

export const EVERYTHING = ["transfer_arrival", "transfer_return", "interpreter", "medicine_supply"] as const;
export const RIDES = ["transfer_arrival", "transfer_return"] as const;
