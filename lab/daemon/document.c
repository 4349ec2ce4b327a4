#include "document.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/*
 * yaml-rust is a port of libyaml, so libyaml does the work here; this file adds where the two differ:
 *  - a byte order mark is an ordinary character to yaml-rust;
 *  - a tab may start a plain scalar;
 *  - a lone carriage return ends a line but does not set the column back;
 *  - a key without a colon is noticed by the parser and not by the scanner;
 *  - errors of the scanner carry the place where the token began, and a mapping's place is its colon.
 * Characters that libyaml would treat differently are swapped for private ones while it works.
 */
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define STAND_IN_FOR_BYTE_ORDER_MARK "\xEE\x80\x80" /* U+E000 */
#define STAND_IN_FOR_TAB "\xEE\x80\x81"             /* U+E001 */

struct text {
  char *bytes;
  size_t length, capacity;
};

static void *grow(void *old, size_t size) {
  void *grown = realloc(old, size);
  if (grown == NULL) {
    fputs("iotedged: out of memory\n", stderr);
    exit(1);
  }
  return grown;
}

static void append(struct text *text, const char *bytes, size_t length) {
  if (text->length + length + 1 > text->capacity) {
    text->capacity = (text->length + length + 1) * 2;
    text->bytes = grow(text->bytes, text->capacity);
  }
  memcpy(text->bytes + text->length, bytes, length);
  text->length += length;
  text->bytes[text->length] = '\0';
}

static bool read_file(const char *path, struct text *into, char *message) {
  FILE *file = fopen(path, "rb");
  char buffer[65536];
  size_t length;

  if (file == NULL) {
    snprintf(message, MESSAGE_SIZE, "%s (os error %d)", strerror(errno), errno);
    return false;
  }
  append(into, "", 0);
  while ((length = fread(buffer, 1, sizeof buffer, file)) > 0) {
    append(into, buffer, length);
  }
  bool failed = ferror(file) != 0;
  if (failed) {
    snprintf(message, MESSAGE_SIZE, "%s (os error %d)", strerror(errno), errno);
  }
  fclose(file);
  return !failed;
}

static bool is_utf8(const struct text *text) {
  const unsigned char *at = (const unsigned char *)text->bytes;
  const unsigned char *end = at + text->length;

  while (at < end) {
    int more = *at < 0x80 ? 0 : *at >= 0xC2 && *at < 0xE0 ? 1 : (*at & 0xF0) == 0xE0 ? 2
               : *at >= 0xF0 && *at < 0xF5 ? 3 : -1;
    if (more < 0 || end - at <= more) {
      return false;
    }
    bool too_long_or_no_character = (at[0] == 0xE0 && at[1] < 0xA0) || (at[0] == 0xED && at[1] > 0x9F)
                                    || (at[0] == 0xF0 && at[1] < 0x90) || (at[0] == 0xF4 && at[1] > 0x8F);
    if (too_long_or_no_character) {
      return false;
    }
    for (int i = 1; i <= more; i++) {
      if ((at[i] & 0xC0) != 0x80) {
        return false;
      }
    }
    at += more + 1;
  }
  return true;
}

/*
 * What libyaml is given. A lone carriage return becomes a line break with the blanks that keep the
 * column running; `broken_before[n]` then counts such breaks before line n of the result.
 */
static struct text for_libyaml(const struct text *source, size_t **broken_before) {
  struct text result = {0};
  size_t column = 0, line = 0, broken = 0;

  append(&result, "", 0);
  *broken_before = grow(NULL, (source->length + 2) * sizeof **broken_before);
  (*broken_before)[0] = 0;
  for (size_t i = 0; i < source->length; i++) {
    const char *at = source->bytes + i;
    if (*at == '\n') {
      append(&result, at, 1);
      (*broken_before)[++line] = broken;
      column = 0;
    } else if (*at == '\r' && at[1] != '\n') {
      append(&result, "\n", 1);
      (*broken_before)[++line] = ++broken;
      column++;
      for (size_t blank = 0; blank < column; blank++) {
        append(&result, " ", 1);
      }
    } else if (strncmp(at, BYTE_ORDER_MARK, 3) == 0) {
      append(&result, STAND_IN_FOR_BYTE_ORDER_MARK, 3);
      column++;
      i += 2;
    } else {
      append(&result, at, 1);
      column += (*at & 0xC0) != 0x80;
    }
  }
  return result;
}

