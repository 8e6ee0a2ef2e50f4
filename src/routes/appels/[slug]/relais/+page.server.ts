import { error } from '@sveltejs/kit';
import { agencyWords, deadlineWords } from '#modules/calls/index.ts';
import { publicCall, stateOf } from '#modules/calls/server/index.ts';

export const load = async ({ locals, params, url }) => {
  const { context } = locals;
  const found = await publicCall(context, params.slug);
  if (!found?.call.calendar) error(404, 'Cet appel n’existe pas.');
  const { call, title, frame, where } = found;
  const closes = deadlineWords(found.call.calendar.closesAt, found.call.calendar.zone, where.locative);
  const page = `${locals.publicOrigin ?? url.origin}/appels/${call.slug}`;
  const who = call.agencies.map((agency) => agencyWords[agency]).join(' et ');
  const axes = frame.axes.filter(({ number }) => call.axes.includes(number)).map(({ short }) => `- ${short}`);
  return {
    ...{ title, slug: call.slug, cancelled: stateOf(found, context.clock.now()) === 'cancelled' },
    short: `${title}. Dépôt jusqu’au ${closes}. ${page}`,
    long: [
      ...['Bonjour,', '', `${who} (${where.name}) lance cet appel à projets :`, title, ''],
      ...(axes.length > 0
        ? ['Il s’adresse aux projets qui répondent à un ou plusieurs de ces axes :', ...axes, '']
        : []),
      ...[`Dépôt jusqu’au ${closes}.`, `Tout lire : ${page}`, `Les dates dans votre agenda : ${page}/echeances.ics`],
    ].join('\n'),
    link: `<a href="${page}">${escaped(title)}</a>`,
  };
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
