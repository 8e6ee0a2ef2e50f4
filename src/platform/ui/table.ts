/** A row of Table: anything that has an identity. */
export interface TableRow {
  readonly id: string | number;
}