static char *as_written(const char *bytes, size_t length) {
  struct text result = {0};

  append(&result, "", 0);
  for (size_t i = 0; i < length; i++) {
    if (i + 3 <= length && memcmp(bytes + i, STAND_IN_FOR_BYTE_ORDER_MARK, 3) == 0) {
      append(&result, BYTE_ORDER_MARK, 3);
      i += 2;
    } else if (i + 3 <= length && memcmp(bytes + i, STAND_IN_FOR_TAB, 3) == 0) {
      append(&result, "\t", 1);
      i += 2;
    } else {
      append(&result, bytes + i, 1);
    }
  }
  return result.bytes;
}

static struct value *new_value(enum kind kind, char *text) {
  struct value *value = grow(NULL, sizeof *value);
  *value = (struct value){.kind = kind, .text = text};
  return value;
}

static bool parse_integer(const char *text, long long *number) {
  int base = 10;
  char *end;

  if (strncmp(text, "0x", 2) == 0 || strncmp(text, "0o", 2) == 0) {
    base = text[1] == 'x' ? 16 : 8;
    text += 2;
  }
  const char *digits = text + (*text == '+' || *text == '-');
  if (*digits == '\0' || strspn(digits, "0123456789abcdefABCDEF") != strlen(digits)) {
    return false;
  }
  errno = 0;
  *number = strtoll(text, &end, base);
  return *end == '\0' && errno == 0;
}

static bool is_real(const char *text) {
  static const char *const named[] = {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF",
                                      "-.inf", "-.Inf", "-.INF", ".nan", "NaN", ".NAN"};
  char *end;

  for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
    if (strcmp(text, named[i]) == 0) {
      return true;
    }
  }
  if (strpbrk(text, "0123456789") == NULL || strspn(text, "0123456789+-.eE") != strlen(text)) {
    return false;
  }
  strtod(text, &end);
  return *end == '\0';
}

static struct value *scalar(const yaml_event_t *event) {
  char *text = as_written((const char *)event->data.scalar.value, event->data.scalar.length);
  struct value *value = new_value(STRING, text);

  if (event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE) {
    return value;
  }
  if (*text == '\0' || strcmp(text, "~") == 0 || strcmp(text, "null") == 0) {
    value->kind = NULL_VALUE;
  } else if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0) {
    value->kind = BOOLEAN;
  } else if (parse_integer(text, &value->integer)) {
    value->kind = INTEGER;
  } else if (is_real(text)) {
    value->kind = REAL;
  }
  return value;
}

static bool same_key(const struct value *one, const struct value *other) {
  return one->kind == other->kind && one->text != NULL && other->text != NULL
         && strcmp(one->text, other->text) == 0;
}

/* Of two equal keys the later one wins, without a word. */
static void put(struct value *hash, struct value *key, struct value *value) {
  for (size_t i = 0; i < hash->count; i++) {
    if (same_key(hash->keys[i], key)) {
      size_t after = hash->count - i - 1;
      memmove(hash->keys + i, hash->keys + i + 1, after * sizeof *hash->keys);
      memmove(hash->values + i, hash->values + i + 1, after * sizeof *hash->values);
      hash->count--;
      break;
    }
  }
  hash->keys = grow(hash->keys, (hash->count + 1) * sizeof *hash->keys);
  hash->values = grow(hash->values, (hash->count + 1) * sizeof *hash->values);
  hash->keys[hash->count] = key;
  hash->values[hash->count++] = value;
}

