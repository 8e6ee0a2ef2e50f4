/** A point on the ground, in degrees. */
interface Spot {
  readonly lat: number;
  readonly lon: number;
}

/** A drawing of a few places, without anything to fetch: what the frame shows where no script runs. */
export interface Plan {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly { readonly rank: number; readonly x: number; readonly y: number }[];
  readonly names: readonly {
    readonly text: string;
    readonly x: number;
    /** Of the point; the text stands above it. */
    readonly y: number;
    /** False when a mark stands on the point. */
    readonly dot: boolean;
  }[];
  /** A round distance, and how long it is on the drawing. */
  readonly scale: { readonly km: number; readonly length: number };
}

// The width of a telephone: letters keep the size that they have in the page.
const WIDTH = 400;
const HEIGHT = 280;
const MARGIN = 28;
const MARK = 28;
const KM_PER_DEGREE = 111.195;

/**
 * Draws spots, all of them inside, no mark hiding another, with the names of the largest communes that fit. `communes`: in
 * any order. Undefined when there is nothing to draw.
 */
export const drawPlan = (spots: readonly Ranked[], communes: readonly Named[]): Plan | undefined => {
  if (spots.length === 0) return undefined;
  let plan: Plan | undefined;
  for (const least of leastKm) {
    plan = drawnOver(spots, communes, least);
    if (plan.names.length >= 2) break;
  }
  return plan;
};

type Ranked = Spot & { readonly rank: number };
type Named = Spot & { readonly name: string; readonly population: number | null };

/** Widths to try, in kilometres, until two towns say where one is: a lone place stands in its surroundings. */
const leastKm = [2, 5, 10, 20, 40];

const drawnOver = (spots: readonly Ranked[], communes: readonly Named[], least: number): Plan => {
  const lats = spots.map(({ lat }) => lat);
  const lons = spots.map(({ lon }) => lon);
  const middle = { lat: middleOf(lats), lon: middleOf(lons) };
  const narrowing = Math.cos((middle.lat * Math.PI) / 180);
  const [wide, tall] = [WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN];
  const km = Math.max(least, spanOf(lons) * KM_PER_DEGREE * narrowing, (spanOf(lats) * KM_PER_DEGREE * wide) / tall);
  const perKm = wide / km;
  const at = ({ lat, lon }: Spot) => ({
    x: Math.round(WIDTH / 2 + (lon - middle.lon) * KM_PER_DEGREE * narrowing * perKm),
    y: Math.round(HEIGHT / 2 - (lat - middle.lat) * KM_PER_DEGREE * perKm),
  });
  const marks = apart(spots.map((spot) => ({ rank: spot.rank, ...at(spot) })));
  const half = { lat: HEIGHT / 2 / perKm / KM_PER_DEGREE, lon: WIDTH / 2 / perKm / KM_PER_DEGREE / narrowing };
  const inside = communes.filter(
    ({ lat, lon }) => Math.abs(lat - middle.lat) < half.lat && Math.abs(lon - middle.lon) < half.lon,
  );
  return { width: WIDTH, height: HEIGHT, marks, names: namesAmong(inside, at, marks), scale: scaleOf(perKm) };
};

const middleOf = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
const spanOf = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

type Mark = Plan['marks'][number];

/** Marks that would hide one already there step aside, on a spiral, as little as it takes. */
const apart = (wanted: readonly Mark[]): Mark[] => {
  const placed: Mark[] = [];
  for (const mark of wanted) {
    let tried = mark;
    for (
      let step = 1;
      step < 400 && placed.some((other) => Math.hypot(other.x - tried.x, other.y - tried.y) < MARK);
      step += 1
    ) {
      const [turn, far] = [step * 2.4, 4 * Math.sqrt(step)];
      tried = {
        ...mark,
        x: within(mark.x + far * Math.cos(turn), WIDTH),
        y: within(mark.y + far * Math.sin(turn), HEIGHT),
      };
    }
    placed.push(tried);
  }
  return placed;
};

const within = (value: number, end: number): number => Math.round(Math.min(end - MARK / 2, Math.max(MARK / 2, value)));

const MOST_NAMES = 10;

const namesAmong = (
  communes: readonly Named[],
  at: (spot: Spot) => { x: number; y: number },
  marks: readonly Mark[],
): Plan['names'] => {
  const inside = communes
    .map(({ name, population, lat, lon }) => ({ text: name, population: population ?? 0, ...at({ lat, lon }) }))
    .filter(({ text, x }) => x > halfOf(text) && x < WIDTH - halfOf(text))
    .sort((a, b) => b.population - a.population || (a.text < b.text ? -1 : 1));
  const names: Plan['names'][number][] = [];
  for (const { text, x, y } of inside.slice(0, 200)) {
    if (names.length >= MOST_NAMES) break;
    const hidden = marks.some((mark) => Math.hypot(mark.x - x, mark.y - y) < MARK / 2);
    // Above its point; beside the mark that stands on it.
    const tries = hidden ? [y + 34, y - 10] : [y];
    const free = tries.find((at) => !isTaken({ text, x, y: at }, marks, names));
    if (free !== undefined) names.push({ text, x, y: free, dot: !hidden });
  }
  return names;
};

/** Whether a name would cover a mark, another name, or the scale. */
const isTaken = (
  { text, x, y }: { readonly text: string; readonly x: number; readonly y: number },
  marks: readonly Mark[],
  names: Plan['names'],
): boolean => {
  const half = halfOf(text);
  const line = y - 12;
  return (
    line < 8 ||
    line > HEIGHT - 8 ||
    (line > HEIGHT - 44 && x - half < WIDTH / 2) ||
    marks.some((mark) => Math.abs(mark.x - x) < half + MARK / 2 && Math.abs(mark.y - line) < MARK / 2 + 7) ||
    names.some((name) => Math.abs(name.x - x) < half + halfOf(name.text) && Math.abs(name.y - y) < 18)
  );
};

/** Half the width of a name, letters of 14 px. */
const halfOf = (text: string): number => text.length * 4.2;

const rounds = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

/** The longest round distance that takes at most a quarter of the drawing. */
const scaleOf = (perKm: number): Plan['scale'] => {
  const km = rounds.findLast((round) => round * perKm <= WIDTH / 4) ?? 0.1;
  return { km, length: Math.round(km * perKm) };
};
