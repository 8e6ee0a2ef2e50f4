import { error, fail, redirect } from '@sveltejs/kit';
import { partTitles } from '#modules/calls/index.ts';
import {
  attachmentRules,
  attachmentsOf,
  attachWhole,
  ownFile,
  piecesAsked,
  removeAttachment,
  SLICE_BYTES,
  stateWords,
} from '#modules/calls/server/index.ts';
import type { Refusal } from '#platform/result.ts';
import { acceptedEnds } from '#platform/server/files/document.ts';
import { readForm } from '#platform/server/http/form.ts';
import { readUpload } from '#platform/server/http/upload.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { textOf } from '../../../../../mon-compte/refused.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const file = await ownFile(context, params.id);
  if (file?.row.kind !== 'full') error(404, notHere);
  const { row, role } = file;
  const rules = attachmentRules(locals.settings);
  const files = await attachmentsOf(context, params.id);
  const asked = await piecesAsked(context, params.id);
  const own = `/appels/espace/candidatures/${params.id}`;
  return {
    ...{ id: params.id, here: partTitles.attachments },
    trail: [
      { href: '/appels/espace/candidatures', label: 'Mes candidatures' },
      { href: own, label: row.title || 'Candidature' },
    ],
    writes: role !== 'reader' && (row.status === 'draft' || row.status === 'incomplete'),
    pending: row.status === 'incomplete' ? 'Complément non envoyé.' : row.status === 'draft' ? 'Non déposé.' : '',
    done: url.searchParams.get('fait'),
    ...{ accept: acceptedEnds, maxBytes: rules.maxBytes, totalBytes: rules.totalBytes, slice: SLICE_BYTES },
    scans: rules.scans,
    asked: asked.map(({ label, required }) => ({
      ...{ label, required },
      given: files.some(({ piece, status }) => piece === label && (status === 'kept' || status === 'scanning')),
    })),
    files: files.map(({ id, piece, name, bytes, slices, status, scan }) => ({
      ...{ id, name, piece: piece || 'Autre pièce', state: stateWords(status, scan) },
      bytes: status === 'receiving' ? slices.reduce((all, length) => all + length, 0) : bytes,
      ...(status === 'kept' ? { href: `${own}/pieces/${id}` } : {}),
    })),
  };
};

export const actions = {
  joindre: async ({ request, locals, url, params, platform }) => {
    const context = requirePerson(locals.context, url);
    const rules = attachmentRules(locals.settings);
    const declared = Number(request.headers.get('content-length') ?? 0) || rules.maxBytes;
    const joined = await readUpload({ request, platform }, rules.maxBytes, ({ name, fields, content }) => {
      const announced = { piece: fields.get('piece') ?? '', name, bytes: Math.min(declared, rules.maxBytes) };
      return attachWhole(context, params.id, announced, content, rules);
    });
    if (!joined) return refused(noFile);
    if (!joined.ok) return refused(joined.error);
    redirect(303, `${url.pathname}?fait=joindre`);
  },
  retirer: async ({ request, locals, url, params }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const removed = await removeAttachment(context, params.id, textOf(form, 'file'));
    if (!removed.ok) return refused(removed.error);
    redirect(303, `${url.pathname}?fait=retirer`);
  },
};

const refused = (refusal: Refusal) => {
  if (refusal.code === 'no_such_application') error(404, notHere);
  return fail(refusal.code === 'file_too_large' ? 413 : refusal.code === 'not_allowed' ? 403 : 400, { refusal });
};

const notHere = 'Cette page n’existe pas, ou n’est pas ouverte à votre adresse.';
const noFile: Refusal = { code: 'file_missing', field: 'file', message: 'Choisissez un fichier à joindre.' };
