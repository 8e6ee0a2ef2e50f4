/** Whether somebody of a jury said their interests. */
export const declaredWords = {
  todo: 'n’a pas encore dit ses intérêts',
  later: 'répondra plus tard',
  declared: 'intérêts déclarés',
} as const;
