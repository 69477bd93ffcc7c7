package io.faultprint.diagnose;

/**
 * What the stage has done since it started.
 *
 * @param diagnoses diagnoses settled
 * @param modelCalls calls to a language model that they cost
 * @param indexed documents in the store
 * @param waiting records that wait to be indexed
 * @param deadLettered records that could not be indexed
 * @param stale documents that met another content under their own id and version; always 0 unless we have a defect
 */
public record DiagnoseStatus(
        long diagnoses, long modelCalls, long indexed, long waiting, long deadLettered, long stale) {}
