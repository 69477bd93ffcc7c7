package io.faultprint.runtime;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads one configuration value from its text. Every source gives texts, so that all of them mean the same. */
final class ConfigValues {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)");

    private static final Map<Class<?>, Function<String, Object>> READERS = Map.ofEntries(
            Map.entry(String.class, text -> text),
            Map.entry(int.class, text -> Math.toIntExact(whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE))),
            Map.entry(Integer.class, text -> Math.toIntExact(whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE))),
            Map.entry(long.class, text -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(Long.class, text -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(double.class, ConfigValues::real),
            Map.entry(Double.class, ConfigValues::real),
            Map.entry(boolean.class, ConfigValues::truth),
            Map.entry(Boolean.class, ConfigValues::truth),
            Map.entry(Duration.class, ConfigValues::duration),
            Map.entry(ByteSize.class, ByteSize::parse),
            Map.entry(Path.class, ConfigValues::path),
            Map.entry(URI.class, ConfigValues::uri));

    private ConfigValues() {}

    static boolean reads(Type type) {
        Class<?> raw = raw(type);
        return READERS.containsKey(raw) || raw.isEnum() || (raw == List.class && reads(elementOf(type)));
    }

    /** @throws IllegalArgumentException when the text is not of the type; the message says what would be */
    static Object read(Type type, ConfigSetting setting) {
        Class<?> raw = raw(type);
        if (raw == List.class) {
            List<Object> items = new ArrayList<>();
            for (String item : setting.items()) {
                items.add(read(elementOf(type), setting.withText(item)));
            }
            return List.copyOf(items);
        }
        if (raw.isEnum()) {
            return constant(raw, setting.text());
        }
        Function<String, Object> reader = READERS.get(raw);
        if (reader == null) {
            throw new IllegalStateException("no configuration value can be of type " + type);
        }
        return reader.apply(setting.text());
    }

    static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
    }

    static Type elementOf(Type type) {
        Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
        return arguments[arguments.length - 1];
    }

    private static long whole(String text, long min, long max) {
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("must be a whole number", notANumber);
        }
        if (value < min || value > max) {
            throw new IllegalArgumentException("must be a whole number between " + min + " and " + max);
        }
        return value;
    }

    private static double real(String text) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("must be a number", notANumber);
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("must be a finite number");
        }
        return value;
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a duration is a whole number with ms, s, m, h or d, as in 10s");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException("is not a path of this system", invalid);
        }
    }

    private static URI uri(String text) {
        URI uri = URI.create(text);
        if (uri.getScheme() == null) {
            throw new IllegalArgumentException("must be a complete address, as in http://127.0.0.1:9200");
        }
        return uri;
    }

    private static Object constant(Class<?> type, String text) {
        List<?> constants = Arrays.asList(type.getEnumConstants());
        return constants.stream()
                .filter(constant -> written(constant).equals(text))
                .findFirst()
                .map(Object.class::cast)
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + constants.stream().map(ConfigValues::written).collect(Collectors.joining(", "))));
    }

    private static String written(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
