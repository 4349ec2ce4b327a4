// What the adversary does to a name: puts something of its own in its place, and after a while back.
#include "adversary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum decoy {
  LINK_TO_SECRET,
  LINK_TO_SETTINGS,
  LINK_TO_PROGRAM,
  LINK_TO_NOTHING,
  LINK_TO_FOLDER,
  LINK_TO_PRIVATE_FOLDER,
  HARD_LINK,
  OWN_PROGRAM,
  OWN_FILE,
  OWN_FOLDER,
  PIPE,
};

static const char *const words[] = {
    "link-to-secret", "link-to-settings",       "link-to-program", "link-to-nothing",
    "link-to-folder", "link-to-private-folder", "hard-link",       "own-program",
    "own-file",       "own-folder",             "pipe",
};

// By lot: what stands more often is drawn more often.
static const enum decoy for_files[] = {
    LINK_TO_SECRET, LINK_TO_SECRET,  LINK_TO_SECRET,  LINK_TO_SETTINGS, LINK_TO_SETTINGS, LINK_TO_PROGRAM,
    OWN_PROGRAM,    OWN_PROGRAM,     OWN_PROGRAM,     OWN_FILE,         LINK_TO_NOTHING,  LINK_TO_FOLDER,
    HARD_LINK,      OWN_FOLDER,      PIPE,
};
static const enum decoy for_folders[] = {
    LINK_TO_FOLDER, LINK_TO_FOLDER, LINK_TO_PRIVATE_FOLDER, OWN_FOLDER, OWN_FOLDER, LINK_TO_SECRET,
};
static const enum decoy for_nothing[] = {
    LINK_TO_SECRET, LINK_TO_SECRET, LINK_TO_SETTINGS, LINK_TO_NOTHING, LINK_TO_FOLDER,
    OWN_FILE,       OWN_PROGRAM,    OWN_FOLDER,       PIPE,
};
#define DRAW(from) from[chance(sizeof from / sizeof *from)]

// A name that holds a decoy, and what it held under a name beside it.
struct held {
  struct folder *folder;
  char name[NAME_MAX + 1];
  char beside[32];
  bool was_there;
  int pipe;
  int64_t until;
};

enum { HELD = 32 };
static struct held held[HELD];
static int held_count;
static unsigned serial;

static void own_program(int folder, const char *name, off_t size) {
  int fd = openat(folder, name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0755);
  if (fd < 0) return;
  dprintf(fd, "#!/bin/sh\nid -u >%s/pwned\nexit 0\n", victims);
  // As long as what it stands in for, in case that is compared.
  off_t so_far = lseek(fd, 0, SEEK_CUR);
  for (; so_far < size && so_far < 65536; so_far++) {
    if (write(fd, "#", 1) != 1) break;
  }
  fchmod(fd, 0755);
  close(fd);
}

