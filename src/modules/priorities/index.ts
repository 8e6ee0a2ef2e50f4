export {
  findTheme,
  type Priority,
  type PriorityNumber,
  priorityNumber,
  priorityNumbers,
  type Theme,
} from './priority.ts';
