import { communesEndpoint } from '#modules/territory/server/index.ts';
import { serve } from '#platform/server/http/endpoint.ts';

export const GET = serve(communesEndpoint);
