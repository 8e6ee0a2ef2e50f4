import { createGeocoder, territoryIndex } from '#modules/territory/server/index.ts';

/** Finds an address for the pages of this folder: online when the operator allows it, among our communes otherwise. */
export const geocoderOf = ({ context, settings }: App.Locals) => {
  const geocoder = createGeocoder({
    url: settings.GEOCODER_URL,
    index: () => context.indexes.get(territoryIndex),
    log: context.log,
  });
  return (text: string) => geocoder.find(text, { limit: 1 });
};
