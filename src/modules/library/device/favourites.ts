/** Where the device keeps the articles that a parent set aside. Nowhere else. */
const key = 'mille-jours:articles-gardes';

/** The articles kept on this device, the last one first. Empty when nothing can be stored. */
export const favourites = (): readonly string[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((slug) => typeof slug === 'string') : [];
  } catch {
    return [];
  }
};

/** Keeps an article, or stops keeping it. Answers whether it is kept now: no storage, not kept. */
export const keepFavourite = (slug: string, keep: boolean): boolean => {
  const others = favourites().filter((kept) => kept !== slug);
  const next = keep ? [slug, ...others] : others;
  try {
    if (next.length > 0) localStorage.setItem(key, JSON.stringify(next));
    else localStorage.removeItem(key);
  } catch {
    return !keep;
  }
  return keep;
};

/** Forgets them all: part of erasing what the site left on a device. */
export const eraseFavourites = (): void => {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing could be stored, so there is nothing to erase.
  }
};
