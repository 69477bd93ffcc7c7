package io.faultprint.ingest.replay;

/**
 * How far a replay is.
 *
 * @param bytesRead bytes of the files, as they lie on disk
 * @param bytesTotal size of the files
 * @param events events sent
 * @param eventTime time reached, epoch milliseconds
 * @param behindMillis by how much it is slower than its pace; 0 when it keeps it or has none
 */
public record ReplayProgress(long bytesRead, long bytesTotal, long events, long eventTime, long behindMillis) {}
