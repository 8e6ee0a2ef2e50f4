import { offersCsvEndpoint } from '#modules/directory/server/index.ts';
import { serve } from '#platform/server/http/endpoint.ts';

export const GET = serve(offersCsvEndpoint);
