/** Points of our own origin, as GeoJSON: each has a `title`, and the `path` of its page. */
export interface MapLayer {
  readonly id: 'events' | 'projects';
  readonly url: string;
  readonly label: string;
  /** From the start, or once asked for. */
  readonly shown: boolean;
}

/** What the map is told by the page. Plain data: it travels in an attribute. */
export interface MapProps {
  readonly words: {
    readonly label: string;
    readonly failed: string;
    readonly places: string;
    readonly projects: string;
    readonly group: string;
  };
  readonly centre: { readonly lat: number; readonly lon: number };
  /** Kilometres to show around the centre. */
  readonly km: number;
  /** Filters of the list, as the tiles take them. */
  readonly tileQuery: string;
  /** The answers of the list, with the number that each card shows. */
  readonly marks: readonly {
    readonly number: number;
    readonly title: string;
    readonly href: string;
    readonly lat: number;
    readonly lon: number;
    readonly isTour: boolean;
  }[];
  /** Address, on our own server, of the style that the operator preferred to our own base map. */
  readonly baseMap?: string | undefined;
  /** Other layers of points, that the page composes. */
  readonly more: readonly MapLayer[];
}
