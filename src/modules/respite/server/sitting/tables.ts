import type { TerritoryReportTable } from '#modules/professionals/server/index.ts';
import type { Scope } from '#platform/permissions.ts';
import type { AgeGroup, DayPart } from '../../free-place.ts';
import type { SittingStatus } from '../../sitting.ts';

export type TeamStatus = 'asked' | 'open' | 'closed';

interface SittingTeamTable {
  registration: string;
  /** The families who may ask: of a commune, an intercommunalité or a département. */
  scope: Scope;
  /** How it knows its volunteers, for parents to read. */
  words: string;
  status: TeamStatus;
  insee: string;
  epci: string | null;
  departement: string;
  region: string;
  changed_at: Temporal.Instant;
}

interface SittingVolunteerTable {
  id: string;
  registration: string;
  name: string;
  email: string;
  phone: string;
  added_at: Temporal.Instant;
}

interface SittingRequestTable {
  id: string;
  registration: string;
  insee: string;
  day: Temporal.PlainDate;
  part: DayPart;
  children: number;
  ages: AgeGroup[];
  name: string;
  email: string;
  phone: string;
  status: SittingStatus;
  /** Who is proposed, or has agreed. */
  volunteer: string | null;
  asked_at: Temporal.Instant;
}

/** What opens the page of one side: a family’s request, or what a volunteer was proposed. */
interface SittingKeyTable {
  token_hash: string;
  request: string | null;
  /** Absent for the family. */
  volunteer: string | null;
}

declare module '#platform/server/database/database.ts' {
  interface Tables {
    sitting_team: SittingTeamTable;
    sitting_volunteer: SittingVolunteerTable;
    sitting_request: SittingRequestTable;
    sitting_key: SittingKeyTable;
    sitting_report: TerritoryReportTable;
  }
}
