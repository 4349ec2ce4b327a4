package dev.edgefleet.report.model;

/**
 * One device in one play.
 *
 * @param play number from 1
 * @param wave the wave's name; empty when the play has none or the device's has not begun
 * @param message what went wrong; empty when nothing did
 * @param remedy what to do next; empty unless something went wrong
 * @param millis from its start to its end, or to its last record; the gate is not in it
 */
public record DevicePlayReport(
    int play, String wave, DeviceResult result, String message, String remedy, long millis) {}
