/** What a Maison counted in a year, without anybody: its welcome desk, its agenda, its appointments. */
export interface YearFigures {
  readonly counted: readonly {
    readonly site: string;
    readonly day: Temporal.PlainDate;
    readonly half: string;
    readonly question: string;
    readonly answer: string;
    readonly taps: number;
  }[];
  /** One line for each date that took place. */
  readonly dates: readonly {
    readonly day: Temporal.PlainDate;
    readonly kind: string;
    readonly booked: number;
    readonly came: number;
  }[];
  readonly appointments: readonly {
    readonly month: Temporal.PlainDate;
    readonly mode: string;
    readonly booked: number;
    readonly came: number;
  }[];
}
