import type { Map as MapLibreMap, StyleSpecification } from 'maplibre-gl';
import type { MapProps } from './map-props.ts';
import { type MapColours, mapStyle } from './map-style.ts';

/**
 * Draws the map in `container`. Everything is fetched from our own origin: the library, the outlines, the names, the
 * points; unless the operator chose another base map, which comes from its own servers, and gives way to ours when they
 * do not answer. Rejects where the device cannot draw (no WebGL).
 */
export const drawMap = async (container: HTMLElement, props: MapProps): Promise<MapLibreMap> => {
  const [library, { default: workerUrl }] = await Promise.all([
    import('maplibre-gl'),
    import('maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'),
    import('maplibre-gl/dist/maplibre-gl.css'),
  ]);
  library.setWorkerUrl(workerUrl);
  const colours = readColours();
  const { lat, lon } = props.centre;
  const base = props.baseMap ? await baseStyle(props.baseMap) : undefined;
  const style = (chosen: StyleSpecification | undefined): StyleSpecification =>
    mapStyle(props, colours, location.origin, chosen);
  const map = new library.Map({
    container,
    style: style(base),
    bounds: boundsAround(props),
    fitBoundsOptions: { padding: 32, maxZoom: 14 },
    maxZoom: 17,
    dragRotate: false,
    pitchWithRotate: false,
    attributionControl: { compact: true },
    // The page scrolls under one finger; the map moves with two, or with the mouse and Ctrl.
    cooperativeGestures: true,
    locale: french,
    fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150,
  });
  map.touchZoomRotate.disableRotation();
  const fallBack = (event: object): void => {
    if (!base || !('sourceId' in event) || !(String(event.sourceId) in base.sources)) return;
    map.off('error', fallBack);
    map.setStyle(style(undefined));
  };
  map.on('error', fallBack);
  map.addControl(new library.NavigationControl({ showCompass: false }), 'top-right');
  for (const mark of props.marks) {
    const element = document.createElement('a');
    element.className = mark.isTour ? 'mark square' : 'mark';
    element.href = mark.href;
    element.textContent = String(mark.number);
    element.setAttribute('aria-label', `${mark.number}. ${mark.title}`);
    element.title = mark.title;
    new library.Marker({ element }).setLngLat([mark.lon, mark.lat]).addTo(map);
  }
  if (props.marks.length === 0) map.jumpTo({ center: [lon, lat], zoom: 9 });

  const layers = ['places-points', ...props.more.map(({ id }) => `${id}-points`)];
  map.on('click', ({ point, lngLat }) => {
    const here = map.queryRenderedFeatures(point, { layers: layers.filter((id) => map.getLayer(id)) });
    const [first] = here;
    if (!first) return;
    if (first.properties.n > 1) {
      map.easeTo({ center: lngLat, zoom: Math.min(17, map.getZoom() + 2.5) });
      return;
    }
    // A place says its name and page, the other layers a title and a path.
    const links = new Map(
      here.map(({ properties }) => [
        String(properties.page ?? properties.path),
        String(properties.name ?? properties.title),
      ]),
    );
    const list = document.createElement('div');
    for (const [href, title] of [...links].slice(0, MOST_LINKS)) {
      const line = document.createElement('p');
      const link = document.createElement('a');
      link.href = href;
      link.textContent = title;
      line.append(link);
      list.append(line);
    }
    new library.Popup({ maxWidth: '18rem' }).setLngLat(lngLat).setDOMContent(list).addTo(map);
  });
  for (const layer of layers) {
    map.on('mouseenter', layer, () => {
      map.getCanvas().style.cursor = 'pointer';
    });
    map.on('mouseleave', layer, () => {
      map.getCanvas().style.cursor = '';
    });
  }
  return map;
};

/** What one touch may tell: the place, and what is held there. */
const MOST_LINKS = 5;

const french = {
  'NavigationControl.ZoomIn': 'Agrandir',
  'NavigationControl.ZoomOut': 'Réduire',
  'Popup.Close': 'Fermer',
  'Map.Title': 'Carte',
  'Marker.Title': 'Repère',
  'AttributionControl.ToggleAttribution': 'Voir l’origine du fond de carte',
  'CooperativeGesturesHandler.WindowsHelpText': 'Ctrl + molette pour agrandir la carte',
  'CooperativeGesturesHandler.MacHelpText': '⌘ + défilement pour agrandir la carte',
  'CooperativeGesturesHandler.MobileHelpText': 'Deux doigts pour déplacer la carte',
};

/** Around the answers, in degrees: some five kilometres, so that one can tell where they are. */
const AROUND = 0.05;

/** West, south, east, north: the answers and the centre, or the circle that was searched when there is none. */
const boundsAround = ({ centre, km, marks }: MapProps): [number, number, number, number] => {
  if (marks.length > 0) {
    const [lats, lons] = [marks.map(({ lat }) => lat), marks.map(({ lon }) => lon)];
    return [
      Math.min(centre.lon, ...lons) - AROUND,
      Math.min(centre.lat, ...lats) - AROUND,
      Math.max(centre.lon, ...lons) + AROUND,
      Math.max(centre.lat, ...lats) + AROUND,
    ];
  }
  const [high, wide] = [km / 111, km / (111 * Math.cos((centre.lat * Math.PI) / 180))];
  return [centre.lon - wide, centre.lat - high, centre.lon + wide, centre.lat + high];
};

/** The style of the base map that the operator chose; undefined when it cannot be had, and ours is drawn. */
const baseStyle = async (address: string): Promise<StyleSpecification | undefined> => {
  const answer = await fetch(address).catch(() => undefined);
  return answer?.ok ? ((await answer.json()) as StyleSpecification) : undefined;
};

/** The colours of the page, so that the map is dark when the page is. */
const readColours = (): MapColours => {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const dark = style.colorScheme === 'dark';
  return {
    ...{ paper: token('--paper'), sand: token('--sand'), line: token('--line'), edge: token('--edge') },
    ...{ ink: token('--ink'), night: token('--night'), onNight: token('--on-night') },
    ...{ sage: token('--sage'), sageWash: token('--sage-wash'), sea: dark ? '#1d2a44' : '#d9e3e6' },
  };
};
