/** Where the device keeps the way to a family’s own places, by their number. Neutral: it can be read in the tools of a browser. */
const key = 'mille-jours:places';

/** The places kept on this device: number → address of its page. Empty when nothing can be stored. */
export const keptPlaces = (): Readonly<Record<string, string>> => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : [];
    return Object.fromEntries(
      entries.filter(([, address]) => typeof address === 'string' && ours.test(address)) as [string, string][],
    );
  } catch {
    return {};
  }
};

/** Keeps the newest address of a place; without address, forgets the place. */
export const keepPlace = (id: string, address?: string): void => {
  const { [id]: _, ...others } = keptPlaces();
  const next = address === undefined ? others : { ...others, [id]: address };
  try {
    if (Object.keys(next).length > 0) localStorage.setItem(key, JSON.stringify(next));
    else localStorage.removeItem(key);
  } catch {
    // Nothing can be stored: the links of the messages remain.
  }
};

/** Leaves every place that this device knows, without a word. Whether all of it was done: what was not is still kept. */
export const leavePlaces = async (): Promise<boolean> => {
  const left = await Promise.all(
    Object.entries(keptPlaces()).map(async ([id, address]) => {
      // The same gesture as that of a mail programme: the server learns that somebody leaves, and nothing else.
      const answer = await fetch(`${address}/desabonnement`, { method: 'POST', body: new URLSearchParams() }).catch(
        () => undefined,
      );
      if (answer?.ok) keepPlace(id);
      return answer?.ok === true;
    }),
  );
  return left.every(Boolean);
};

const ours = /^\/groupes\/ma-place\/[\w-]{43}$/;
