import { endpoints } from '#house/api.ts';
import { openApiDocument } from '#platform/server/http/openapi.ts';

const document = JSON.stringify(openApiDocument(endpoints));

export const GET = () =>
  new Response(document, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
    },
  });
