import { type CheckedPhrases, checkedWords } from './checked.ts';
import type { ShownOffer } from './offer.ts';
import { type DistancePhrases, distanceWords, type OpeningPhrases, openingWords } from './opening-words.ts';
import { nextOpening, type Times } from './search/moments.ts';
import type { Hit } from './search/search.ts';
import { shownText } from './search/segment.ts';
import { type Kind, kinds, labelOf, type Mode } from './vocabulary.ts';
import { isoOfMoment } from './week.ts';

/** One place, tour or service in a list. Plain data. */
export interface OfferCard {
  readonly id: number;
  readonly title: string;
  /** « PMI · Rennes » */
  readonly context: string;
  /** « à 4,5 km » */
  readonly distance: string | undefined;
  readonly detail: string | undefined;
  /** « et 2 autres services » */
  readonly others: string | undefined;
  readonly opening: { readonly text: string; readonly now: boolean } | undefined;
  /** « Vérifié il y a 3 mois » */
  readonly checked: { readonly text: string; readonly stale: boolean } | undefined;
  readonly isTour: boolean;
  readonly href: string;
  readonly phone: string | undefined;
  readonly address: string | undefined;
  readonly lat: number | undefined;
  readonly lon: number | undefined;
}

/** The sentences that a card is made of. */
export interface CardPhrases {
  readonly opening: OpeningPhrases;
  readonly checked: CheckedPhrases;
  readonly others: { readonly one: string; readonly many: string };
  readonly where: DistancePhrases & Readonly<Record<'remote' | 'unknownPlace' | 'unknownStops', string>>;
}

/** One answer as a card. Its title is the place's name, else the tour's, else the service's. */
export const offerCard = (
  { segment, row, id, metres, services }: Hit,
  times: Times,
  phrases: CardPhrases,
): OfferCard => {
  // Written by offerDocument alone.
  const offer = JSON.parse(shownText(segment, row)) as ShownOffer;
  const zone = segment.zoneNames[segment.zones[row] ?? 0] ?? 'Europe/Paris';
  const now = times.now(zone);
  const today = Temporal.PlainDate.from(isoOfMoment(now).slice(0, 10));
  const isTour = (segment.tours[row] ?? 0) !== 0;
  const title = offer.tour?.name ?? (isTour ? offer.name : (offer.place?.name ?? offer.name));
  const exact = offer.place?.precision !== 'commune';
  const distance = metres === undefined ? undefined : distanceWords(metres, phrases.where, exact);
  const place = offer.tour ? offer.tour.stop : offer.place?.commune;
  return {
    ...{ id, title, isTour, href: offer.page },
    context: [labelOf(kinds, offer.kind), place ?? withoutPlace(offer, isTour, phrases.where)].join(' · '),
    distance,
    detail: [title === offer.name ? undefined : offer.name, offer.summary].filter(Boolean).join('. ') || undefined,
    others: othersWords(services - 1, phrases.others),
    opening: openingWords(nextOpening(segment, row, now), today, phrases.opening, isTour),
    checked: checkedWords(offer.checked_on, today, phrases.checked),
    phone: offer.phone ?? undefined,
    address: [offer.place?.address, offer.place?.postcode, offer.place?.commune].filter(Boolean).join(' ') || undefined,
    lat: offer.place?.lat ?? undefined,
    lon: offer.place?.lon ?? undefined,
  };
};

const othersWords = (count: number, { one, many }: CardPhrases['others']): string | undefined => {
  if (count < 1) return undefined;
  return count === 1 ? one : many.replace('{count}', String(count));
};

/** What nobody has to go to, if anything of it is said to be so; else somewhere that is not known, or not told. */
const withoutPlace = ({ kind, modes }: ShownOffer, isTour: boolean, phrases: CardPhrases['where']): string => {
  if ([kind, ...modes].some((one) => comes.has(one))) return phrases.remote;
  return isTour ? phrases.unknownStops : phrases.unknownPlace;
};

const comes: ReadonlySet<string> = new Set<Mode | Kind>(['a-domicile', 'a-distance', 'visio', 'telephone', 'en-ligne']);
