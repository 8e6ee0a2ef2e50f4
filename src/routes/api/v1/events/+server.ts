import { eventsEndpoint } from '#modules/agenda/server/index.ts';
import { serve } from '#platform/server/http/endpoint.ts';

export const GET = serve(eventsEndpoint);
