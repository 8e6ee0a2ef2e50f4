import type { TerritoryReportTable } from '#modules/professionals/server/index.ts';
import type { Scope } from '#platform/permissions.ts';
import type { SeatStatus } from '../seat.ts';
import type { Situation } from '../situation.ts';

export type TeamStatus = 'asked' | 'open' | 'closed';

interface GroupTeamTable {
  registration: string;
  /** Where it animates groups: an intercommunalité or a département. */
  scope: Scope;
  /** It brings together families of the same month. */
  births: boolean;
  /** It has groups of its own for those who share a situation: they are listed, nobody enrols here. */
  situations: Situation[];
  /** Who animates and how, for parents to read. */
  words: string;
  status: TeamStatus;
  insee: string;
  epci: string | null;
  departement: string;
  region: string;
  changed_at: Temporal.Instant;
}

interface BirthGroupTable {
  id: string;
  registration: string;
  scope: `commune:${string}` | `epci:${string}`;
  month: Temporal.PlainDate;
  formed_at: Temporal.Instant;
}

/** One family’s wish to meet others. Once ended, its name and mailbox are empty: only a count is left, for some days. */
interface GroupSeatTable {
  id: string;
  insee: string;
  epci: string | null;
  departement: string;
  month: Temporal.PlainDate;
  name: string;
  email: string;
  status: SeatStatus;
  group_id: string | null;
  asked_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
}

/** What opens a family’s page: one word in each message, kept as a hash. */
interface GroupKeyTable {
  token_hash: string;
  seat: string;
}

interface GroupMessageTable {
  id: string;
  group_id: string;
  text: string;
  sent_at: Temporal.Instant;
}

interface GroupSeriesTable {
  series: string;
  group_id: string;
}

declare module '#platform/server/database/database.ts' {
  interface Tables {
    group_team: GroupTeamTable;
    birth_group: BirthGroupTable;
    group_seat: GroupSeatTable;
    group_key: GroupKeyTable;
    group_message: GroupMessageTable;
    group_report: TerritoryReportTable;
    group_series: GroupSeriesTable;
  }
}
