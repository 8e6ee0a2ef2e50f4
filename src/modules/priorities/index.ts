export {
  findTheme,
  isPriorityNumber,
  type Priority,
  type PriorityNumber,
  priorityNumber,
  priorityNumbers,
  priorityParameter,
  type Theme,
} from './priority.ts';
