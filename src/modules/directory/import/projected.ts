import proj4 from 'proj4';

/**
 * The systems in which French registers write points, all on the ellipsoid of GRS 80 (décret n° 2000-1276):
 * Lambert-93 in mainland France, a zone of UTM for each of the others. They agree with WGS 84, and so with latitudes and
 * longitudes as maps know them, to about a metre.
 */
const systems: Readonly<Record<string, string>> = {
  'lambert-93': '+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +units=m',
  ...Object.fromEntries(
    // Wallis-et-Futuna, Antilles, Saint-Pierre-et-Miquelon, Guyane, Mayotte, La Réunion.
    ['1S', '20N', '21N', '22N', '38S', '40S'].map((zone) => [
      `utm-${zone}`,
      `+proj=utm +zone=${Number.parseInt(zone, 10)}${zone.endsWith('S') ? ' +south' : ''} +ellps=GRS80 +units=m`,
    ]),
  ),
};

/** The EPSG codes of these systems, where a text gives nothing else. */
const codes: Readonly<Record<string, string>> = {
  ...{ '2154': 'lambert-93', '9794': 'lambert-93', '5490': 'utm-20N', '4559': 'utm-20N', '32620': 'utm-20N' },
  ...{ '2972': 'utm-22N', '32622': 'utm-22N', '2975': 'utm-40S', '4471': 'utm-38S', '4467': 'utm-21N' },
  ...{ '32621': 'utm-21N', '32701': 'utm-1S' },
};

/**
 * The system that a text names: « EPSG:2154 RGF93 / Lambert-93 (Métropole) », « LAMBERT_93 », « WGS84/UTM zone 21N »,
 * « UTM_N20 ». Undefined when it is none of those in use in France.
 */
export const systemOf = (text: string): string | undefined => {
  const code = /EPSG:\s*(\d+)/i.exec(text)?.[1];
  if (code) return codes[code];
  if (/lambert[ _-]?93/i.test(text)) return 'lambert-93';
  const utm = /utm[ _-]*(?:zone)?[ _-]*([ns]?)[ _-]*0*(\d{1,2})[ _-]*([ns]?)/i.exec(text);
  const hemisphere = (utm?.[1] || utm?.[3] || '').toUpperCase();
  const name = `utm-${utm?.[2]}${hemisphere}`;
  return name in systems ? name : undefined;
};

/** Made once for each system: reading a definition costs more than a hundred points. */
const converters = new Map<string, proj4.Converter>();

/** Latitude and longitude, to a tenth of a metre or so, of a point in metres. Undefined when it cannot be one. */
export const degreesOf = (x: number, y: number, system: string): { lat: number; lon: number } | undefined => {
  const definition = systems[system];
  if (!definition || !Number.isFinite(x) || !Number.isFinite(y)) return undefined;
  const converter = converters.get(system) ?? proj4(definition, 'WGS84');
  converters.set(system, converter);
  const [lon = Number.NaN, lat = Number.NaN] = converter.forward([x, y]);
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return undefined;
  return { lat: Math.round(lat * 1e6) / 1e6, lon: Math.round(lon * 1e6) / 1e6 };
};
