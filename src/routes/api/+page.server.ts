import { endpoints } from '#house/api.ts';
import { type DocumentedParameter, documentedParameters } from '#platform/server/http/openapi.ts';
import { unsent } from '#platform/unsent.ts';

interface Documented {
  readonly path: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly exampleHref: string | undefined;
  readonly gives: string;
  readonly parameters: readonly DocumentedParameter[];
}

const documented: readonly Documented[] = endpoints.map((endpoint) => ({
  ...{ path: endpoint.path, summary: endpoint.summary, description: endpoint.description },
  exampleHref:
    endpoint.example === undefined ? undefined : `${endpoint.path}${endpoint.example ? `?${endpoint.example}` : ''}`,
  gives: 'mediaType' in endpoint.answer ? `${endpoint.answer.mediaType} : ${endpoint.answer.description}` : 'JSON',
  parameters: documentedParameters(endpoint),
}));

export const load = () => unsent({ endpoints: documented });
