package dev.sluice.server.approvals;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Conditions;
import dev.sluice.governance.codec.JsonCodec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Requests as they stand in the store: also those that an earlier version wrote.
final class StoredRequests {

  private StoredRequests() {}

  static ApprovalRequest read(String json) {
    try {
      return JsonCodec.read(json, ApprovalRequest.class);
    } catch (JsonCodec.MalformedJson e) {
      return readEarlier(json);
    }
  }

  /// Before there were other rights than running.
  private static ApprovalRequest readEarlier(String json) {
    try {
      ObjectNode request = (ObjectNode) JsonCodec.mapper().readTree(json);
      if (!request.has("right")) {
        request.putObject("right").put("kind", "run");
      }
      if (!request.has("emergency")) {
        request.putNull("emergency");
      }
      for (JsonNode review : request.path("reviews")) {
        completeReview(review);
      }
      completeReview(request.path("emergency").path("review"));
      return JsonCodec.read(request.toString(), ApprovalRequest.class);
    } catch (JsonCodec.MalformedJson | RuntimeException e) {
      throw new IllegalStateException("A request in the store is not readable.", e);
    }
  }

  /// Before there were delegates, and before approvals had conditions.
  private static void completeReview(JsonNode review) {
    if (review instanceof ObjectNode fields) {
      if (!fields.has("standingInFor")) {
        fields.putNull("standingInFor");
      }
      if (!fields.has("conditions")) {
        fields.set("conditions", JsonCodec.mapper().valueToTree(Conditions.NONE));
      }
    }
  }
}
