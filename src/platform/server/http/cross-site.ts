import type { IncomingHttpHeaders } from 'node:http';
import { problemOf } from './problem.ts';
import { quickExitLink } from './quick-exit.ts';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Where we are, for the browser. */
  readonly own: { readonly protocol: string; readonly host: string };
}

/**
 * The answer, a 403, to a form that another site had somebody send, or that does not say where it comes from; nothing for
 * any other request. SvelteKit has the same rule, and keeps it behind us, but tells it in English and in no page.
 */
export const crossSiteRefusal = ({
  method,
  path,
  headers,
  own,
}: Asked): { contentType: string; body: string } | undefined => {
  const writes = ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method);
  if (
    !writes ||
    isOneClick(method, path) ||
    !mayBeAForm(headers['content-type']) ||
    headers.origin === `${own.protocol}://${own.host}`.toLowerCase()
  )
    return undefined;
  return path.startsWith('/api/')
    ? { contentType: 'application/problem+json; charset=utf-8', body: JSON.stringify(problemOf(403, 'cross_site')) }
    : { contentType: 'text/html; charset=utf-8', body: page };
};

/**
 * Whether this is what a mail programme sends by itself to end some messages (RFC 8058): no browser, hence no origin. The
 * secret in the address is the whole authority, and nothing else than silence can be asked there.
 */
export const isOneClick = (method: string, path: string): boolean =>
  method === 'POST' && /^\/[\w/-]*\/[\w-]{43}\/desabonnement$/.test(path);

/** What a page can make a browser send without asking first (Fetch, « CORS-safelisted request-header »). */
const mayBeAForm = (contentType: string | undefined): boolean =>
  contentType === undefined ||
  ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'].includes(
    (contentType.split(';')[0] ?? '').trim().toLowerCase(),
  );

const page = `<!doctype html>
<html lang="fr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>Envoi refusé · Mille jours</title>
  </head>
  <body>
    <h1>Cet envoi n’a pas été reçu</h1>
    <p>
      Votre navigateur n’a pas dit qu’il venait de notre site. Une extension ou un réglage de confidentialité peut l’en
      empêcher. Rien n’a été enregistré.
    </p>
    <p>
      Revenez à la page précédente : ce que vous avez écrit y est encore. Rechargez-la ou changez de navigateur, puis
      envoyez de nouveau.
    </p>
    <p><a href="/">Revenir à l’accueil</a> · <a href="/aide">Les numéros à appeler</a></p>
    <p>${quickExitLink}</p>
  </body>
</html>
`;
