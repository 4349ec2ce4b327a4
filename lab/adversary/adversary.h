// An unprivileged user of a device who wants to be root: what its parts share.
//
// It knows no operation. It watches the folders that it may write to or read and the process list, and
// attacks whatever name appears there.
#pragma once

#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { FOLDERS = 8192, NAMES = 256, PATHS = 1024 };

// A name that was seen in a folder, there or not.
struct name {
  char text[NAME_MAX + 1];
  bool folder;
  unsigned mine;      // events still to come that its own acts caused
  unsigned events;    // since the attack began
  unsigned react_at;  // the event that is answered by an attack
  bool barred;        // the system does not let it be moved
};

struct folder {
  char path[PATHS];
  int fd;
  int watch;
  bool live;
  bool writable;
  int64_t busy;  // when somebody else was last seen there
  int count;
  struct name names[];
};

// How the present attack goes about it; from the commands on standard input.
struct plan {
  bool react;      // to events
  bool eager;      // to the first event of each name, else to one drawn by lot
  bool flip;       // names that are there, without an event
  bool plant;      // names that are not
  bool foresee;    // names made of words in the process list
};

extern struct plan plan;
extern const char *victims;
extern uid_t me;

// record.c
int64_t now(void);
void record(const char *act, int result, const char *folder, const char *name, const char *detail);
void record_write(int out);
unsigned chance(unsigned below);

// folders.c: all folders of interest, watched.
extern struct folder *folders[FOLDERS];
extern int folder_count;
extern int watcher;
void folders_find(void);
void folders_forget(void);
struct folder *folder_add(const char *path);
struct folder *folder_of(int watch);
struct name *name_in(struct folder *folder, const char *text);
bool own_name(const char *text);
unsigned which_event(void);

// attack.c
void attack_name(struct folder *folder, struct name *name, const char *why);
void attack_any(void);
void attack_due(void);
void attack_end(void);
int64_t attack_next(void);
void answer_event(struct folder *folder, struct name *name);

// foresight.c: names that stand in the process list before they are there.
void foresee_start(void);
void foresee_learn(const char *folder, const char *name, bool is_folder);
bool foresee_made(const char *path);
