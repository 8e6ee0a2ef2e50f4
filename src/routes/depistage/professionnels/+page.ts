/** The questionnaire brings its own script (modules/screening/device/start.ts) and needs no other. */
export const csr = false;