static int make(enum decoy decoy, struct folder *folder, const char *name, off_t size, int *pipe) {
  static const char *const targets[] = {"secret",   "settings", "program", "open/made-by-a-link",
                                        "open",     "private"};
  char path[PATHS];
  switch (decoy) {
    case HARD_LINK:
      snprintf(path, sizeof path, "%s/settings", victims);
      return linkat(AT_FDCWD, path, folder->fd, name, 0);
    case OWN_PROGRAM:
      own_program(folder->fd, name, size);
      return 0;
    case OWN_FILE: {
      int fd = openat(folder->fd, name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
      if (fd < 0) return -1;
      fchmod(fd, 0666);
      if (ftruncate(fd, size < 65536 ? size : 0) != 0) errno = 0;
      return close(fd);
    }
    case OWN_FOLDER: {
      if (mkdirat(folder->fd, name, 0777) != 0) return -1;
      fchmodat(folder->fd, name, 0777, 0);
      return 0;
    }
    case PIPE:
      if (mkfifoat(folder->fd, name, 0666) != 0) return -1;
      fchmodat(folder->fd, name, 0666, 0);
      // With both its ends open here nobody waits for the other one.
      *pipe = openat(folder->fd, name, O_RDWR | O_NONBLOCK | O_CLOEXEC);
      return 0;
    default:
      snprintf(path, sizeof path, "%s/%s", victims, targets[decoy]);
      return symlinkat(path, folder->fd, name);
  }
}

// From 0.1 to 200 ms, each order of magnitude as often as the others; how long it takes the other side to
// start a program is in it anywhere.
static int64_t a_while(void) {
  int64_t time = 100000;
  for (unsigned n = chance(12); n > 0; n--) time *= 2;
  return time;
}

// Links from each name known in the folder to a victim, for whoever comes to look for it there.
static void furnish(const struct folder *folder, const char *name) {
  char path[PATHS];
  if (snprintf(path, sizeof path, "%s/%s", folder->path, name) >= PATHS) return;
  int fd = openat(folder->fd, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return;
  for (int i = 0; i < folder_count; i++) {
    if (strcmp(folders[i]->path, path) != 0) continue;
    for (int j = 0; j < folders[i]->count && j < 16; j++) {
      const struct name *known = &folders[i]->names[j];
      char target[PATHS];
      snprintf(target, sizeof target, "%s/%s", victims, known->folder ? "open" : "secret");
      if (!own_name(known->text) && symlinkat(target, fd, known->text) != 0) errno = 0;
    }
  }
  close(fd);
}

static void attack_with(struct folder *folder, struct name *name, const char *why, bool program) {
  if (held_count == HELD || !folder->writable) return;
  for (int i = 0; i < held_count; i++) {
    if (held[i].folder == folder && strcmp(held[i].name, name->text) == 0) return;
  }
  struct stat is;
  bool there = fstatat(folder->fd, name->text, &is, AT_SYMLINK_NOFOLLOW) == 0;
  if (there) name->folder = S_ISDIR(is.st_mode);
  struct held *hold = &held[held_count];
  *hold = (struct held){.folder = folder, .was_there = there, .pipe = -1};
  snprintf(hold->name, sizeof hold->name, "%s", name->text);
  snprintf(hold->beside, sizeof hold->beside, ".~%u", serial++);
  enum decoy decoy = program         ? OWN_PROGRAM
                     : !there        ? DRAW(for_nothing)
                     : name->folder  ? DRAW(for_folders)
                                     : DRAW(for_files);
  if (make(decoy, folder, hold->beside, there ? is.st_size : 0, &hold->pipe) != 0) {
    record("make", errno, folder->path, name->text, words[decoy]);
    return;
  }
  if (decoy == OWN_FOLDER && chance(2) == 0) {
    // furnish looks at the names that were known below, so it goes by the name that it will have.
    furnish(folder, name->text);
  }
  int flag = there ? RENAME_EXCHANGE : RENAME_NOREPLACE;
  int result = renameat2(folder->fd, hold->beside, folder->fd, hold->name, flag) == 0 ? 0 : errno;
  char detail[64];
  snprintf(detail, sizeof detail, "%s %s", words[decoy], why);
  record(there ? "swap" : "plant", result, folder->path, hold->name, detail);
  name->barred = result == EPERM || result == EACCES;
  if (result != 0) {
    unlinkat(folder->fd, hold->beside, decoy == OWN_FOLDER ? AT_REMOVEDIR : 0);
    if (hold->pipe >= 0) close(hold->pipe);
    return;
  }
  name->mine += there ? 2 : 1;
  hold->until = now() + (program ? 300000000 : a_while());
  held_count++;
  if (decoy == OWN_FOLDER) {
    char path[PATHS];
    if (snprintf(path, sizeof path, "%s/%s", folder->path, hold->name) < PATHS) folder_add(path);
    if (!there || chance(2) == 0) furnish(folder, hold->name);
  }
}

void attack_name(struct folder *folder, struct name *name, const char *why) {
  attack_with(folder, name, why, false);
}

// What somebody else makes a program is going to be run.
static bool becomes_program(const struct folder *folder, const struct name *name) {
  struct stat is;
  return fstatat(folder->fd, name->text, &is, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(is.st_mode) &&
         is.st_uid != me && (is.st_mode & S_IXUSR) != 0;
}

// What somebody wrote into a pipe is kept where anybody may read it.
static void drain(struct held *hold) {
  char text[65536];
  ssize_t size = read(hold->pipe, text, sizeof text);
  if (size > 0) {
    int fd = openat(hold->folder->fd, ".~loot", O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0644);
    if (fd >= 0) {
      if (write(fd, text, (size_t)size) != size) errno = 0;
      close(fd);
    }
    record("loot", 0, hold->folder->path, hold->name, "pipe");
  }
  close(hold->pipe);
}

static void remove_own(struct folder *folder, const char *name) {
  struct stat is;
  if (fstatat(folder->fd, name, &is, AT_SYMLINK_NOFOLLOW) != 0) return;
  if (!S_ISDIR(is.st_mode)) {
    // What holds others' words is evidence.
    if (S_ISREG(is.st_mode) && is.st_size > 0) return;
    unlinkat(folder->fd, name, 0);
  } else {
    unlinkat(folder->fd, name, AT_REMOVEDIR);
  }
}

static void give_back(struct held *hold) {
  struct folder *folder = hold->folder;
  struct name *name = name_in(folder, hold->name);
  int result = 0;
  if (hold->was_there) {
    if (renameat2(folder->fd, hold->beside, folder->fd, hold->name, RENAME_EXCHANGE) == 0) {
      if (name != NULL) name->mine += 2;
    } else if (renameat2(folder->fd, hold->beside, folder->fd, hold->name, RENAME_NOREPLACE) == 0) {
      if (name != NULL) name->mine += 1;
    } else {
      result = errno;
    }
    record("back", result, folder->path, hold->name, "");
  } else {
    // Only while it is the decoy: what root made of it is left to itself.
    struct stat is;
    if (fstatat(folder->fd, hold->name, &is, AT_SYMLINK_NOFOLLOW) == 0 && is.st_uid == me) {
      result = renameat2(folder->fd, hold->name, folder->fd, hold->beside, RENAME_NOREPLACE) == 0 ? 0 : errno;
      if (result == 0 && name != NULL) name->mine += 1;
      record("unplant", result, folder->path, hold->name, "");
    }
  }
  if (hold->pipe >= 0) drain(hold);
  remove_own(folder, hold->beside);
}

static void release(int index) {
  give_back(&held[index]);
  held[index] = held[--held_count];
}

void attack_due(void) {
  int64_t time = now();
  for (int i = held_count; i-- > 0;) {
    if (held[i].until <= time) release(i);
  }
}

void attack_end(void) {
  // The last first: what lies in a folder that was swapped is given back before the folder.
  while (held_count > 0) release(held_count - 1);
}

int64_t attack_next(void) {
  int64_t first = now() + 1000000;
  for (int i = 0; i < held_count; i++) {
    if (held[i].until < first) first = held[i].until;
  }
  return first;
}

void answer_event(struct folder *folder, struct name *name) {
  name->events++;
  if (plan.react && becomes_program(folder, name) && chance(4) > 0) attack_with(folder, name, "program", true);
  if (plan.react && name->events == name->react_at) {
    attack_name(folder, name, "event");
    // And again at a later step.
    name->react_at += 1 + chance(plan.eager ? 3 : 10);
  }
}

// Where somebody is at work, or any folder at all.
static struct folder *some_folder(void) {
  int64_t since = chance(3) > 0 ? now() - 500000000 : 0;
  struct folder *found = NULL;
  unsigned seen = 0;
  for (int i = 0; i < folder_count; i++) {
    struct folder *folder = folders[i];
    if (folder->live && folder->writable && folder->count > 0 && folder->busy >= since && chance(++seen) == 0) {
      found = folder;
    }
  }
  return found;
}

// Some name that is known, without anything having happened to it: many looks leave no event.
void attack_any(void) {
  struct folder *folder = some_folder();
  if (folder == NULL) return;
  struct name *name = &folder->names[chance((unsigned)folder->count)];
  if (own_name(name->text) || name->barred) return;
  struct stat is;
  bool there = fstatat(folder->fd, name->text, &is, AT_SYMLINK_NOFOLLOW) == 0;
  if (there ? plan.flip : plan.plant) attack_name(folder, name, "lot");
}
