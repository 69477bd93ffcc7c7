package io.faultprint.scenario.voice;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the placeholders of a message: {@code {int:1-9}}, {@code {hex:16}}, {@code {uuid}}, {@code {ip}},
 * {@code {sku}}, {@code {money}}, {@code {word:city}}. Anything else in braces stays as it is.
 */
public final class Phrase {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(int|hex|word|uuid|ip|sku|money)(?::([^}]+))?}");
    private static final Map<String, List<String>> WORDS = Map.of(
            "locale", List.of("de-DE", "en-GB", "fr-FR", "nl-NL", "it-IT"),
            "query", List.of("'lamp'", "'desk oak'", "'usb c cable'", "'kettle'", "'rain jacket'", "'notebook a5'"),
            "city", List.of("hamburg", "lyon", "rotterdam", "turin"),
            "carrier", List.of("northpost", "parcelway", "quickship"),
            "gate", List.of("compact-basket", "fast-lane", "new-tiles", "late-totals"),
            "bool", List.of("true", "false"));

    private Phrase() {}

    /** The text with every placeholder replaced by a value drawn from the random. */
    public static String fill(String text, SplittableRandom random) {
        if (text.indexOf('{') < 0) {
            return text;
        }
        Matcher matcher = PLACEHOLDER.matcher(text);
        var filled = new StringBuilder(text.length() + 32);
        while (matcher.find()) {
            String argument = matcher.group(2) == null ? "" : matcher.group(2);
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value(matcher.group(1), argument, random)));
        }
        return matcher.appendTail(filled).toString();
    }

    private static String value(String kind, String argument, SplittableRandom random) {
        return switch (kind) {
            case "int" -> {
                int dash = argument.indexOf('-');
                int low = Integer.parseInt(argument.substring(0, dash));
                yield Integer.toString(low + random.nextInt(Integer.parseInt(argument.substring(dash + 1)) - low + 1));
            }
            case "hex" -> hex(random, Integer.parseInt(argument));
            case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "ip" -> "10." + random.nextInt(64) + "." + random.nextInt(256) + "." + (1 + random.nextInt(254));
            case "sku" -> "SKU-" + (100_000 + random.nextInt(900_000));
            case "money" -> String.format(Locale.ROOT, "%.2f", 5 + random.nextDouble() * 400);
            default -> {
                List<String> words = WORDS.getOrDefault(argument, List.of(argument));
                yield words.get(random.nextInt(words.size()));
            }
        };
    }

    /** This many hex digits. */
    public static String hex(SplittableRandom random, int digits) {
        var text = new StringBuilder(digits + 16);
        while (text.length() < digits) {
            String sixteen = Long.toHexString(random.nextLong());
            text.append("0000000000000000", 0, 16 - sixteen.length()).append(sixteen);
        }
        return text.substring(0, digits);
    }
}
