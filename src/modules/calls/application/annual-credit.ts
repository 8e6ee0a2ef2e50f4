import type { Refusal } from '#platform/result.ts';
import { byRule } from '../rule.ts';
import type { ApplicationContent } from './content.ts';

/**
 * Refuses a project of more than twelve months that counts on nothing but the credits of its call, which are annual and not
 * renewable: what follows them comes from another resource, asked or acquired. Only for a call of the national frame.
 * Nothing while the days are not written. Voluntary contributions pay for nothing.
 */
export const annualCreditRefusal = ({
  calendar: { starts_on, ends_on },
  budget,
}: Pick<ApplicationContent, 'calendar' | 'budget'>): Refusal | undefined => {
  if (!lastsMoreThanAYear(starts_on, ends_on)) return undefined;
  const hopes = budget.resources.filter(({ status, cents }) => status !== 'refused' && cents > 0);
  const asksAll = hopes.length > 0 && hopes.every(({ source }) => source === 'call');
  return asksAll ? allAsked : undefined;
};

const lastsMoreThanAYear = (startsOn: string, endsOn: string): boolean =>
  startsOn !== '' &&
  endsOn !== '' &&
  Temporal.PlainDate.compare(endsOn, Temporal.PlainDate.from(startsOn).add({ years: 1 })) >= 0;

const allAsked = byRule('R-36', {
  code: 'annual_credit',
  field: 'budget',
  message:
    'Le projet dure plus de douze mois et demande tout à cet appel. Ajoutez la ressource qui prendra la suite, demandée ou acquise, ou raccourcissez le projet.',
});
