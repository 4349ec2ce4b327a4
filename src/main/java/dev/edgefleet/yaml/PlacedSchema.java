package dev.edgefleet.yaml;

import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/** Gives every plain scalar one tag, so that its meaning can be decided by YAML 1.1's rules. */
record PlacedSchema(Tag plain) implements Schema {
  @Override
  public ScalarResolver getScalarResolver() {
    return (value, implicit) -> implicit ? plain : Tag.STR;
  }

  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    return Map.of();
  }
}
