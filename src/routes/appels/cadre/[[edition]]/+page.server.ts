import { error } from '@sveltejs/kit';
import { formatDay, formatNumber } from '#messages/format.ts';
import { formatCents } from '#modules/calls/index.ts';
import { currentFrame, editions, publishedFrame, versionsOf } from '#modules/calls/server/index.ts';

/** The national frame of an edition, as everybody reads it. `version`: an earlier one, which stays as it was published. */
export const load = async ({ params, url }) => {
  const edition = params.edition ?? currentFrame().edition;
  const frame = publishedFrame(edition, url.searchParams.get('version'));
  if (!frame) error(404, 'Ce cadre national n’existe pas.');
  const { money, deadlines, undecided } = frame;
  const day = (iso: string): string => formatDay('fr', iso);
  const latest = versionsOf(edition).at(-1) ?? frame.version;
  return {
    ...{ edition, version: frame.version, latest, period: frame.period, sources: frame.sources },
    publishedOn: day(frame.published_on),
    others: [
      ...versionsOf(edition)
        .filter((one) => one !== frame.version)
        .map((one) => ({ href: `/appels/cadre/${edition}?version=${one}`, label: `version ${one}` })),
      ...editions()
        .filter((one) => one !== edition)
        .map((one) => ({ href: `/appels/cadre/${one}`, label: `édition ${one}` })),
    ],
    titles: [
      { term: 'L’ARS seule', detail: titled(frame.titles.ars) },
      { term: 'La DREETS seule', detail: titled(frame.titles.dreets) },
      { term: 'L’ARS et la DREETS ensemble', detail: titled(frame.titles.joint) },
    ],
    dates: [
      { term: 'Déclarer son appel au ministère', detail: `au plus tard le ${day(deadlines.declaration)}` },
      { term: 'Choisir les lauréats', detail: `au plus tard le ${day(deadlines.laureates)}` },
      {
        term: 'Faire démarrer les projets',
        detail: deadlines.start ? `au plus tard le ${day(deadlines.start)}` : deadlines.start_words,
      },
      { term: 'Crédits délégués', detail: money.delegated },
    ],
    money: [
      { term: 'Une administration seule', detail: `au moins ${formatCents(money.minimum.alone)} pour les lauréats` },
      { term: 'Un appel commun', detail: `au moins ${formatCents(money.minimum.joint)} pour les lauréats` },
      ...([money.allocations.ars, money.allocations.dreets] as const).map(({ line, name, cents }) => ({
        ...{ term: `${name} (${line})`, detail: `${formatCents(cents)} par région, qui peut être abondée localement` },
      })),
    ],
    axes: frame.axes.map(({ number, annex, body }) => ({
      ...{ number: formatNumber('fr', number), annex, body: body === annex ? undefined : body },
    })),
    criteria: frame.criteria,
    partners: frame.partners.map(({ code, title, examples }) => ({ code, title, examples: examples.join(', ') })),
    undecided: [
      ...(undecided.accueil_pour_tous_territories.length === 0
        ? ['La liste des territoires de l’appel « accueil pour tous »']
        : []),
      ...(deadlines.start === null ? ['Le jour auquel les projets commencent au plus tard'] : []),
      ...(Object.keys(undecided.priorities_of_axes).length === 0
        ? ['À laquelle des dix priorités chaque axe répond']
        : []),
    ],
  };
};

/** The title of an edition, whatever the region: each call has its own. */
const titled = (title: string): string => `« ${title.replace('{region}', 'en [région]')} »`;
