import { describe, expect, it } from 'vitest';
import { caseCommands, caseKinds, caseRoles, caseStatuses, caseTable, decideCase, evolveCase } from './case.ts';

/** Written from the sentences of the rule and not from the table: every other combination is refused. */
const allowed = `
  absent    propose  author     waiting
  absent    propose  trusted    waiting
  absent    propose  moderator  waiting
  absent    publish  trusted    published
  absent    publish  moderator  published
  waiting   prove    author     published
  waiting   accept   moderator  accepted
  waiting   refuse   moderator  refused
  waiting   withdraw author     withdrawn
  waiting   withdraw trusted    withdrawn
  waiting   supersede author    withdrawn
  waiting   supersede trusted   withdrawn
  published supersede author    withdrawn
  published supersede trusted   withdrawn
  published accept   moderator  accepted
  published refuse   moderator  refused
  published undo     moderator  undone
  accepted  undo     moderator  undone`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

describe('a case before the moderators', () => {
  for (const status of caseStatuses) {
    for (const command of caseCommands) {
      for (const role of caseRoles) {
        const to = allowed.find(([s, c, r]) => s === status && c === command && r === role)?.[3];
        it(`${status}, ${command} by ${role}: ${to ?? 'refused'}`, () => {
          const state = { status, kind: 'claim' } as const;
          const decided = decideCase(state, { command, role, kind: 'claim', reason: 'r1' });
          expect(decided.ok ? decided.value.reduce(evolveCase, state).status : undefined).toBe(to);
        });
      }
    }
  }

  it('is not decided by who proposed it', () => {
    const order = { command: 'accept', role: 'moderator', kind: 'correction', own: true } as const;
    expect(decideCase({ status: 'waiting', kind: 'correction' }, order)).toMatchObject({
      error: { code: 'own_proposal' },
    });
  });

  it('is not refused without a reason', () => {
    const order = { command: 'refuse', role: 'moderator', kind: 'correction' } as const;
    expect(decideCase({ status: 'waiting', kind: 'correction' }, order)).toMatchObject({
      error: { code: 'reason_missing' },
    });
  });

  it('entrusts a listing without proof, or takes it back, with a motive only', () => {
    const without = (status: 'waiting' | 'published' | 'accepted', command: 'accept' | 'undo') =>
      decideCase({ status, kind: 'claim' }, { command, role: 'moderator', kind: 'claim' }).ok;
    expect(without('waiting', 'accept')).toBe(false);
    expect(without('accepted', 'undo')).toBe(false);
    expect(without('published', 'undo')).toBe(false);
    // Proved already: to read it is enough.
    expect(without('published', 'accept')).toBe(true);
  });

  it.each(caseKinds)('is proved by a code only when it is a claim: %s', (kind) => {
    const proved = decideCase({ status: 'waiting', kind }, { command: 'prove', role: 'author', kind });
    expect(proved.ok).toBe(kind === 'claim');
  });

  it('is taken back only where two listings were made one, or one was entrusted', () => {
    const order = { command: 'undo', role: 'moderator', kind: 'correction' } as const;
    expect(decideCase({ status: 'accepted', kind: 'correction' }, order)).toMatchObject({
      error: { code: 'cannot_undo' },
    });
  });

  it('names no role nor command besides those of the rule', () => {
    const written = Object.entries(caseTable).flatMap(([status, commands]) =>
      Object.entries(commands).flatMap(([command, { to, by }]) => by.map((role) => [status, command, role, to])),
    );
    expect(written.toSorted()).toEqual(allowed.toSorted());
  });
});
