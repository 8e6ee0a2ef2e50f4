import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AttestationEvent,
  type AttestationState,
  attestationCommands,
  attestationRoles,
  attestationStatuses,
  attestationTable,
  decideAttestation,
  evolveAttestation,
  noAttestation,
  statusOn,
} from './attestation.ts';

const today = Temporal.PlainDate.from('2026-11-22');

/** Written from the sentences of the rule and not from the table: every other combination is refused. */
const allowed = `
  absent     request  holder     requested
  requested  give     moderator  given
  requested  give     system     given
  requested  refuse   moderator  refused
  requested  giveUp   holder     withdrawn
  given      dispute  moderator  disputed
  given      withdraw moderator  withdrawn
  given      giveUp   holder     withdrawn
  given      expire   system     expired
  given      renew    holder     given
  disputed   clear    moderator  given
  disputed   withdraw moderator  withdrawn
  disputed   giveUp   holder     withdrawn
  disputed   expire   system     expired
  refused    request  holder     requested
  expired    renew    holder     given
  expired    withdraw moderator  withdrawn`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

describe('an attestation', () => {
  for (const status of attestationStatuses) {
    for (const command of attestationCommands) {
      for (const role of attestationRoles) {
        const to = allowed.find(([s, c, r]) => s === status && c === command && r === role)?.[3];
        it(`${status}, ${command} by ${role}: ${to ?? 'refused'}`, () => {
          const state: AttestationState = { status, until: '2026-11-21', reason: null };
          const decided = decideAttestation(state, { command, role, today, reason: 'r1' });
          expect(decided.ok ? decided.value.reduce(evolveAttestation, state).status : undefined).toBe(to);
        });
      }
    }
  }

  it('is not refused, disputed or withdrawn by a moderator without a reason', () => {
    for (const [status, command] of [
      ['requested', 'refuse'],
      ['given', 'dispute'],
      ['disputed', 'withdraw'],
    ] as const) {
      const decided = decideAttestation({ status, until: null, reason: null }, { command, role: 'moderator', today });
      expect(decided).toMatchObject({ ok: false, error: { code: 'reason_missing', field: 'reason' } });
    }
  });

  it('is given for twelve months, and not ended before', () => {
    const asked: AttestationState = { status: 'requested', until: null, reason: null };
    const given = decideAttestation(asked, { command: 'give', role: 'system', today });
    const state = given.ok ? given.value.reduce(evolveAttestation, asked) : asked;
    expect(state).toEqual({ status: 'given', until: '2027-11-22', reason: null });
    const lastDay = Temporal.PlainDate.from('2027-11-22');
    expect(decideAttestation(state, { command: 'expire', role: 'system', today: lastDay }).ok).toBe(false);
    const next = lastDay.add({ days: 1 });
    expect(decideAttestation(state, { command: 'expire', role: 'system', today: next }).ok).toBe(true);
    expect([statusOn(state, lastDay), statusOn(state, next)]).toEqual(['given', 'expired']);
  });

  it('never comes back once withdrawn, whatever is ordered', () => {
    const order = fc.record({
      command: fc.constantFrom(...attestationCommands),
      role: fc.constantFrom(...attestationRoles),
      today: fc.constant(today),
      reason: fc.constant('r'),
    });
    fc.assert(
      fc.property(fc.array(order, { maxLength: 30 }), (orders) => {
        let state = noAttestation;
        let withdrawn = false;
        for (const each of orders) {
          const decided = decideAttestation(state, each);
          const events: readonly AttestationEvent[] = decided.ok ? decided.value : [];
          state = events.reduce(evolveAttestation, state);
          withdrawn ||= state.status === 'withdrawn';
          expect(withdrawn && state.status !== 'withdrawn').toBe(false);
        }
      }),
    );
  });

  it('names no role nor command besides those of the rule', () => {
    const written = Object.entries(attestationTable).flatMap(([status, commands]) =>
      Object.entries(commands).flatMap(([command, { to, by }]) => by.map((role) => [status, command, role, to])),
    );
    expect(written.toSorted()).toEqual(allowed.toSorted());
  });
});
