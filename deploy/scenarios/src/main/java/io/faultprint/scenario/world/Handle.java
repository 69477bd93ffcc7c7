package io.faultprint.scenario.world;

/** What a fault holds in its hand: turned to a level between 0 and 1 while it grows, and let go at its end. */
interface Handle {

    void turn(double level);

    void letGo();
}
