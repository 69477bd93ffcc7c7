package io.faultprint.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.truth.Sign;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code faults.json}: what happened, when and where, for those who judge. */
final class Truth {

    private Truth() {}

    private static List<Map<String, String>> signs(List<Sign> signs, Instant start) {
        var list = new ArrayList<Map<String, String>>();
        for (Sign sign : signs) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("service", sign.service());
            fields.put("what", sign.what().label());
            fields.put("from", start.plusMillis(sign.fromMs()).toString());
            list.add(fields);
        }
        return list;
    }

    static byte[] json(List<PlannedFault> faults, Map<PlannedFault, List<Sign>> signs, Instant start) {
        var list = new ArrayList<Map<String, Object>>();
        for (PlannedFault fault : faults) {
            Map<String, Object> truth = new LinkedHashMap<>();
            truth.put("time", start.plusMillis(fault.onsetMs()).toString());
            truth.put("end", start.plusMillis(fault.endMs()).toString());
            truth.put("service", fault.service());
            truth.put("type", fault.kind().label());
            truth.put("category", fault.kind().category());
            if (fault.component() != null) {
                truth.put("component", fault.component());
            }
            if (fault.where() != null) {
                truth.put(fault.where().startsWith("node-") ? "node" : "zone", fault.where());
            }
            if (fault.changeId() != null) {
                truth.put("change", fault.changeId());
            }
            if (fault.changes().size() > 1) {
                truth.put("changes", fault.changes());
            }
            if (fault.rampMs() > 0) {
                truth.put(
                        "grows",
                        start.plusMillis(fault.onsetMs() + fault.rampMs()).toString());
            }
            truth.put("size", Math.rint(fault.size() * 1000) / 1000);
            truth.put("recurs", fault.recurs());
            truth.put("visible", fault.visible());
            truth.put("signs", signs(signs.getOrDefault(fault, List.of()), start));
            list.add(truth);
        }
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(list);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("truth is plain data and can be written", e);
        }
    }
}
