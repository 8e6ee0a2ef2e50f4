import { fold } from '#platform/text.ts';

/** The page of a vehicle: `/bus/baby-bus-12`. Its number finds it; the name is for who reads the address. */
export const tourPath = ({ id, name }: { readonly id: number; readonly name: string }): string =>
  `/bus/${`${fold(name).replaceAll(' ', '-').slice(0, 60).replace(/-$/, '')}-${id}`.replace(/^-/, '')}`;

/** The page of one of its stops. */
export const stopPath = (tour: { readonly id: number; readonly name: string }, stop: number): string =>
  `${tourPath(tour)}/${stop}`;

/** The number that ends such an address; undefined when there is none. */
export const tourOfSlug = (slug: string): number | undefined => {
  const number = /(?:^|-)(\d{1,9})$/.exec(slug)?.[1];
  return number === undefined ? undefined : Number(number);
};
