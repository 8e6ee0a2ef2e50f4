/** A short fingerprint of a text (FNV-1a, 32 bits), as eight letters and digits: against accidents, not against people. */
export const sumOf = (text: string, start = 0x811c9dc5): string => {
  let sum = start;
  for (let index = 0; index < text.length; index += 1) {
    sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  }
  return (sum >>> 0).toString(16).padStart(8, '0');
};
