package chat;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What a room tells: as JSON, {@code {"type":"said","name":"Ann","text":"Hi"}}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface Event {

  JsonMapper JSON = JsonMapper.shared();

  /** To the newcomer: the name as the room writes it, and everybody who is here. */
  @JsonTypeName("welcome")
  record Welcome(String name, List<String> online) implements Event {}

  @JsonTypeName("joined")
  record Joined(String name) implements Event {}

  @JsonTypeName("said")
  record Said(String name, String text) implements Event {}

  @JsonTypeName("left")
  record Left(String name) implements Event {}

  default String toJson() {
    return JSON.writeValueAsString(this);
  }
}