/* The value that begins with `event`; NULL when the parser stopped. */
static struct value *build(yaml_parser_t *parser, yaml_event_t *event) {
  if (event->type == YAML_SCALAR_EVENT) {
    return scalar(event);
  }
  if (event->type == YAML_ALIAS_EVENT) {
    return new_value(NULL_VALUE, "~");
  }
  bool hash = event->type == YAML_MAPPING_START_EVENT;
  struct value *collection = new_value(hash ? HASH : ARRAY, NULL);
  struct value *key = NULL;
  for (;;) {
    yaml_event_t next;
    if (!yaml_parser_parse(parser, &next)) {
      return NULL;
    }
    bool over = next.type == YAML_MAPPING_END_EVENT || next.type == YAML_SEQUENCE_END_EVENT;
    struct value *item = over ? NULL : build(parser, &next);
    yaml_event_delete(&next);
    if (over) {
      return collection;
    }
    if (item == NULL) {
      return NULL;
    }
    if (!hash) {
      collection->values = grow(collection->values, (collection->count + 1) * sizeof *collection->values);
      collection->values[collection->count++] = item;
    } else if (key == NULL) {
      key = item;
    } else {
      put(collection, key, item);
      key = NULL;
    }
  }
}

static const char *start_of_line(const struct text *text, size_t line) {
  const char *at = text->bytes;
  while (line > 0 && at != NULL) {
    at = strchr(at, '\n');
    at = at == NULL ? NULL : at + 1;
    line--;
  }
  return at;
}

/* The column of the colon that ends the key at this place, or the place's own when none does. */
static size_t column_of_colon(const struct text *text, yaml_mark_t mark) {
  const char *line = start_of_line(text, mark.line);
  size_t column = 0;
  char quote = '\0';

  for (const char *at = line; at != NULL && *at != '\n' && *at != '\0'; at++) {
    if (column >= mark.column) {
      if (quote != '\0') {
        quote = *at == quote ? '\0' : quote;
      } else if (column == mark.column && (*at == '"' || *at == '\'')) {
        quote = *at;
      } else if (*at == ':' && (at[1] == '\0' || strchr(" \t\r\n", at[1]) != NULL)) {
        return column;
      }
    }
    column += (at[1] & 0xC0) != 0x80;
  }
  return mark.column;
}

static void say_problem(const yaml_parser_t *parser, const struct text *text,
                        const size_t *broken_before, char *message) {
  const char *context = parser->context;
  const char *problem = parser->problem;
  yaml_mark_t mark = parser->problem_mark;

  if (parser->error == YAML_READER_ERROR) {
    snprintf(message, MESSAGE_SIZE, "%s", problem);
    return;
  }
  if (parser->error == YAML_PARSER_ERROR) {
    mark.column = column_of_colon(text, mark);
  } else if (context != NULL && strcmp(context, "while scanning a simple key") == 0) {
    context = "while parsing a block mapping";
    problem = "did not find expected key";
    mark = parser->context_mark;
  } else if (context != NULL) {
    mark = parser->context_mark;
  }
  snprintf(message, MESSAGE_SIZE, "%s%s%s at line %zu column %zu", context == NULL ? "" : context,
           context == NULL ? "" : ", ", problem, mark.line + 1 - broken_before[mark.line],
           mark.column + 1);
}

/* Swaps the tabs at this place for their stand-in; false when there is none. */
static bool swap_tabs(struct text *text, yaml_mark_t mark) {
  const char *line = start_of_line(text, mark.line);
  const char *at = line == NULL ? NULL : line + strspn(line, " ");
  size_t tabs = at == NULL ? 0 : strspn(at, "\t");

  if (tabs == 0 || at[tabs] == '\0' || strchr("\r\n#", at[tabs]) != NULL) {
    return false;
  }
  struct text swapped = {0};
  append(&swapped, text->bytes, (size_t)(at - text->bytes));
  for (size_t i = 0; i < tabs; i++) {
    append(&swapped, STAND_IN_FOR_TAB, 3);
  }
  append(&swapped, at + tabs, text->length - (size_t)(at - text->bytes) - tabs);
  free(text->bytes);
  *text = swapped;
  return true;
}

enum outcome { PARSED, REFUSED, TABS_SWAPPED };

