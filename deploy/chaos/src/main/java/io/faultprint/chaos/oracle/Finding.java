package io.faultprint.chaos.oracle;

/**
 * What one check of the oracle found.
 *
 * @param promise what must hold, in a few words
 * @param holds whether it does
 * @param detail the numbers, or the first that is wrong
 */
public record Finding(String promise, boolean holds, String detail) {

    static Finding of(String promise, String wrong, String numbers) {
        return new Finding(promise, wrong.isEmpty(), wrong.isEmpty() ? numbers : wrong);
    }
}
