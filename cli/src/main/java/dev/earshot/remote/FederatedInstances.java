package dev.earshot.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earshot.evidence.Remote.Others;
import dev.earshot.evidence.Remote.Poll;
import dev.earshot.evidence.Remote.Sent;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `federated_instances` of Lemmy 0.19 (`/api/v3`) or 1.0 (`/api/v4`, page by page) says:
/// which activity each instance has got, the newest of all, and ours.
///
/// For one poll.
final class FederatedInstances {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// No honest number is beyond it, as everywhere in the evidence.
  private static final long MOST = 1_000_000_000_000_000L;

  private final String domain;
  private long newest;
  private @Nullable Instant newestPublished;
  private @Nullable Sent ours;
  private final List<Long> othersReached = new ArrayList<>();
  private boolean anything;

  /// @param domain our own
  FederatedInstances(String domain) {
    this.domain = domain.toLowerCase(Locale.ROOT);
  }

  /// Adds an answer.
  ///
  /// @return the cursor of the next page, where there is one
  /// @throws IllegalArgumentException where it is not what Lemmy answers
  Optional<String> add(byte[] body) {
    JsonNode root = read(body);
    JsonNode list = root.path("federated_instances");
    if (list.isObject()) {
      // An instance with an allow-list sends to those on it alone.
      JsonNode allowed = list.path("allowed");
      addAll(allowed.isEmpty() ? list.path("linked") : allowed);
      return Optional.empty();
    }
    JsonNode page = list.isArray() ? list : root.path("items");
    if (!page.isArray()) {
      throw new IllegalArgumentException("it did not answer with a list of instances");
    }
    addAll(page);
    return Optional.of(root.path("next_page").asText("")).filter(cursor -> !cursor.isEmpty());
  }

  /// @param at when it was asked
  Poll poll(Instant at) {
    if (!anything) {
      throw new IllegalArgumentException("it tells of no instance that it sends to");
    }
    return new Poll(
        at,
        newest,
        Optional.ofNullable(newestPublished),
        Optional.ofNullable(ours),
        Optional.ofNullable(ours).map(sent -> others(newest - sent.upTo())));
  }

  /// @param behind how many activities we are
  private Others others(long behind) {
    long asLate =
        othersReached.stream().filter(id -> behind > 0 && 2 * (newest - id) >= behind).count();
    return new Others(othersReached.size(), (int) asLate);
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException("it did not answer with JSON", unreadable);
    }
  }

  private void addAll(JsonNode instances) {
    for (JsonNode one : instances) {
      JsonNode instance = one.has("instance") ? one.path("instance") : one;
      JsonNode state =
          one.has("queue_state") ? one.path("queue_state") : one.path("federation_state");
      JsonNode id = state.path("last_successful_id");
      if (id.canConvertToLong() && id.asLong() >= 0 && id.asLong() <= MOST) {
        add(instance.path("domain").asText(""), id.asLong(), state);
      }
    }
  }

  private void add(String name, long id, JsonNode state) {
    anything = true;
    Optional<Instant> published =
        Stream.of("last_successful_published_time", "last_successful_published_time_at")
            .flatMap(field -> time(state.path(field).asText("")).stream())
            .findFirst();
    if (id > newest) {
      newest = id;
      newestPublished = published.orElse(null);
    }
    int failures = Math.max(0, state.path("fail_count").asInt(0));
    if (name.toLowerCase(Locale.ROOT).equals(domain)) {
      ours = new Sent(id, published, failures);
    } else if (failures == 0) {
      othersReached.add(id);
    }
  }

  /// With an offset; without one, which some releases leave out, it is UTC.
  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      try {
        return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
      } catch (DateTimeException _) {
        return Optional.empty();
      }
    }
  }
}
