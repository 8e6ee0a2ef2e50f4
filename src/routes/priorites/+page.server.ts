import { catalogue, countOfProjects } from '#modules/initiatives/server/index.ts';
import { allPriorities } from '#modules/priorities/server/index.ts';

export const load = ({ locals }) => {
  const { entries } = catalogue(locals.context);
  return {
    priorities: allPriorities().map(({ number, title, lead }) => ({
      ...{ number, title, lead },
      count: countOfProjects(entries.filter(({ initiative }) => initiative.priorities.includes(number)).length),
    })),
  };
};
