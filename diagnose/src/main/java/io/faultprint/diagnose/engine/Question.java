package io.faultprint.diagnose.engine;

import io.faultprint.diagnosis.Evidence;
import java.util.List;

/**
 * What an engine is asked: why does this cluster of incidents happen?
 *
 * @param environment the system under watch
 * @param cluster the cluster
 * @param generation its generation
 * @param incident the incident that the evidence is from
 * @param asOf when its revision could first be known, epoch milliseconds
 * @param evidence all that an answer may cite
 */
public record Question(
        String environment, String cluster, int generation, String incident, long asOf, List<Evidence> evidence) {

    public Question {
        evidence = List.copyOf(evidence);
    }
}
