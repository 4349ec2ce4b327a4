package dev.edgefleet.yaml;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.secret.Vault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads one YAML document; every mistake in it is a {@link BadInput} with its place. */
public final class YamlFile {
  private static final Tag PLAIN = new Tag("!edgefleet-plain");
  private static final Set<Tag> VAULT = Set.of(new Tag("!vault"), new Tag("!vault-encrypted"));
  private static final Pattern JINJA =
      Pattern.compile("\\{\\{.*?}}|\\{%.*?%}|\\{#.*?#}", Pattern.DOTALL);

  // Shorter ones, such as root, 22 and true, are in every text; they are masked once they are used.
  private static final int SHORTEST_SECRET_PART = 8;
  private static final int SHORTEST_SECRET_NUMBER = 6;

  // A few lines of aliases of aliases stand for more values than memory holds.
  private static final long MOST_FROM_ALIASES = 1_000_000;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new PlacedSchema(PLAIN))
          .setUseMarks(true)
          .setAllowNonScalarKeys(true)
          .setMaxAliasesForCollections(200)
          .setCodePointLimit(64 * 1024 * 1024)
          .build();

  private final String file;
  private final Vault vault;
  private final boolean encrypted;
  private boolean variables;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Node, YamlNode> converted = new IdentityHashMap<>();
  private final IdentityHashMap<YamlNode, Long> sizes = new IdentityHashMap<>();
  private long written;

  private YamlFile(String file, Vault vault, boolean encrypted) {
    this.file = file;
    this.vault = vault;
    this.encrypted = encrypted;
  }

  /**
   * @param vault opens the file when it is encrypted; {@code !vault} values become {@code Secret}s,
   *     and so do the texts of an encrypted mapping but those that hold Jinja, which have to be
   *     evaluated
   * @return the document; empty when the file holds nothing but comments
   * @throws BadInput when it is not there, not UTF-8, or not YAML
   */
  public static Optional<YamlNode> read(Path path, Vault vault) {
    try {
      byte[] bytes = Files.readAllBytes(path);
      boolean encrypted = Vault.isEnvelope(bytes);
      String text = decode(encrypted ? decrypted(bytes, path, vault) : bytes);
      return parse(text, path.toString(), vault, encrypted);
    } catch (NoSuchFileException e) {
      throw new BadInput("there is no file " + path, "check the path");
    } catch (CharacterCodingException e) {
      throw new BadInput(path + " is not UTF-8 text", "save it as UTF-8");
    } catch (IOException e) {
      throw new BadInput("cannot read " + path + ": " + e.getMessage(), "check its permissions");
    }
  }

  /** As {@link #read}, for text at hand; {@code file} is the name to put into places. */
  public static Optional<YamlNode> parse(String text, String file, Vault vault) {
    return parse(text, file, vault, false);
  }

  private static byte[] decrypted(byte[] bytes, Path path, Vault vault) {
    try {
      return vault.content(bytes);
    } catch (BadInput e) {
      throw e.at(new Place(path.toString(), 1, 1));
    }
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static Optional<YamlNode> parse(
      String text, String file, Vault vault, boolean encrypted) {
    YamlFile reader = new YamlFile(file, vault, encrypted);
    try {
      return new Compose(SETTINGS).composeString(text).map(reader::root);
    } catch (MarkedYamlEngineException e) {
      Place place = e.getProblemMark().map(reader::place).orElse(new Place(file, 1, 1));
      String context = e.getContext() == null ? "" : e.getContext() + ": ";
      throw new BadInput(
          Problem.at(place, "not valid YAML: " + context + e.getProblem(), hint(text, place)));
    } catch (ReaderException e) {
      throw new BadInput(
          Problem.at(
              new Place(file, 1, 1),
              "a character that YAML does not allow, code " + e.getCodePoint(),
              "remove it"));
    } catch (YamlEngineException e) {
      throw new BadInput(
          Problem.at(new Place(file, 1, 1), "not valid YAML: " + e.getMessage(), ""));
    }
  }

  // Variables and inventories are mappings; plays and tasks are lists, and their texts are words.
  private YamlNode root(Node node) {
    variables = node instanceof MappingNode;
    return convert(node);
  }

  // The two mistakes that everybody makes in playbooks.
  private static String hint(String text, Place place) {
    List<String> lines = text.lines().toList();
    String line = place.line() <= lines.size() ? lines.get(place.line() - 1) : "";
    if (line.contains("\t")) {
      return "indent with spaces, not with tabs";
    }
    if (line.matches(".*:\\s+\\{\\{.*")) {
      return "a value that starts with {{ must be in quotes: \"{{ name }}\"";
    }
    return "check the indentation and the quotes on this line and the one before";
  }

  private Place place(Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private Place place(Node node) {
    return node.getStartMark().map(this::place).orElse(new Place(file, 1, 1));
  }

  private YamlNode convert(Node node) {
    YamlNode known = converted.get(node);
    if (known != null) {
      return known;
    }
    written++;
    YamlNode result = convertNew(node);
    if (!(result instanceof YamlNode.Scalar)) {
      converted.put(node, result);
      sizes.put(result, boundedSize(result));
    }
    return result;
  }

  // As many values as it has once every alias is replaced by what it stands for.
  private long boundedSize(YamlNode node) {
    Stream<YamlNode> parts =
        switch (node) {
          case YamlNode.Scalar ignored -> Stream.empty();
          case YamlNode.Items items -> items.items().stream();
          case YamlNode.Mapping mapping -> mapping.entries().stream().map(YamlNode.Entry::value);
        };
    long size = 1 + parts.mapToLong(part -> sizes.getOrDefault(part, 1L)).sum();
    if (size > written + MOST_FROM_ALIASES) {
      throw new BadInput(
          Problem.at(
              node.place(),
              "the aliases of this document stand for more than a million values",
              "use fewer aliases"));
    }
    return size;
  }

  private YamlNode convertNew(Node node) {
    if (!open.add(node)) {
      throw new BadInput(Problem.at(place(node), "this value contains itself", "remove the alias"));
    }
    try {
      return switch (node) {
        case ScalarNode scalar -> scalar(scalar);
        case SequenceNode sequence -> {
          knownTag(node, Tag.SEQ);
          yield new YamlNode.Items(
              place(node), sequence.getValue().stream().map(this::convert).toList());
        }
        case MappingNode mapping -> {
          knownTag(node, Tag.MAP);
          yield mapping(mapping);
        }
        default ->
            throw new BadInput(Problem.at(place(node), "unexpected " + node.getNodeType(), ""));
      };
    } finally {
      open.remove(node);
    }
  }

  private void knownTag(Node node, Tag expected) {
    if (!node.getTag().equals(expected)) {
      throw new BadInput(
          Problem.at(
              place(node), "the tag " + node.getTag().getValue() + " is not known", "remove it"));
    }
  }

  private YamlNode scalar(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    boolean plain = tag.equals(PLAIN);
    @Nullable Object value;
    if (VAULT.contains(tag)) {
      value = vault.secret(text, place(node));
    } else if (plain) {
      value = Yaml11Scalar.resolve(text);
    } else if (tag.equals(Tag.STR)) {
      value = text;
    } else if (tag.equals(Tag.INT) || tag.equals(Tag.BOOL) || tag.equals(Tag.FLOAT)) {
      value = Yaml11Scalar.resolve(text);
    } else {
      knownTag(node, Tag.STR);
      value = text;
    }
    return new YamlNode.Scalar(place(node), encrypted ? secret(value, node) : value, text, plain);
  }

  // Jinja has to stay a text and numbers have to stay numbers: those are masked by value alone.
  private @Nullable Object secret(@Nullable Object value, ScalarNode node) {
    String text = node.getValue();
    Secret secret = Secret.of(text).from(place(node).toString());
    if (value instanceof Number) {
      if (text.length() >= SHORTEST_SECRET_NUMBER) {
        vault.tell(secret);
      }
      return value;
    }
    if (!(value instanceof String)) {
      return value;
    }
    if (JINJA.matcher(text).find()) {
      for (String part : JINJA.split(text, -1)) {
        if (part.strip().length() >= SHORTEST_SECRET_PART) {
          vault.tell(Secret.of(part));
        }
      }
      return value;
    }
    if (text.length() >= SHORTEST_SECRET_PART) {
      vault.tell(secret);
    }
    return variables ? secret : value;
  }

  private YamlNode mapping(MappingNode node) {
    List<YamlNode.Entry> entries = new ArrayList<>();
    List<YamlNode.Entry> merged = new ArrayList<>();
    Map<String, Place> seen = new HashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        throw new BadInput(
            Problem.at(
                place(tuple.getKeyNode()),
                "a list or mapping stands where a name was expected",
                "a value that starts with {{ must be in quotes: \"{{ name }}\""));
      }
      String key = keyNode.getValue();
      Place keyPlace = place(keyNode);
      YamlNode value = convert(tuple.getValueNode());
      if (key.equals("<<") && keyNode.getTag().equals(PLAIN)) {
        merged.addAll(mergedEntries(value));
        continue;
      }
      Place before = seen.putIfAbsent(key, keyPlace);
      if (before != null) {
        throw new BadInput(
            Problem.at(
                keyPlace,
                "'" + key + "' is given twice; it already stands on line " + before.line(),
                "keep one of them"));
      }
      entries.add(new YamlNode.Entry(key, keyPlace, value));
    }
    for (YamlNode.Entry entry : merged) {
      if (seen.putIfAbsent(entry.key(), entry.keyPlace()) == null) {
        entries.add(entry);
      }
    }
    return new YamlNode.Mapping(place(node), List.copyOf(entries));
  }

  private static List<YamlNode.Entry> mergedEntries(YamlNode value) {
    return switch (value) {
      case YamlNode.Mapping mapping -> mapping.entries();
      case YamlNode.Items items ->
          items.items().stream().flatMap(item -> mergedEntries(item).stream()).toList();
      case YamlNode.Scalar scalar ->
          throw new BadInput(
              Problem.at(scalar.place(), "'<<' merges mappings, found " + scalar.kind(), ""));
    };
  }
}
