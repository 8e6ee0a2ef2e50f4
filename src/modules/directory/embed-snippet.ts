import { frameSizes, readFrameTheme } from './frame-theme.ts';

/** How a frame is asked to look, as the form of `/integrer` says it. */
export const readEmbedLook = (given: URLSearchParams) => {
  const text = (name: string): string => (given.get(name) ?? '').trim().slice(0, 100);
  const among = <T extends string>(name: string, values: readonly T[]): T | '' =>
    values.find((value) => value === text(name)) ?? '';
  const [theme, size] = [among('theme', ['clair']), among('taille', frameSizes)];
  const height = /^\d{3,4}$/.test(text('hauteur')) ? Math.min(4_000, Math.max(200, Number(text('hauteur')))) : 900;
  const accent = readFrameTheme(given).accent;
  const colour = accent ? text('couleur').replace('#', '').toLowerCase() : '';
  return {
    height,
    chosen: { theme, colour: text('couleur'), size, height: String(height) },
    parameters: { theme, couleur: colour, taille: size === 'normale' ? '' : size },
    remarks: [
      ...(text('couleur') && !accent
        ? [`« ${text('couleur')} » n’est pas une couleur. Écrivez six signes, comme 1a5f7a.`]
        : []),
      ...(accent && accent.light !== `#${colour}`
        ? [`Pour rester lisible, votre couleur devient ${accent.light} sur une page claire.`]
        : []),
    ],
  };
};

/** What is to be copied, in both ways: a frame, or an element that makes it. `page`: its name after `/integrer/cadre/`. */
export const embedSnippets = ({
  origin,
  page,
  parameters,
  title,
  height,
  instead,
}: {
  /** Address of this site as others reach it. */
  readonly origin: string;
  readonly page: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly title: string;
  /** In pixels. */
  readonly height: number;
  /** Where the link leads that stands in for the frame. */
  readonly instead: string;
}) => {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '')).toString();
  const preview = `/integrer/cadre/${page}${query ? `?${query}` : ''}`;
  return {
    preview,
    frame: `<iframe src="${escaped(`${origin}${preview}`)}" title="${title}" loading="lazy" referrerpolicy="no-referrer" style="width:100%;height:${height}px;border:0"></iframe>`,
    element: `<script src="${escaped(origin)}/integrer/cadre.js" async></${'script'}>\n<mille-jours-cadre page="${page}" titre="${title}" hauteur="${height}"${query ? ` parametres="${escaped(query)}"` : ''}>\n  <a href="${escaped(origin)}${instead}">${title}</a>\n</mille-jours-cadre>`,
  };
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
