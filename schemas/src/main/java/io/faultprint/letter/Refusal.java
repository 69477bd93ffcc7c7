package io.faultprint.letter;

/**
 * Why a record cannot be used.
 *
 * @param cause the code
 * @param message the thing, its value and what it should be; one line
 */
public record Refusal(Cause cause, String message) {}