static enum outcome parse(struct text *text, const size_t *broken_before, struct value **document,
                          char *message) {
  yaml_parser_t parser;
  yaml_event_t event;
  size_t documents = 0;
  enum outcome outcome = PARSED;
  bool over = false;

  *document = new_value(HASH, NULL);
  yaml_parser_initialize(&parser);
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser, (const unsigned char *)text->bytes, text->length);
  while (!over) {
    struct value *value = NULL;
    bool failed = !yaml_parser_parse(&parser, &event);
    if (!failed) {
      bool content = event.type == YAML_SCALAR_EVENT || event.type == YAML_ALIAS_EVENT
                     || event.type == YAML_MAPPING_START_EVENT
                     || event.type == YAML_SEQUENCE_START_EVENT;
      documents += event.type == YAML_DOCUMENT_START_EVENT;
      over = event.type == YAML_STREAM_END_EVENT;
      value = content ? build(&parser, &event) : NULL;
      failed = content && value == NULL;
      yaml_event_delete(&event);
    }
    if (value != NULL) {
      *document = value;
    }
    if (failed) {
      bool tab = parser.problem != NULL
                 && strcmp(parser.problem, "found character that cannot start any token") == 0;
      outcome = tab && swap_tabs(text, parser.problem_mark) ? TABS_SWAPPED : REFUSED;
      if (outcome == REFUSED) {
        say_problem(&parser, text, broken_before, message);
      }
      over = true;
    }
  }
  yaml_parser_delete(&parser);
  if (outcome == PARSED && documents > 1) {
    snprintf(message, MESSAGE_SIZE, "more than one YAML document provided");
    return REFUSED;
  }
  return outcome;
}

struct value *document_read(const char *path, char *message) {
  struct text source = {0};
  struct value *document = NULL;
  size_t *broken_before;
  enum outcome outcome;

  if (!read_file(path, &source, message)) {
    return NULL;
  }
  if (!is_utf8(&source)) {
    snprintf(message, MESSAGE_SIZE, "stream did not contain valid UTF-8");
    return NULL;
  }
  struct text text = for_libyaml(&source, &broken_before);
  do {
    outcome = parse(&text, broken_before, &document, message);
  } while (outcome == TABS_SWAPPED);
  free(source.bytes);
  free(text.bytes);
  free(broken_before);
  return outcome == PARSED ? document : NULL;
}

const struct value *document_get(const struct value *hash, const char *key) {
  if (hash == NULL || hash->kind != HASH) {
    return NULL;
  }
  for (size_t i = 0; i < hash->count; i++) {
    if (hash->keys[i]->kind == STRING && strcmp(hash->keys[i]->text, key) == 0) {
      return hash->values[i];
    }
  }
  return NULL;
}

static void print_string(FILE *out, const char *text) {
  fputc('"', out);
  for (; *text != '\0'; text++) {
    switch (*text) {
      case '"': fputs("\\\"", out); break;
      case '\\': fputs("\\\\", out); break;
      case '\n': fputs("\\n", out); break;
      case '\r': fputs("\\r", out); break;
      case '\t': fputs("\\t", out); break;
      default: fputc(*text, out);
    }
  }
  fputc('"', out);
}

void document_print(FILE *out, const struct value *value) {
  if (value == NULL) {
    fputs("BadValue", out);
    return;
  }
  switch (value->kind) {
    case NULL_VALUE: fputs("Null", out); break;
    case BOOLEAN: fprintf(out, "Boolean(%s)", value->text); break;
    case INTEGER: fprintf(out, "Integer(%lld)", value->integer); break;
    case REAL:
    case STRING:
      fputs(value->kind == REAL ? "Real(" : "String(", out);
      print_string(out, value->text);
      fputc(')', out);
      break;
    case ARRAY:
    case HASH:
      fputs(value->kind == HASH ? "Hash({" : "Array([", out);
      for (size_t i = 0; i < value->count; i++) {
        fputs(i == 0 ? "" : ", ", out);
        if (value->kind == HASH) {
          document_print(out, value->keys[i]);
          fputs(": ", out);
        }
        document_print(out, value->values[i]);
      }
      fputs(value->kind == HASH ? "})" : "])", out);
      break;
  }
}
