import { exportEndpoint } from '#modules/directory/server/index.ts';
import { serve } from '#platform/server/http/endpoint.ts';

export const GET = serve(exportEndpoint('/api/v1/exports/hsds/service_at_locations.json'));
