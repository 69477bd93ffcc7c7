package io.faultprint.diagnose.gate;

import java.time.Duration;

/**
 * How the gate works.
 *
 * @param owner the name of this instance, the same after a restart
 * @param hold how long a claim keeps other instances away
 * @param threads diagnoses at the same time
 * @param places diagnoses claimed at the same time, those that wait for a thread included
 */
public record GateSettings(String owner, Duration hold, int threads, int places) {}
