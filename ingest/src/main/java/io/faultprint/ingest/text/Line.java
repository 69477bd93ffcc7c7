package io.faultprint.ingest.text;

/**
 * One line of a file, without its end.
 *
 * @param text what it says
 * @param number which line of its file it is, from 0
 * @param start where it begins in its file, bytes
 * @param cutBytes how much was left out at its end, because it was too long
 * @param readAt when it was read, epoch milliseconds
 */
public record Line(String text, long number, long start, long cutBytes, long readAt) {}
