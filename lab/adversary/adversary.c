// An unprivileged user of a device who wants to be root.
//
//   adversary VICTIMS
//
// VICTIMS is a folder of root's with what it would like to have changed, read or run: secret, settings,
// program, open/, private/; "pwned" there is what it makes when its own program runs as root.
//
// Commands on standard input, a line each, answered by a line:
//   attack WORDS   react eager flip plant foresee: how, until calm
//   calm           gives back what it holds, and does nothing more
//   log            all it saw and did since the last time
#include "adversary.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

struct plan plan;
const char *victims;
uid_t me;

static bool attacking;

static void on_event(const struct inotify_event *event) {
  if ((event->mask & IN_Q_OVERFLOW) != 0) {
    record("overflow", 0, "", "", "");
    folders_forget();
    return;
  }
  struct folder *folder = folder_of(event->wd);
  if (folder == NULL) return;
  if ((event->mask & IN_IGNORED) != 0) {
    close(folder->fd);
    folder->live = false;
    return;
  }
  if (event->len == 0 || own_name(event->name)) return;
  bool is_folder = (event->mask & IN_ISDIR) != 0;
  char mask[32];
  snprintf(mask, sizeof mask, "%x", event->mask);
  record("event", 0, folder->path, event->name, mask);
  char path[PATHS];
  if (snprintf(path, sizeof path, "%s/%s", folder->path, event->name) >= PATHS) return;
  if ((event->mask & (IN_CREATE | IN_MOVED_TO)) != 0) {
    if (!foresee_made(path)) foresee_learn(folder->path, event->name, is_folder);
    if (is_folder) folder_add(path);
  }
  if (!folder->writable) return;
  if ((event->mask & IN_CREATE) != 0 && foresee_made(path)) return;
  struct name *name = name_in(folder, event->name);
  if (name == NULL) return;
  if ((event->mask & (IN_MOVED_FROM | IN_MOVED_TO)) != 0 && name->mine > 0) {
    name->mine--;
    return;
  }
  name->folder = is_folder;
  folder->busy = now();
  answer_event(folder, name);
}

static void take_events(void) {
  static char buffer[1 << 16] __attribute__((aligned(__alignof__(struct inotify_event))));
  for (;;) {
    ssize_t size = read(watcher, buffer, sizeof buffer);
    if (size <= 0) return;
    if (!attacking) continue;
    for (char *at = buffer; at < buffer + size;) {
      const struct inotify_event *event = (const struct inotify_event *)at;
      on_event(event);
      at += sizeof *event + event->len;
    }
  }
}

static void command(char *line) {
  if (strncmp(line, "attack", 6) == 0) {
    struct plan next = {
        .react = strstr(line, "react") != NULL,
        .eager = strstr(line, "eager") != NULL,
        .flip = strstr(line, "flip") != NULL,
        .plant = strstr(line, "plant") != NULL,
        .foresee = strstr(line, "foresee") != NULL,
    };
    plan = next;
    folders_forget();
    folders_find();
    take_events();
    attacking = true;
    record("attack", 0, "", "", line);
    dprintf(STDOUT_FILENO, "attacking\n");
  } else if (strcmp(line, "calm") == 0) {
    plan.foresee = false;
    attacking = false;
    attack_end();
    take_events();
    record("calm", 0, "", "", "");
    dprintf(STDOUT_FILENO, "calm\n");
  } else if (strcmp(line, "log") == 0) {
    record_write(STDOUT_FILENO);
  } else {
    dprintf(STDOUT_FILENO, "what?\n");
  }
}

static void take_commands(void) {
  static char line[256];
  static size_t length;
  char byte;
  for (;;) {
    if (read(STDIN_FILENO, &byte, 1) != 1) exit(0);
    if (byte == '\n') break;
    if (length < sizeof line - 1) line[length++] = byte;
  }
  line[length] = 0;
  length = 0;
  command(line);
}

int main(int count, char **arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: adversary VICTIMS\n");
    return 2;
  }
  victims = arguments[1];
  me = geteuid();
  umask(0);
  watcher = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (watcher < 0) {
    perror("inotify");
    return 1;
  }
  foresee_start();
  dprintf(STDOUT_FILENO, "adversary %u\n", me);
  for (;;) {
    int64_t wait = 1000000000;
    if (attacking) {
      attack_due();
      if ((plan.flip || plan.plant) && chance(3) == 0) attack_any();
      wait = attack_next() - now();
      if (wait > 300000 && (plan.flip || plan.plant)) wait = 300000;
      if (wait < 0) wait = 0;
    }
    struct pollfd ready[] = {{.fd = watcher, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
    struct timespec limit = {.tv_sec = wait / 1000000000, .tv_nsec = wait % 1000000000};
    if (ppoll(ready, 2, &limit, NULL) < 0) return 1;
    if (ready[0].revents != 0) take_events();
    if (ready[1].revents != 0) take_commands();
  }
}
