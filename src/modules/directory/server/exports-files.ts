import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { allPriorities } from '#modules/priorities/server/index.ts';
import { parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import { type Publisher, serviceRecord, structureRecord } from '../open-data/data-inclusion.ts';
import { DATA_INCLUSION, dataInclusionService, dataInclusionStructure } from '../open-data/data-inclusion-schema.ts';
import {
  type HsdsPublisher,
  hsdsLocation,
  hsdsOrganization,
  hsdsServiceHead,
  serviceAreas,
  serviceAtLocation,
} from '../open-data/hsds.ts';
import {
  HSDS,
  hsdsLocation as hsdsLocationSchema,
  hsdsOrganization as hsdsOrganizationSchema,
  hsdsService,
  hsdsServiceAtLocation,
  hsdsTaxonomy,
  hsdsTaxonomyTerm,
} from '../open-data/hsds-schema.ts';
import { taxonomies, taxonomyTerms } from '../open-data/hsds-taxonomy.ts';
import { uuidMaker } from '../open-data/uuid.ts';
import { type Grain, readPublicOffers } from './exports-read.ts';
import { exportedSources } from './exports-sources.ts';

/** What a file is written from: one image of the tables, and what does not change while it is written. */
export interface ExportSource {
  readonly tx: Database;
  readonly indexes: Context['indexes'];
  readonly publisher: Publisher & HsdsPublisher;
}

/** One record and its identifier; a large one comes in several pieces, whose texts follow each other. */
export interface Piece {
  readonly text: string;
  /** Of the record that this piece ends; absent while it goes on. */
  readonly id?: string;
}

/** One file of the exports: an array of records. */
export interface ExportFile {
  /** `hsds/services`: address and name in the tables. Never changes. */
  readonly name: string;
  /** French, for the documentation. */
  readonly title: string;
  readonly format: typeof DATA_INCLUSION | typeof HSDS;
  readonly record: z.ZodType;
  write(source: ExportSource): AsyncGenerator<Piece[]>;
}

export const exportFiles: readonly ExportFile[] = [
  {
    name: 'data-inclusion/structures',
    title: 'Structures, au schéma de data·inclusion',
    ...{ format: DATA_INCLUSION, record: dataInclusionStructure },
    write: each('structure', (offer, { publisher }, services) => structureRecord(offer, services, publisher)),
  },
  {
    name: 'data-inclusion/services',
    title: 'Services, au schéma de data·inclusion',
    ...{ format: DATA_INCLUSION, record: dataInclusionService },
    write: each('offer', (offer, { publisher }) => serviceRecord(offer, publisher)),
  },
  {
    name: 'hsds/services',
    title: 'Services avec leurs lieux et leurs organismes, à la norme Open Referral HSDS 3',
    ...{ format: HSDS, record: hsdsService },
    write: writeServices,
  },
  {
    name: 'hsds/organizations',
    title: 'Organismes, à la norme Open Referral HSDS 3',
    ...{ format: HSDS, record: hsdsOrganizationSchema },
    write: each('organisation', ({ organisation }, { publisher }) =>
      organisation ? hsdsOrganization(organisation, publisher) : undefined,
    ),
  },
  {
    name: 'hsds/locations',
    title: 'Lieux et arrêts, à la norme Open Referral HSDS 3',
    ...{ format: HSDS, record: hsdsLocationSchema },
    write: each('spot', ({ where }, { publisher }) => (where ? hsdsLocation(where, publisher) : undefined)),
  },
  {
    name: 'hsds/service_at_locations',
    title: 'Services dans leurs lieux, à la norme Open Referral HSDS 3',
    ...{ format: HSDS, record: hsdsServiceAtLocation },
    write: each('offer', (offer, { publisher }) => serviceAtLocation(offer, publisher, false)),
  },
  {
    name: 'hsds/taxonomies',
    title: 'Listes de mots, à la norme Open Referral HSDS 3',
    ...{ format: HSDS, record: hsdsTaxonomy },
    write: async function* ({ publisher }) {
      yield taxonomies(publisher.uuid).map(pieceOf);
    },
  },
  {
    name: 'hsds/taxonomy_terms',
    title: 'Mots des listes, priorités et sources, à la norme Open Referral HSDS 3',
    ...{ format: HSDS, record: hsdsTaxonomyTerm },
    write: async function* ({ tx, publisher }) {
      yield taxonomyTerms(publisher.uuid, allPriorities(), await exportedSources(tx)).map(pieceOf);
    },
  },
];

/** Who publishes and what the territories are called. `origin`: address of the site, when the operator set one. */
export const publisherOf = (indexes: Context['indexes'], origin: string | undefined): Publisher & HsdsPublisher => {
  const territories = indexes.get(territoryIndex);
  return {
    origin,
    uuid: uuidMaker(
      createHash('sha256')
        .update(origin ?? 'mille-jours')
        .digest('hex'),
    ),
    departementsOf: (region) =>
      territories.departements.filter((departement) => departement.region === region).map(({ code }) => code),
    territoryOf: (insee) => {
      const commune = territories.commune(insee);
      const departement = commune && territories.departement(commune.departement);
      const region = commune && territories.region(commune.region);
      return departement && { departement: departement.name, region: region?.name ?? departement.name };
    },
    areaName: (area) => {
      if (area === 'france') return 'France';
      const territory = parseTerritory(area);
      return (territory.ok && territories.describe(territory.value)?.name) || area;
    },
  };
};

interface Identified {
  readonly id: string;
}

const pieceOf = (record: Identified): Piece => ({ text: JSON.stringify(record), id: record.id });

/** Writes one record for each row of a grain; none for a row that gives undefined. */
function each(
  grain: Grain,
  recordOf: (
    offer: Parameters<typeof serviceRecord>[0],
    source: ExportSource,
    services: readonly string[],
  ) => Identified | undefined,
): ExportFile['write'] {
  return async function* (source) {
    for await (const batch of readPublicOffers(source.tx, source.indexes, grain)) {
      const records = batch.map(({ offer, services }) => recordOf(offer, source, services));
      yield records.filter((record) => record !== undefined).map(pieceOf);
    }
  };
}

/**
 * Services with everything in them. The offers of one service follow each other; each of its places is written as it is
 * read, so that a service given in ten thousand places takes no more memory than another.
 */
async function* writeServices({ tx, indexes, publisher }: ExportSource): AsyncGenerator<Piece[]> {
  let open: { readonly service: number; readonly id: string; readonly areas: Set<string>; places: number } | undefined;
  const end = (): Piece[] => {
    if (!open) return [];
    const { service, id, areas, places } = open;
    const served = areas.size > 0 ? JSON.stringify(serviceAreas(service, [...areas], publisher)) : '';
    return [{ text: `${places > 0 ? ']' : ''}${served && `,"service_areas":${served}`}}`, id }];
  };
  for await (const batch of readPublicOffers(tx, indexes, 'offer')) {
    const pieces: Piece[] = [];
    for (const { offer } of batch) {
      if (offer.service.id !== open?.service) {
        pieces.push(...end());
        const head = hsdsServiceHead(offer, publisher);
        open = { service: offer.service.id, id: head.id, areas: new Set(), places: 0 };
        pieces.push({ text: JSON.stringify(head).slice(0, -1) });
      }
      const place = serviceAtLocation(offer, publisher, true);
      if (place) {
        pieces.push({ text: `${open.places > 0 ? ',' : ',"service_at_locations":['}${JSON.stringify(place)}` });
        open.places += 1;
      } else for (const area of offer.areas) open.areas.add(area);
    }
    yield pieces;
  }
  yield end();
}
