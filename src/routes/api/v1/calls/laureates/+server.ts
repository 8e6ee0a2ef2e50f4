import { laureatesEndpoint } from '#modules/calls/server/index.ts';
import { serve } from '#platform/server/http/endpoint.ts';

export const GET = serve(laureatesEndpoint);
