// The folders that the adversary may write to or read.
#include "adversary.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

struct folder *folders[FOLDERS];
int folder_count;
int watcher;

// Names of its own begin so, and are never attacked.
bool own_name(const char *text) { return strncmp(text, ".~", 2) == 0; }

// Watch descriptors go up one by one.
enum { WATCHES = 1 << 16 };
static struct folder *by_watch[WATCHES];

struct folder *folder_of(int watch) {
  struct folder *folder = by_watch[watch % WATCHES];
  return folder != NULL && folder->live && folder->watch == watch ? folder : NULL;
}

// Which event of a name is answered first: the windows of an operation lie between any two.
unsigned which_event(void) { return plan.eager ? 1 : 1 + chance(chance(2) == 0 ? 4 : 14); }

struct name *name_in(struct folder *folder, const char *text) {
  for (int i = 0; i < folder->count; i++) {
    if (strcmp(folder->names[i].text, text) == 0) return &folder->names[i];
  }
  if (folder->count == NAMES) return NULL;
  struct name *name = &folder->names[folder->count++];
  memset(name, 0, sizeof *name);
  snprintf(name->text, sizeof name->text, "%s", text);
  name->react_at = which_event();
  return name;
}

static struct folder *slot(const char *path) {
  for (int i = 0; i < folder_count; i++) {
    // A folder that is there no more keeps its names: they may come again.
    if (!folders[i]->live && strcmp(folders[i]->path, path) == 0) return folders[i];
  }
  if (folder_count == FOLDERS) return NULL;
  struct folder *folder = calloc(1, sizeof *folder + NAMES * sizeof(struct name));
  if (folder == NULL) return NULL;
  snprintf(folder->path, sizeof folder->path, "%s", path);
  folders[folder_count++] = folder;
  return folder;
}

// Watches a folder; NULL when it may neither be written to nor read, or is watched already.
struct folder *folder_add(const char *path) {
  int fd = open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return NULL;
  char self[64];
  snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
  bool writable = access(self, W_OK | X_OK) == 0;
  // Where nothing can be done, new names are enough to know.
  uint32_t mask = IN_CREATE | IN_MOVED_TO | IN_ONLYDIR;
  if (writable) mask |= IN_ALL_EVENTS;
  int watch = inotify_add_watch(watcher, self, mask);
  struct folder *folder = watch < 0 ? NULL : folder_of(watch);
  if (watch < 0 || folder != NULL || (folder = slot(path)) == NULL) {
    close(fd);
    return NULL;
  }
  folder->fd = fd;
  folder->watch = watch;
  folder->writable = writable;
  folder->live = true;
  by_watch[watch % WATCHES] = folder;
  record("watch", 0, path, writable ? "writable" : "readable", "");
  return folder;
}

static void find(const char *path, int depth) {
  if (strcmp(path, "/proc") == 0 || strcmp(path, "/sys") == 0 || strcmp(path, "/usr") == 0) return;
  struct folder *folder = folder_add(path);
  DIR *dir = depth < 12 ? opendir(path) : NULL;
  if (dir == NULL) return;
  for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (folder != NULL && folder->writable && !own_name(entry->d_name)) {
      struct name *name = name_in(folder, entry->d_name);
      if (name != NULL) name->folder = entry->d_type == DT_DIR;
    }
    if (entry->d_type != DT_DIR || own_name(entry->d_name)) continue;
    char below[PATHS];
    int size = snprintf(below, sizeof below, "%s/%s", strcmp(path, "/") == 0 ? "" : path, entry->d_name);
    if (size < PATHS) find(below, depth + 1);
  }
  closedir(dir);
}

// Whatever is there now. Folders that could not be written to are taken to stay what they are.
void folders_find(void) {
  int before = folder_count;
  bool again[FOLDERS] = {false};
  for (int i = 0; i < before; i++) {
    struct folder *folder = folders[i];
    if (!folder->live || !folder->writable) continue;
    inotify_rm_watch(watcher, folder->watch);
    close(folder->fd);
    folder->live = false;
    again[i] = true;
  }
  if (before == 0) find("/", 0);
  // Those above come before those below, which are found with them.
  for (int i = 0; i < before; i++) {
    if (again[i] && !folders[i]->live) find(folders[i]->path, 0);
  }
}

// A name that is another each time does not come again.
static bool random_name(const char *text) {
  size_t run = 0;
  for (; *text != 0; text++) {
    run = isxdigit((unsigned char)*text) ? run + 1 : 0;
    if (run == 8) return true;
  }
  return false;
}

// What is left of the events so far is about names that somebody else put in order.
void folders_forget(void) {
  for (int i = 0; i < folder_count; i++) {
    struct folder *folder = folders[i];
    folder->busy = 0;
    for (int j = folder->count; j-- > 0;) {
      struct name *name = &folder->names[j];
      if (random_name(name->text)) {
        *name = folder->names[--folder->count];
        continue;
      }
      name->mine = 0;
      name->events = 0;
      name->react_at = which_event();
    }
  }
}
