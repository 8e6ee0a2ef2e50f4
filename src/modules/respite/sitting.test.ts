import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decideSitting,
  evolveSitting,
  type SittingCommand,
  type SittingRole,
  type SittingStatus,
  showsContacts,
  sittingCommands,
  sittingRoles,
  sittingStatuses,
} from './sitting.ts';

/** The table, written a second time as sentences: who may do what, from where, to where. Everything else is refused. */
const sentences = `
absent: parent ask waiting
waiting: team propose proposed, parent close closed, team close closed
proposed: parent agree parentAgreed, volunteer agree volunteerAgreed, parent decline waiting, volunteer decline waiting,
  team decline waiting, parent close closed, team close closed
parentAgreed: volunteer agree agreed, parent decline waiting, volunteer decline waiting, team decline waiting,
  parent close closed, team close closed
volunteerAgreed: parent agree agreed, parent decline waiting, volunteer decline waiting, team decline waiting,
  parent close closed, team close closed
agreed: parent decline waiting, volunteer decline waiting, team decline waiting, parent close closed, team close closed
closed:`;
const allowed = new Map(
  sentences
    .replaceAll(/,\s+/g, ',')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [from = '', ways = ''] = line.split(':');
      return ways
        .trim()
        .split(',')
        .filter(Boolean)
        .map((way) => {
          const [role, command, to] = way.split(' ');
          return [`${from} ${role} ${command}`, to] as const;
        });
    }),
);

const every = sittingStatuses.flatMap((from) =>
  sittingRoles.flatMap((role) => sittingCommands.map((command) => [from, role, command] as const)),
);

test('every state, every role, every command: what is not written is refused', () => {
  expect(every.length).toBe(7 * 4 * 5);
  for (const [from, role, command] of every) {
    const decided = decideSitting(from, command, role);
    const to = decided.ok ? decided.value.at(-1)?.data.to : undefined;
    expect(to, `${from} ${role} ${command}`).toBe(allowed.get(`${from} ${role} ${command}`));
  }
  expect(allowed.size).toBe(28);
});

test('whatever is done, nobody’s contact is shown unless both said yes to the same proposal', () => {
  const step = fc.record({ role: fc.constantFrom(...sittingRoles), command: fc.constantFrom(...sittingCommands) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let status: SittingStatus = 'absent';
      const yes = new Set<SittingRole>();
      for (const { role, command } of steps as { role: SittingRole; command: SittingCommand }[]) {
        const decided = decideSitting(status, command, role);
        if (!decided.ok) continue;
        if (command === 'agree') yes.add(role);
        else yes.clear();
        for (const { data } of decided.value) {
          status = evolveSitting(status, { data });
        }
        expect(showsContacts(status)).toBe(yes.has('parent') && yes.has('volunteer'));
      }
    }),
  );
});
