/** The page of the directory that an address names: `?lieu=…` or `?service=…`. */
export const listingAsked = (url: URL): { readonly entity: 'place' | 'service'; readonly slug: string } => {
  const service = url.searchParams.get('service');
  return service
    ? { entity: 'service', slug: service.slice(0, 200) }
    : { entity: 'place', slug: (url.searchParams.get('lieu') ?? '').slice(0, 200) };
};
