/** How far the load at which a pool is full has to lie above the load that is planned or allowed. */
export const headroomFactor = 1.5;
