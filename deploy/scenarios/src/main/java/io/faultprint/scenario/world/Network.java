package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Backend;
import io.faultprint.scenario.plan.Call;
import io.faultprint.scenario.voice.Failure;
import org.jspecify.annotations.Nullable;

/** What can keep a call from arriving: a zone that is cut off, a name that does not resolve, a certificate. */
final class Network {

    private static final double CONNECT_MS = 3000;
    private static final double RESOLVER_MS = 2000;

    /**
     * A call that does not arrive.
     *
     * @param afterMs when its caller knows
     * @param failure what it knows
     */
    record Lost(double afterMs, Failure failure) {}

    private Network() {}

    /** Whether the call is lost on its way to an instance of a service. */
    static @Nullable Lost toInstance(Visit from, Call call, Instance callee) {
        Draw dice = from.service.network;
        boolean crosses = !from.instance.zone.equals(callee.zone);
        if (crosses && (dice.chance(from.instance.zoneCut.value()) || dice.chance(callee.zoneCut.value()))) {
            return lost(Failure.Kind.UNREACHABLE, call, Math.min(CONNECT_MS, call.timeoutMs()));
        }
        if (dice.chance(from.service.unresolved.value())) {
            return unresolved(dice, call);
        }
        if (dice.chance(callee.service.expired.value())) {
            return lost(Failure.Kind.CERTIFICATE, call, 3 + dice.below(8));
        }
        return null;
    }

    /** Whether the call is lost on its way to a backend; connections to databases and caches are open already. */
    static @Nullable Lost toBackend(Visit from, Call call, BackendNode backend) {
        Draw dice = from.service.network;
        boolean kept = backend.spec.kind() == Backend.Kind.DATABASE || backend.spec.kind() == Backend.Kind.CACHE;
        if (dice.chance(from.instance.zoneCut.value())) {
            if (!kept) {
                return lost(Failure.Kind.UNREACHABLE, call, Math.min(CONNECT_MS, call.timeoutMs()));
            }
            boolean database = backend.spec.kind() == Backend.Kind.DATABASE;
            return lost(database ? Failure.Kind.QUERY_TIMEOUT : Failure.Kind.TIMEOUT, call, call.timeoutMs());
        }
        if (!kept && dice.chance(from.service.unresolved.value())) {
            return unresolved(dice, call);
        }
        if (dice.chance(backend.expired.value())) {
            return lost(Failure.Kind.CERTIFICATE, call, 3 + dice.below(8));
        }
        return null;
    }

    /** The resolver of half of them answers at once that it cannot say; the others wait for it. */
    private static Lost unresolved(Draw dice, Call call) {
        double after = dice.chance(0.5) ? 5 + dice.below(20) : Math.min(RESOLVER_MS, call.timeoutMs());
        return lost(Failure.Kind.DNS, call, after);
    }

    private static Lost lost(Failure.Kind kind, Call call, double afterMs) {
        return new Lost(afterMs, new Failure(kind, call.to(), call.operation(), Math.round(afterMs)));
    }
}
