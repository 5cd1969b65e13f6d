/*
 * M/M/8 at rho = 0.9 with a binary event heap and a FIFO ring of waiters: the reference that the
 * simulator's speed is measured against. Prints customers, seconds and the mean wait.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SERVERS 8
#define RING (1 << 16)

typedef struct { double time; uint64_t order; int id; } Event;

static Event heap[64];
static int size = 0;
static uint64_t next_order = 0;
static uint64_t state[2] = {0x9e3779b97f4a7c15ULL, 0xbf58476d1ce4e5b9ULL};

static uint64_t next_word(void) { /* xoroshiro128+ */
  const uint64_t a = state[0];
  uint64_t b = state[1];
  const uint64_t sum = a + b;
  b ^= a;
  state[0] = ((a << 24) | (a >> 40)) ^ b ^ (b << 16);
  state[1] = (b << 37) | (b >> 27);
  return sum;
}

static double exponential(double mean) {
  return -mean * log(1.0 - (double)(next_word() >> 11) * 0x1.0p-53);
}

static int before(const Event *a, const Event *b) {
  return a->time < b->time || (a->time == b->time && a->order < b->order);
}

static void push(double time, int id) {
  const Event event = {time, next_order++, id};
  int hole = size++;
  while (hole > 0 && before(&event, &heap[(hole - 1) / 2])) {
    heap[hole] = heap[(hole - 1) / 2];
    hole = (hole - 1) / 2;
  }
  heap[hole] = event;
}

static Event pop(void) {
  const Event first = heap[0];
  const Event last = heap[--size];
  int hole = 0;
  for (int child = 1; child < size; child = 2 * hole + 1) {
    if (child + 1 < size && before(&heap[child + 1], &heap[child])) child++;
    if (!before(&heap[child], &last)) break;
    heap[hole] = heap[child];
    hole = child;
  }
  heap[hole] = last;
  return first;
}

int main(int argc, char **argv) {
  const long customers = argc > 1 ? atol(argv[1]) : 2000000;
  static double since[RING];
  long arrived = 0, served = 0;
  unsigned head = 0, waiting = 0;
  int busy = 0;
  double wait_sum = 0, last = 0, busy_sec = 0, queue_sec = 0;
  struct timespec from, to;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
  push(exponential(1.0 / 7.2), -1);
  while (served < customers) {
    const Event event = pop();
    const double now = event.time;
    busy_sec += busy * (now - last);
    queue_sec += waiting * (now - last);
    last = now;
    if (event.id < 0) {
      arrived++;
      if (busy < SERVERS) {
        busy++;
        push(now + exponential(1.0), 0);
      } else {
        since[(head + waiting++) % RING] = now;
      }
      push(now + exponential(1.0 / 7.2), -1);
    } else {
      served++;
      if (waiting > 0) {
        wait_sum += now - since[head];
        head = (head + 1) % RING;
        waiting--;
        push(now + exponential(1.0), 0);
      } else {
        busy--;
      }
    }
  }
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
  const double seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) * 1e-9;
  printf("%ld %.9f %.6f %.6f %.6f\n", served, seconds, wait_sum / served, busy_sec / last, queue_sec / last);
  return arrived < served;
}
