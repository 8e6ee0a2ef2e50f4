import { error } from '@sveltejs/kit';
import { openAttachment } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

/** A file joined to an application, to keep: never shown in the site, whatever it holds. */
export const GET = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const file = await openAttachment(context, params.id, params.file);
  if (!file.ok) error(file.error.code === 'not_kept' ? 409 : 404, file.error.message);
  const { name, mediaType, bytes, body } = file.value;
  const plain = name
    .normalize('NFD')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .replaceAll(/["\\%;]/g, '_');
  return new Response(body, {
    headers: {
      'content-type': mediaType,
      'content-length': String(bytes),
      // The exact name for who reads it (RFC 6266, RFC 8187), a plain one for the others.
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    },
  });
};
