import { catalogue, countOfProjects } from '#modules/initiatives/server/index.ts';
import { allPriorities } from '#modules/priorities/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ locals }) => {
  const { entries } = catalogue(locals.context);
  return unsent({
    priorities: allPriorities().map(({ number, title, lead }) => ({
      ...{ number, title, lead },
      count: countOfProjects(entries.filter(({ initiative }) => initiative.priorities.includes(number)).length),
    })),
  });
};
