// What the adversary saw and did, kept in memory until it is asked for: a file would be an event of its
// own.
#include "adversary.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 48 << 20, LINE = 4096 };

static char text[ROOM];
static size_t length;
static unsigned long lost;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

// The clock that strace stamps its lines with.
int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

// One line: time, act, errno or 0, folder, name, detail, by tabs.
void record(const char *act, int result, const char *folder, const char *name, const char *detail) {
  int64_t time = now();
  pthread_mutex_lock(&lock);
  if (length + LINE < ROOM) {
    int size = snprintf(text + length, LINE, "%lld\t%s\t%d\t%s\t%s\t%s\n", (long long)time, act, result,
                        folder, name, detail);
    length += size < LINE ? (size_t)size : LINE - 1;
  } else {
    lost++;
  }
  pthread_mutex_unlock(&lock);
}

// A line with the number of bytes and of lines that found no room, then the bytes.
void record_write(int out) {
  pthread_mutex_lock(&lock);
  dprintf(out, "log %zu %lu\n", length, lost);
  for (size_t done = 0; done < length;) {
    ssize_t size = write(out, text + done, length - done);
    if (size <= 0) _exit(1);
    done += (size_t)size;
  }
  length = 0;
  lost = 0;
  pthread_mutex_unlock(&lock);
}

unsigned chance(unsigned below) {
  static _Thread_local uint64_t state;
  if (state == 0) state = (uint64_t)now() | 1;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (unsigned)((state >> 11) % below);
}
