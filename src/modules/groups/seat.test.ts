import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decideSeat,
  type SeatCommand,
  type SeatRole,
  type SeatStatus,
  seatCommands,
  seatRoles,
  seatStatuses,
} from './seat.ts';

/** The table, written a second time as sentences: from where, who, what, to where. Everything else is refused. */
const allowed = new Map(
  `absent parent ask asked
  asked parent confirm waiting
  asked parent leave ended
  waiting team accept member
  waiting parent leave ended
  member team release waiting
  member moderator release waiting
  member team remove ended
  member parent leave ended`
    .split('\n')
    .map((line) => {
      const [from, role, command, to] = line.trim().split(' ');
      return [`${from} ${role} ${command}`, to] as const;
    }),
);

test('every state, every role, every command: what is not written is refused', () => {
  let tried = 0;
  for (const from of seatStatuses) {
    for (const role of seatRoles) {
      for (const command of seatCommands) {
        const decided = decideSeat(from, command, role);
        expect(decided.ok ? decided.value : undefined, `${from} ${role} ${command}`).toBe(
          allowed.get(`${from} ${role} ${command}`),
        );
        tried += 1;
      }
    }
  }
  expect([tried, allowed.size]).toEqual([5 * 4 * 6, 9]);
});

test('whatever was done before, whoever asked may leave, and nobody comes back from there', () => {
  const step = fc.tuple(fc.constantFrom(...seatRoles), fc.constantFrom(...seatCommands));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps: [SeatRole, SeatCommand][]) => {
      let status: SeatStatus = 'absent';
      for (const [role, command] of steps) {
        const decided = decideSeat(status, command, role);
        if (status === 'ended') expect(decided.ok).toBe(false);
        if (decided.ok) status = decided.value;
      }
      if (status !== 'absent' && status !== 'ended')
        expect(decideSeat(status, 'leave', 'parent')).toEqual({ ok: true, value: 'ended' });
    }),
  );
});
