import { survivalRecords } from "./leukaemia.ts";

/** Ovarian cancer, days of survival under treatment 1 (Edmonson et al., 1979); `ovarian` in R's survival package. */
export const cyclophosphamide = survivalRecords("59,115,156,268,329,431,448+,477+,638,803+,855+,1040+,1106+");

/** The same trial under treatment 2. */
export const withAdriamycin = survivalRecords(
  "353,365,377+,421+,464,475,563,744+,769+,770+,1129+,1206+,1227+",
);
