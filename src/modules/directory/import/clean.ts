/**
 * A text as it may be kept: composed accents, no sign of control (PostgreSQL refuses some), no half of a sign, single
 * spaces, nothing around. Ends of lines stay.
 */
export const cleanText = (text: string): string => {
  if (!dirty.test(text)) return text;
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(signs, '')
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
};

/** Most texts have none of this, and are not walked seven times. */
const dirty = /[^ -~À-ÖØ-öø-ÿ’]|^ | $| {2}/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const signs = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B\uFEFF]/g;

/** The text, or null when it says nothing: empty, « NC », « - », « N/A ». At most `longest` signs, cut with « … ». */
export const textOrNull = (text: string | undefined, longest = 300): string | null => {
  const value = (text ?? '').trim();
  if (/^(?:|[-–—.?_/]+|n\.?c\.?|n\/?a|null|none|néant|undefined)$/i.test(value)) return null;
  return value.length > longest ? `${value.slice(0, longest - 1).trimEnd()}…`.toWellFormed() : value;
};

/**
 * A telephone number as people read it, `02 99 00 00 00`, from any way of writing it (`+33`, dots, no leading zero as
 * spreadsheets leave it); a short number as it is. Null for what is no number, `0000000000` included.
 */
export const phoneOrNull = (text: string | undefined): string | null => {
  const first = (text ?? '').split(/[/,;\n]| ou /)[0] ?? '';
  const digits = first
    .replace(/\(0\)/g, '')
    .replace(/\D/g, '')
    .replace(/^(?:00)?(?:33|262|590|594|596|508)0?(?=\d{9}$)/, '0');
  if (/^(?:3\d|10)\d\d$/.test(digits)) return digits;
  const ten = digits.length === 9 && !digits.startsWith('0') ? `0${digits}` : digits;
  if (!/^0[1-9]\d{8}$/.test(ten) || /^0(\d)\1{8}$/.test(ten)) return null;
  return ten.replace(/(\d\d)(?=\d)/g, '$1 ');
};

/** A generic address in small letters, or null for what is none. */
export const emailOrNull = (text: string | undefined): string | null => {
  const value = (text ?? '')
    .trim()
    .toLowerCase()
    .replace(/^mailto:/, '');
  return /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+\.[a-z]{2,}$/.test(value) && value.length <= 200 ? value : null;
};

/** An http(s) address, its `https://` added when left out, the first when there are several; null for what is none. */
export const websiteOrNull = (text: string | undefined): string | null => {
  const parts = (text ?? '').split(/[\s,;]+/).filter(Boolean);
  const written = parts.length === 1 ? parts[0] : parts.find((part) => /^(https?:\/\/|www\.)/i.test(part));
  if (!written || written.length > 500) return null;
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(written) ? written : `https://${written}`);
  return url && /^https?:$/.test(url.protocol) && /\.[a-z]{2,}$/i.test(url.hostname) && !url.username ? url.href : null;
};

/** A number, with a comma or a point; undefined for what is none. */
export const numberOf = (text: string | undefined): number | undefined => {
  const value = (text ?? '').trim().replace(/\s/g, '').replace(',', '.');
  return /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(value) && Number.isFinite(Number(value))
    ? Number(value)
    : undefined;
};

/** `oui`, `1`, `x`… */
export const isYes = (text: string | undefined): boolean =>
  /^(?:oui|o|yes|y|true|vrai|1|x)$/i.test((text ?? '').trim());
