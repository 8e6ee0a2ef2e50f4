import { eventsEndpoint } from '#modules/agenda/server/index.ts';
import { callsEndpoint, laureatesEndpoint } from '#modules/calls/server/index.ts';
import {
  exportEndpoints,
  offersCsvEndpoint,
  offersEndpoint,
  offersGeojsonEndpoint,
} from '#modules/directory/server/index.ts';
import {
  initiativesCsvEndpoint,
  initiativesEndpoint,
  initiativesGeojsonEndpoint,
  prioritiesEndpoint,
} from '#modules/initiatives/server/index.ts';
import { communesEndpoint } from '#modules/territory/server/index.ts';
import type { Endpoint } from '#platform/server/http/endpoint.ts';

/** Every address of the public API, in the order of the documentation. */
// biome-ignore lint/suspicious/noExplicitAny: a list of endpoints of different parameters has no narrower common type.
export const endpoints: readonly Endpoint<any, any>[] = [
  communesEndpoint,
  offersEndpoint,
  offersGeojsonEndpoint,
  offersCsvEndpoint,
  ...exportEndpoints,
  initiativesEndpoint,
  initiativesGeojsonEndpoint,
  initiativesCsvEndpoint,
  prioritiesEndpoint,
  eventsEndpoint,
  callsEndpoint,
  laureatesEndpoint,
];
