import type { ColumnType, Generated } from 'kysely';
import type { Closure, Entity, FieldsOf, State } from '../model.ts';
import type { Provenance } from '../provenance.ts';

/** JSON is written as text, so that what comes back is what was written. */
type Json<T> = ColumnType<T, string | undefined, string>;

interface Sourced {
  id: Generated<number>;
  source: string;
  source_ref: string;
  provenance: Json<Provenance>;
  state: Generated<State>;
  closed_on: Temporal.PlainDate | null;
  changed_at: Generated<Temporal.Instant>;
}

/** Every field has its column; one that is not known is null, or an empty list. */
type Columns<E extends Entity> = {
  [Name in keyof FieldsOf[E]]-?: Exclude<FieldsOf[E][Name], undefined>;
};

export interface DirectoryTables {
  directory_source: {
    id: string;
    title: string;
    publisher: string | null;
    licence: string | null;
    url: string | null;
    dated: ColumnType<Temporal.PlainDate | null, string | null, string | null>;
  };
  organisation: Sourced & Columns<'organisation'>;
  place: Sourced &
    Omit<Columns<'place'>, 'closures'> & {
      closures: Json<Closure[]>;
      slug: string;
      organisation_id: number | null;
      checked_on: Temporal.PlainDate | null;
    };
  professional: Sourced & Columns<'professional'> & { slug: string; organisation_id: number | null };
  service: Sourced &
    Columns<'service'> & {
      slug: string;
      organisation_id: number | null;
      professional_id: number | null;
      checked_on: Temporal.PlainDate | null;
    };
  tour: Sourced & Columns<'tour'> & { organisation_id: number | null };
  tour_stop: Sourced & Columns<'tour_stop'> & { tour_id: number };
  placement: {
    id: Generated<number>;
    service_id: number;
    place_id: number | null;
    tour_id: number | null;
    hours: string | null;
    areas: string[];
    /** Of `hours` and `areas`. */
    provenance: Json<Provenance>;
  };
  timetable: {
    id: Generated<number>;
    key: string;
    recipe: Json<unknown>;
    first_week: ColumnType<Temporal.PlainDate, string, string>;
    bitmaps: Buffer;
    weeks: number[];
    unsure: number[];
    trouble: string | null;
    /** Version of the rules by which it was compiled. */
    rules: Generated<number>;
  };
  offer: {
    id: Generated<number>;
    placement_id: number;
    stop_id: number | null;
    service_id: number;
    place_id: number | null;
    tour_id: number | null;
    gone: boolean;
    lat: number | null;
    lon: number | null;
    insee: string | null;
    areas: string[];
    kind: number;
    priorities: number;
    audiences: number;
    modes: number;
    access: number;
    languages: number;
    costs: number;
    stage_from: number;
    stage_to: number;
    time_zone: string;
    timetable_id: number | null;
    terms: string;
    shown: string;
    changed_in: Generated<string>;
  };
  import_seen: { run: string; entity: Entity; source_ref: string };
  directory_content: { single: Generated<boolean>; fingerprint: string };
  directory_rules: {
    single: Generated<boolean>;
    followed: number;
    toward: number | null;
    reached: number | null;
  };
  directory_report: {
    id: string;
    /** `missing`: a place that is not there; `subject_id` is then 0. */
    subject: 'place' | 'service' | 'missing';
    subject_id: number;
    message: string;
    reply_to: string | null;
    created_at: ColumnType<Temporal.Instant, string, string>;
    closed_at: ColumnType<Temporal.Instant, string, string> | null;
  };
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends DirectoryTables {}
}
