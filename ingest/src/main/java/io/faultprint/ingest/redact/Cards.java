package io.faultprint.ingest.redact;

import org.jspecify.annotations.Nullable;

/**
 * Payment card numbers: an issuer's prefix with that issuer's length, and a right check digit (ISO/IEC 7812-1, Luhn).
 * Both are asked for, because one in ten ids of sixteen digits passes Luhn alone, and timestamps begin with 1.
 */
final class Cards {

    private Cards() {}

    static @Nullable Found at(String text, int at) {
        if (at > 0 && (Found.isWord(text, at - 1) || text.charAt(at - 1) == '.' || text.charAt(at - 1) == '-')) {
            return null;
        }
        int[] digits = new int[19];
        int count = 0;
        int end = at;
        for (int i = at; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c >= '0' && c <= '9') {
                if (count == digits.length) {
                    break;
                }
                digits[count++] = c - '0';
                continue;
            }
            // A number may follow the card's after a space, so every place where digits stop is tried.
            if (!Found.isWord(c) && issued(digits, count) && luhn(digits, count)) {
                end = i;
            }
            boolean grouped = (c == ' ' || c == '-') && (count % 4 == 0 || count == 10);
            if (!grouped || text.charAt(i - 1) == c) {
                break;
            }
        }
        return end == at ? null : new Found("card", at, end);
    }

    private static boolean issued(int[] d, int count) {
        int two = d[0] * 10 + d[1];
        int four = two * 100 + d[2] * 10 + d[3];
        return switch (count) {
            case 13, 19 -> d[0] == 4;
            case 14 -> two == 36 || two == 38 || (four / 10 >= 300 && four / 10 <= 305);
            case 15 -> two == 34 || two == 37;
            case 16 ->
                d[0] == 4
                        || (two >= 51 && two <= 55)
                        || (four >= 2221 && four <= 2720)
                        || four == 6011
                        || two == 65
                        || two == 35
                        || (four / 10 >= 644 && four / 10 <= 649);
            default -> false;
        };
    }

    private static boolean luhn(int[] digits, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int digit = digits[count - 1 - i] * (1 + i % 2);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum % 10 == 0;
    }
}
