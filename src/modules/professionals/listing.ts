import {
  type DirectoryRecord,
  type Kind,
  kinds,
  labelOf,
  type PlaceFields,
  type PlacementFields,
  type ServiceFields,
  stages,
} from '#modules/directory/index.ts';
import type { Draft, DraftPlace, DraftService } from './draft.ts';
import { hoursFromLines } from './hours-entry.ts';
import { professionOf } from './profession.ts';
import { readSiret } from './siret.ts';

/** What a listing needs to know of a commune: its name and the territories around it. */
export interface CommuneOfListing {
  readonly code: string;
  readonly epci: string | null;
  readonly departement: string;
}

/**
 * What the directory is told of a complete registration: one record a place, with the same services. Only what is public
 * is there: a telephone that is kept is told as unknown, so that it leaves if it was shown before. Who works at home is
 * told at the commune, without street nor point. `id` begins every reference, so that a new version finds the same rows.
 */
export const listingOf = (
  id: string,
  draft: Draft,
  commune: (code: string) => CommuneOfListing | undefined,
): readonly DirectoryRecord[] => {
  const shown = (contact: Draft['phone']): string | null =>
    contact.for === 'public' && contact.value !== '' ? contact.value : null;
  const contacts = { phone: shown(draft.phone), email: shown(draft.email), website: shown(draft.website) };
  const alone = draft.as === 'alone';
  const siret = readSiret(draft.structure.siret);
  return draft.places.map((place, at) => ({
    ...(alone
      ? {
          professional: {
            ref: id,
            fields: {
              name: draft.name,
              profession: professionWords(draft),
              exercise: draft.exercise || null,
              at_home: draft.atHome,
              ...contacts,
            },
          },
        }
      : {
          organisation: {
            ref: id,
            fields: { name: draft.structure.name, siret: siret.ok ? siret.value : null, ...contacts },
          },
        }),
    place: { ref: `${id}/lieu/${at + 1}`, fields: placeFields(draft, place, contacts) },
    services: draft.services.map((service, rank) => ({
      ref: `${id}/service/${rank + 1}`,
      fields: serviceFields(draft, service, contacts),
      placement: placementOf(draft, commune(place.insee)),
    })),
  }));
};

/** Every reference that a registration may have had: what is no longer told is closed. */
export const referencesOf = (records: readonly DirectoryRecord[]): { places: string[]; services: string[] } => ({
  places: records.flatMap(({ place }) => (place ? [place.ref] : [])),
  services: [...new Set(records.flatMap(({ services }) => services.map(({ ref }) => ref)))],
});

/** The person’s own words for their profession, else those of the list: « Sage-femme ». */
export const professionWords = (draft: Draft): string =>
  draft.professionWords || (draft.profession === 'autre' ? '' : (professionOf(draft.profession)?.label ?? ''));

/** What may be shown to reach somebody; nothing for what they keep. */
interface Contacts {
  readonly phone: string | null;
  readonly email: string | null;
  readonly website: string | null;
}

const defaultKind = (draft: Draft): Kind =>
  (draft.as === 'structure' ? draft.structure.kind : undefined) || professionOf(draft.profession)?.kind || 'autre';

const placeFields = (draft: Draft, place: DraftPlace, contacts: Contacts): PlaceFields => {
  const hours = hoursFromLines(place.hours);
  const kind = place.kind || defaultKind(draft);
  const common = {
    kind,
    insee: place.insee,
    lat: null,
    lon: null,
    precision: 'none',
    ...contacts,
    phone: place.phone || contacts.phone,
    hours: hours.ok ? hours.value : null,
    confidential: place.confidential,
    access: place.access,
  } as const;
  return draft.atHome
    ? {
        ...common,
        name: `${draft.name}, ${professionWords(draft).toLowerCase()}`,
        line: null,
        more: null,
        postcode: null,
      }
    : {
        ...common,
        name: place.name || nameWithoutPlace(draft, kind),
        line: place.line || null,
        more: place.more || null,
        postcode: place.postcode || null,
        ...(place.point && !place.confidential ? place.point : {}),
      };
};

const nameWithoutPlace = (draft: Draft, kind: Kind): string =>
  draft.as === 'structure'
    ? draft.structure.name
    : `${kind === 'cabinet' ? 'Cabinet' : labelOf(kinds, kind)}, ${draft.name}`;

const serviceFields = (draft: Draft, service: DraftService, contacts: Contacts): ServiceFields => {
  const chosen = stages.filter(({ code }) => service.stages.includes(code));
  return {
    name: service.name,
    kind: service.kind || defaultKind(draft),
    summary: service.summary || null,
    description: draft.contributions.map(({ words }) => words).join('\n\n') || null,
    priorities: draft.contributions.map(({ priority }) => priority),
    audiences: service.audiences,
    stage_from: chosen.length ? Math.min(...chosen.map(({ fromWeek }) => fromWeek)) : null,
    stage_to: chosen.length ? Math.max(...chosen.map(({ toWeek }) => toWeek)) : null,
    modes: service.modes,
    bookings: service.bookings,
    costs: service.costs,
    languages: service.languages,
    ...contacts,
  };
};

const placementOf = (draft: Draft, commune: CommuneOfListing | undefined): PlacementFields => {
  if (!commune || draft.travels === '') return { hours: null, areas: [] };
  const area = {
    commune: `commune:${commune.code}`,
    epci: commune.epci ? `epci:${commune.epci}` : `commune:${commune.code}`,
    departement: `departement:${commune.departement}`,
  }[draft.travels];
  return { hours: null, areas: [area] };
};
