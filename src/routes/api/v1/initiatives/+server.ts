import { initiativesEndpoint } from '#modules/initiatives/server/index.ts';
import { serve } from '#platform/server/http/endpoint.ts';

export const GET = serve(initiativesEndpoint);
