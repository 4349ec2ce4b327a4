// Words of the process list that become names: the second time around the adversary is there first.
#include "adversary.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORDS = 4096, WORD = 64, PATTERNS = 64, MADE = 256, SHORTEST = 8 };

// A name seen with a word of the process list in it: what stands before and after that word.
struct pattern {
  char folder[PATHS];
  char before[NAME_MAX + 1];
  char after[NAME_MAX + 1];
  bool is_folder;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char words[WORDS][WORD];
static unsigned word_count;
static struct pattern patterns[PATTERNS];
static int pattern_count;
static char made[MADE][PATHS];
static unsigned made_count;

static bool known(const char *word) {
  unsigned first = word_count > WORDS ? word_count - WORDS : 0;
  for (unsigned i = word_count; i-- > first;) {
    if (strcmp(words[i % WORDS], word) == 0) return true;
  }
  return false;
}

static bool is_made(const char *path) {
  for (unsigned i = 0; i < MADE && i < made_count; i++) {
    if (strcmp(made[i], path) == 0) return true;
  }
  return false;
}

bool foresee_made(const char *path) {
  pthread_mutex_lock(&lock);
  bool found = is_made(path);
  pthread_mutex_unlock(&lock);
  return found;
}

static void make(const char *path, bool is_folder) {
  snprintf(made[made_count++ % MADE], PATHS, "%s", path);
  char target[PATHS];
  const char *what;
  int result;
  // Mostly what it is to be, so that whoever comes takes it for their own.
  unsigned lot = chance(8);
  bool folder_wanted = lot < 6 ? is_folder : !is_folder;
  if (folder_wanted && lot != 5) {
    what = "own-folder";
    result = mkdir(path, 0777);
    if (result == 0) chmod(path, 0777);
  } else if (folder_wanted || lot % 2 == 0) {
    what = folder_wanted ? "link-to-folder" : "link-to-secret";
    snprintf(target, sizeof target, "%s/%s", victims, folder_wanted ? "open" : "secret");
    result = symlink(target, path);
  } else {
    what = "own-file";
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    result = fd < 0 ? -1 : close(fd);
  }
  int error = result == 0 ? 0 : errno;
  char folder[PATHS];
  snprintf(folder, sizeof folder, "%s", path);
  char *slash = strrchr(folder, '/');
  *slash = 0;
  record("foresee", error, folder, slash + 1, what);
}

static void remember(const char *word) {
  snprintf(words[word_count++ % WORDS], WORD, "%s", word);
  record("word", 0, "", word, "");
}

static void new_word(const char *word) {
  if (!plan.foresee) return;
  for (int i = 0; i < pattern_count; i++) {
    char path[PATHS];
    const struct pattern *p = &patterns[i];
    if (snprintf(path, sizeof path, "%s/%s%s%s", p->folder, p->before, word, p->after) < PATHS) {
      make(path, p->is_folder);
    }
  }
}

static void learn(const char *folder, const char *name, bool is_folder) {
  unsigned first = word_count > WORDS ? word_count - WORDS : 0;
  for (unsigned i = word_count; i-- > first;) {
    const char *word = words[i % WORDS];
    const char *at = *word == '/' ? NULL : strstr(name, word);
    if (at == NULL) continue;
    struct pattern pattern = {.is_folder = is_folder};
    snprintf(pattern.folder, sizeof pattern.folder, "%s", folder);
    snprintf(pattern.before, sizeof pattern.before, "%.*s", (int)(at - name), name);
    snprintf(pattern.after, sizeof pattern.after, "%s", at + strlen(word));
    for (int j = 0; j < pattern_count; j++) {
      if (strcmp(patterns[j].folder, pattern.folder) == 0 && strcmp(patterns[j].before, pattern.before) == 0 &&
          strcmp(patterns[j].after, pattern.after) == 0) {
        patterns[j] = pattern;
        return;
      }
    }
    if (pattern_count == PATTERNS) return;
    patterns[pattern_count++] = pattern;
    record("learn", 0, folder, name, word);
    return;
  }
}

// A path in somebody's command line that is not there yet, in a folder that is open to all.
static void new_path(const char *word) {
  if (is_made(word)) return;
  struct stat is;
  bool there = lstat(word, &is) == 0;
  char folder[PATHS];
  snprintf(folder, sizeof folder, "%s", word);
  char *slash = strrchr(folder, '/');
  if (slash == folder || strlen(slash) < 2) return;
  *slash = 0;
  if (access(folder, W_OK | X_OK) != 0) return;
  learn(folder, slash + 1, !there || S_ISDIR(is.st_mode));
  // Late, and in the way of what comes next: not each time.
  if (plan.foresee && !there && chance(4) == 0) make(word, chance(2) == 0);
}

static void look_at(const char *text, size_t size) {
  // Of a long argument the end: a whole program may stand in front.
  for (const char *at = size > 400 ? text + size - 400 : text, *end = text + size; at < end;) {
    size_t length = 0;
    bool digit = false;
    while (at + length < end && (isalnum((unsigned char)at[length]) || strchr("/._+-", at[length]) != NULL) &&
           at[length] != 0) {
      digit |= isdigit((unsigned char)at[length]) != 0;
      length++;
    }
    if (length >= SHORTEST && length < WORD && (digit || *at == '/')) {
      char word[WORD];
      memcpy(word, at, length);
      word[length] = 0;
      pthread_mutex_lock(&lock);
      if (strchr(word, '/') != NULL && *word != '/') {
        // Part of a program's text.
      } else if (!known(word)) {
        remember(word);
        if (*word == '/') {
          new_path(word);
        } else {
          new_word(word);
        }
      }
      pthread_mutex_unlock(&lock);
    }
    at += length + 1;
  }
}

static void *watch_processes(void *unused) {
  (void)unused;
  static char text[1 << 18];
  int self = getpid();
  for (;;) {
    DIR *dir = opendir("/proc");
    if (dir == NULL) _exit(1);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
      int pid = atoi(entry->d_name);
      if (pid <= 0 || pid == self) continue;
      char path[64];
      snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
      int fd = open(path, O_RDONLY | O_CLOEXEC);
      if (fd < 0) continue;
      ssize_t size = read(fd, text, sizeof text - 1);
      close(fd);
      if (size <= 0) continue;
      text[size] = 0;
      for (char *at = text; at < text + size; at += strlen(at) + 1) look_at(at, strlen(at));
    }
    closedir(dir);
  }
  return NULL;
}

void foresee_start(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, watch_processes, NULL) != 0) _exit(1);
}

void foresee_learn(const char *folder, const char *name, bool is_folder) {
  pthread_mutex_lock(&lock);
  learn(folder, name, is_folder);
  pthread_mutex_unlock(&lock);
}
