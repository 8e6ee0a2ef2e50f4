import { expect, onTestFinished, test, vi } from 'vitest';
import { collectAtRest } from './rest.ts';

const watch = () => {
  vi.useFakeTimers();
  const state = { busy: 0, heap: 100 };
  const collect = vi.fn(() => {
    state.heap = 60;
  });
  const rest = collectAtRest({ busy: () => state.busy, heap: () => state.heap, collect }, 10_000);
  onTestFinished(() => {
    rest.stop();
    vi.useRealTimers();
  });
  return { state, collect, wait: () => vi.advanceTimersByTime(10_000) };
};

test('what the start left is given back once there is nothing to do, and only once', () => {
  const { state, collect, wait } = watch();
  state.busy = 0.5;
  wait();
  expect(collect).not.toHaveBeenCalled();
  state.busy = 0.01;
  wait();
  wait();
  expect(collect).toHaveBeenCalledTimes(1);
});

test('what a rush left is given back after it, a little growth is not', () => {
  const { state, collect, wait } = watch();
  wait();
  state.heap = 70;
  wait();
  expect(collect).toHaveBeenCalledTimes(1);
  state.heap = 90;
  state.busy = 0.3;
  wait();
  expect(collect).toHaveBeenCalledTimes(1);
  state.busy = 0;
  wait();
  expect(collect).toHaveBeenCalledTimes(2);
});
