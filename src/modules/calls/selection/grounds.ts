import type { ApplicationContent } from '../application/content.ts';
import type { Ground } from './interests.ts';

/** The nine digits of an organisation, from a SIREN or a SIRET written in any way; nothing for anything else. */
export const sirenOf = (typed: string): string | undefined => {
  const digits = typed.replaceAll(/\D/g, '');
  return digits.length === 9 || digits.length === 14 ? digits.slice(0, 9) : undefined;
};

/** As what some organisations stand in a deposited file: holder, partner, co-funder. */
export const groundsIn = (
  { holder, partners, budget }: Pick<ApplicationContent, 'holder' | 'partners' | 'budget'>,
  sirens: ReadonlySet<string>,
): readonly Ground[] => {
  const found = (as: 'holder' | 'partner' | 'funder', typed: readonly string[]): Ground[] =>
    typed.flatMap((one) => {
      const siren = sirenOf(one);
      return siren && sirens.has(siren) ? [`${as}:${siren}` as const] : [];
    });
  return [
    ...new Set([
      ...found('holder', [holder.siret]),
      ...found(
        'partner',
        partners.partners.map(({ siren }) => siren),
      ),
      ...found(
        'funder',
        budget.resources.map(({ siren }) => siren),
      ),
    ]),
  ];
};
