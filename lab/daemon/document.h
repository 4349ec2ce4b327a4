/* A YAML document as the IoT Edge 1.1 daemon's parser, yaml-rust 0.4.0, understands it. */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define MESSAGE_SIZE 1024

enum kind { NULL_VALUE, BOOLEAN, INTEGER, REAL, STRING, ARRAY, HASH };

struct value {
  enum kind kind;
  char *text;                 /* as written, for every scalar; UTF-8 */
  long long integer;          /* INTEGER only */
  size_t count;               /* ARRAY and HASH */
  struct value **keys;        /* HASH only */
  struct value **values;      /* ARRAY and HASH */
};

/*
 * Reads the one document of a file. NULL when it is refused, with the parser's words in `message`
 * (MESSAGE_SIZE bytes). An empty file is an empty hash. Values live until the process ends.
 */
struct value *document_read(const char *path, char *message);

/* The value under a key of a hash; NULL when there is none, or `hash` is no hash. */
const struct value *document_get(const struct value *hash, const char *key);

/* Prints a value as Rust's {:?} prints yaml-rust's. */
void document_print(FILE *out, const struct value *value);

#endif
