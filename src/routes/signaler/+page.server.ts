import { fail, redirect } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { near } from '#messages/fr/near.ts';
import { reportError, reportSubject } from '#modules/directory/server/index.ts';
import { unsent } from '#platform/unsent.ts';

/** What is reported: `?lieu=slug`, `?service=slug`, or nothing for a place that is missing. */
const subjectOf = (url: URL): { subject: 'place' | 'service' | 'missing'; slug: string } => {
  const [place, service] = [url.searchParams.get('lieu'), url.searchParams.get('service')];
  if (place) return { subject: 'place', slug: place.slice(0, 200) };
  return service ? { subject: 'service', slug: service.slice(0, 200) } : { subject: 'missing', slug: '' };
};

export const load = async ({ url, locals }) => {
  const { subject, slug } = subjectOf(url);
  const found = await reportSubject(locals.context, subject, slug);
  return unsent({
    words: near.report,
    title: found ? near.report.title : near.report.missingTitle,
    about: found && fill(near.report.about, { name: found.name }),
    back: found ? (subject === 'place' ? `/lieux/${slug}` : `/services/${slug}`) : '/autour-de-moi',
    sent: url.searchParams.has('merci'),
  });
};

export const actions = {
  default: async ({ request, url, locals, getClientAddress }) => {
    const form = await request.formData();
    const [message, reply] = [String(form.get('message') ?? ''), String(form.get('reply') ?? '')];
    const limit = await locals.house.limits.form('directory-report', getClientAddress());
    if (!limit.allowed) return fail(429, { message, reply, errors: { message: near.report.tooMany, reply: '' } });
    const { subject, slug } = subjectOf(url);
    const reported = await reportError(locals.context, { subject, slug, message, reply });
    if (reported.ok) {
      const next = new URLSearchParams(url.searchParams);
      next.set('merci', '');
      redirect(303, `/signaler?${next}`);
    }
    const errorOf = (field: string): string => reported.error.find((refusal) => refusal.field === field)?.message ?? '';
    return fail(400, { message, reply, errors: { message: errorOf('message'), reply: errorOf('reply') } });
  },
};
