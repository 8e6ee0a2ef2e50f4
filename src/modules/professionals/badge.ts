import type { AttestationStatus } from './attestation.ts';
import { notValid, professionalsOf, thousandDays } from './badge-outlines.ts';

/** Size of the badge, in its own units. */
export const badgeSize = { width: 384, height: 112 } as const;

/**
 * The badge as an SVG image: the project’s own mark, and words as outlines. Where it is shown by its address, it follows the
 * attestation: one that does not hold says so by itself.
 */
export const badgeSvg = (status: AttestationStatus): string => {
  const { width, height } = badgeSize;
  const valid = status === 'given';
  const words = valid ? 'Professionnels des 1000 premiers jours' : 'Attestation non valable';
  const [ink, lit] = valid ? ['#40388a', '#ec9a66'] : ['#857860', '#857860'];
  const lines = valid
    ? `<path transform="translate(100 50)" d="${professionalsOf}"/><path transform="translate(100 84)" d="${thousandDays}"/>`
    : `<path transform="translate(100 64)" d="${notValid}"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${words}">`,
    `<title>${words}</title>`,
    `<rect x="1" y="1" width="${width - 2}" height="${height - 2}" rx="12" fill="#fffdf9" stroke="#857860" stroke-width="2"/>`,
    // The mark: dots that grow along an arc, the last one lit.
    `<g transform="translate(20 24) scale(2)" fill="${ink}">`,
    '<circle cx="3.6" cy="25.4" r="2.4"/><circle cx="7.2" cy="14.6" r="3.4"/><circle cx="15.2" cy="7.6" r="4.2"/>',
    `<circle cx="25.2" cy="12.4" r="5.6" fill="${lit}"/></g>`,
    `<g fill="#1c2143">${lines}</g>`,
    '</svg>',
  ].join('');
};
