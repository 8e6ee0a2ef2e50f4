import { formatDay } from '#messages/format.ts';
import type { CallNews } from '#modules/calls/server/index.ts';
import { dayAt } from '#platform/clock.ts';

/** What happened to a call, as its applicants read it; nothing when nothing did. */
export const newsSaid = ({ cancelled, amendments, zone }: CallNews) =>
  cancelled === undefined && amendments.length === 0
    ? undefined
    : {
        cancelled,
        amendments: amendments.map(({ text, at }) => ({
          on: formatDay('fr', dayAt(Temporal.Instant.from(at), zone).toString()),
          text,
        })),
      };
