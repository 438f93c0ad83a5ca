/** Version of the trends and of the detectors' stored state; raised when either changes its meaning. */
export const engineVersion = "1.0.0";
