/** Asked for by the holder of the scale on every copy. */
export const originalScale =
  'Cox J. L., Holden J. M., Sagovsky R. (1987). Detection of postnatal depression: development of the 10-item Edinburgh Postnatal Depression Scale. British Journal of Psychiatry, 150, 782-786.';

export const frenchValidation =
  'Guedeney N., Fermanian J. (1998). Validation study of the French version of the Edinburgh Postnatal Depression Scale (EPDS): new results about use and psychometric properties. European Psychiatry, 13, 83-89.';

export const holder = '© 1987 The Royal College of Psychiatrists';
