/** Days after which prices no longer decide. */
export const maxPriceAgeDays = 90;

/** Days after the last call after which traces no longer decide. */
export const maxEvidenceAgeDays = 90;
